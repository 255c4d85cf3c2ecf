#pragma once

#include "backplan/catalog.hpp"

namespace backplan::builtin {

/// How much of the library a command needs. Each has all that the one before has.
enum class Extent {
  screening,  ///< no techniques, nor what follows
  planning,   ///< no conditions by name and no examples of rules, which only readers of rules need
  everything,
};

/// The part of `builtin_catalog()` that is needed; the rest is empty.
Catalog catalog(Extent extent);

}  // namespace backplan::builtin
