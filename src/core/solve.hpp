#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/model.hpp"

namespace backplan {

/// The best choice that was found, in order, and how good any can be.
struct Solution {
  std::vector<Pick> picks;
  Merit value = 0;
  Merit bound = 0;         ///< no choice is worth more; it equals `value` when that is proved the best
  std::int64_t looks = 0;  ///< how many beginnings of plans were looked at: what it took, on any machine

  /// That nothing is worth more; ties are not part of it.
  bool proved() const { return value == bound; }
};

/// How much the search may take before it stops without a proof, and how it goes about it. The numbers
/// were found by trying.
struct Effort {
  std::size_t labels = 100'000;   ///< at a stage, at most; about 100 bytes each
  int problems = 500;             ///< into which the whole is split
  std::size_t stages = 100;       ///< of more, things are decided before a wide search
  std::size_t narrow = 30;        ///< labels at a stage, of the first search, at most
  std::size_t wide = 300;         ///< of the second, at least
  std::size_t together = 20'000;  ///< labels of all its stages, when these are few
};

/// The choice of the highest value, and of several such the one whose ties sum to the least. Only what is
/// worth more than `known`, 0 or more, is looked for: nothing is picked when there is none.
Solution solve(const Model& model, const Effort& effort = {}, Merit known = 0);

}  // namespace backplan
