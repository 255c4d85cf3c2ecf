#pragma once

#include <cstdint>
#include <vector>

#include "core/model.hpp"

namespace backplan {

/// Numbers that follow from a seed, the same on every machine (SplitMix64: Steele, Lea and Flood 2014).
class Drawn {
 public:
  explicit Drawn(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next();

  /// From 0 to below `limit`, or 0.
  Merit below(Merit limit);

 private:
  std::uint64_t state_;
};

/// The model with random penalties. Those of `best` sum to no more than `loss`, so after them it still has
/// all but that, and the best plan after all penalties has no less.
Model varied(Model model, const std::vector<Pick>& best, Merit loss, unsigned seed);

}  // namespace backplan
