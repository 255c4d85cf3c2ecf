#include "builtin/packed.hpp"

namespace backplan {

namespace builtin {
extern const std::string_view packed_catalog;  // written by main.cpp
}

Catalog builtin_catalog() {
  Catalog catalog;
  builtin::Unpacker(builtin::packed_catalog).unpack(catalog);
  return catalog;
}

}  // namespace backplan
