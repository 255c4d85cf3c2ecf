#pragma once

#include <array>
#include <vector>

#include "core/problem.hpp"

namespace backplan {

/// What techniques share, priced, so that each can be judged alone: what it pays for its seconds, for
/// being the one of its family and for what has to be fetched, and what it is paid for what it covers
/// and for work in its phase. Whatever the prices, no plan is worth more than `bound` (Lagrange's
/// relaxation); good prices bring that close. All are whole numbers, so that sums are exact.
struct Prices {
  double second = 0;                         ///< 0 or more
  std::vector<double> cover;                 ///< of covering a kind once more; 0 or more
  std::array<double, Model::phases> work{};  ///< of a second of work in the phase
  std::vector<double> family;                ///< 0 or more; 0 for a family of one stage
  std::vector<double> things;                ///< what each item pays for each thing, item by item; 0 or more
  double bound = 0;

  /// What `item` pays for `thing`.
  double& of(const Model& model, int item, int thing) { return things[item * model.things + thing]; }
  double of(const Model& model, int item, int thing) const { return things[item * model.things + thing]; }
};

/// Good prices: lowers the bound step by step.
Prices price(const Problem& problem);

/// The worth of a move at these prices, but for its seconds.
inline double worth(const Model& model, const Prices& prices, const Stage& stage, const Move& move) {
  double sum =
      static_cast<double>(move.value) + prices.work[stage.phase] * move.work - prices.family[stage.family];
  each_bit(move.covers, [&](int kind) { sum += prices.cover[kind]; });
  each_bit(move.things, [&](int thing) { sum -= prices.of(model, move.pick.item, thing); });
  return sum;
}

}  // namespace backplan
