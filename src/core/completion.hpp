#pragma once

#include <memory>
#include <vector>

#include "core/prices.hpp"
#include "core/problem.hpp"

namespace backplan {

/// The most that can still be gained at some prices from a stage on, for each position and each number
/// of seconds left: what a plan that has begun can become at best. Changes of position are exact.
class Completion {
 public:
  Completion(const Problem& problem, const Prices& prices);

  /// `left` is 0 or more.
  Merit operator()(int stage, int position, int left) const;

 private:
  /// Beside every stage: the table of each position from the start of slot `g`, or past the last.
  Merit* outside(int g, int position) const {
    return &outside_[(static_cast<std::size_t>(g) * (none_ + 1) + position) * width_];
  }
  Merit* inside(int row) const { return &inside_[static_cast<std::size_t>(row) * width_]; }

  void fill(int g, int from);
  void fill_stage(const Stage& stage, const Merit* next, Merit* here) const;
  void enter(int g);

  const Problem& problem_;
  const Prices& prices_;
  int none_;  ///< the position before the first
  int width_;
  std::vector<Slot> slots_;
  std::vector<std::vector<int>> from_;  ///< of each slot: where one can be before it
  std::vector<int> slot_;               ///< of each stage
  std::vector<int> row_;                ///< of each stage: its first table inside
  // All of them are filled, so they are not cleared before.
  std::unique_ptr<Merit[]> outside_;
  std::unique_ptr<Merit[]> inside_;  ///< of each stage, in its position; for any position, a table each
};

}  // namespace backplan
