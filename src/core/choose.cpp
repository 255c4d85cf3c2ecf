#include "core/choose.hpp"

#include <algorithm>
#include <cstdint>

#include "core/solve.hpp"

namespace backplan {
namespace {

/// How much of the best a varied plan may lose.
constexpr Merit percent_to_vary = 2;

/// Numbers that follow from a seed, the same on every machine (SplitMix64).
class Drawn {
 public:
  explicit Drawn(unsigned seed) : state_(seed) {}

  /// From 0 to below `limit`, or 0.
  Merit below(Merit limit) {
    std::uint64_t mixed = state_ += 0x9E3779B97F4A7C15ULL;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9ULL;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBULL;
    mixed ^= mixed >> 31;
    return limit <= 0 ? 0 : static_cast<Merit>(mixed % static_cast<std::uint64_t>(limit));
  }

 private:
  std::uint64_t state_;
};

/// The model with random penalties. Those of the best plan sum to no more than `loss`, so after them it
/// still has all but that, and the best plan after all penalties has no less.
Model varied(Model model, const Solution& best, Merit loss, unsigned seed) {
  Drawn drawn(seed);
  std::vector<Merit> penalties;
  for (std::size_t i = 0; i < model.items.size(); ++i) penalties.push_back(drawn.below(loss / 2));
  for (const Pick& pick : best.picks) penalties[pick.item] = 0;
  // A few of the best plan have all of the loss, so that some of them are likely to give way.
  const Merit parts = 1 + drawn.below(3);
  for (Merit part = 0; part < parts && !best.picks.empty(); ++part) {
    const auto pick = best.picks[drawn.below(static_cast<Merit>(best.picks.size()))];
    penalties[pick.item] += loss / parts;
  }
  for (std::size_t i = 0; i < model.items.size(); ++i) {
    for (Model::Option& option : model.items[i].options) option.value -= penalties[i];
  }
  return model;
}

}  // namespace

Merit points_of(const Choosing& choosing, std::span<const Candidate> candidates,
                const std::vector<Pick>& picks) {
  Merit points = value_of(choosing.model, picks);
  for (const Pick& pick : picks) {
    if (candidates[choosing.candidates[pick.item]].pinned) points -= pinned_points;
  }
  return points;
}

Chosen choose(std::span<const Candidate> candidates, const PlanRequest& request,
              const Timing& timing, const Objective& objective) {
  const Choosing choosing = make_model(candidates, request, timing, objective);
  const Solution best = solve(choosing.model);
  const Merit points = points_of(choosing, candidates, best.picks);
  std::vector<Pick> picks = best.picks;
  if (request.seed != 0) {
    const Merit loss = points * percent_to_vary / 100;
    picks = solve(varied(choosing.model, best, loss, request.seed)).picks;
    // So it is when both were solved to the end; when not, the guarantee comes first.
    if (value_of(choosing.model, picks) < best.value - loss) picks = best.picks;
  }
  Chosen chosen{.most_points = points + best.bound - best.value};
  std::vector<Pick> before;
  for (const Pick& pick : picks) {
    const Merit without = points_of(choosing, candidates, before);
    before.push_back(pick);
    chosen.points.push_back(static_cast<int>(points_of(choosing, candidates, before) - without));
    chosen.choices.push_back({choosing.candidates[pick.item], static_cast<std::size_t>(pick.option)});
  }
  return chosen;
}

}  // namespace backplan
