#include "builtin/catalog.hpp"

#include "builtin/packed.hpp"

namespace backplan {
namespace builtin {

extern const std::string_view packed_catalog;  // written by main.cpp

Catalog catalog(Extent extent) {
  Catalog catalog;
  Unpacker(packed_catalog, extent).unpack(catalog);
  return catalog;
}

}  // namespace builtin

Catalog builtin_catalog() { return builtin::catalog(builtin::Extent::everything); }

}  // namespace backplan
