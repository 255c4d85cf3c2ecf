#include "core/choose.hpp"

#include "core/solve.hpp"
#include "core/vary.hpp"

namespace backplan {
namespace {

/// How much of the best a varied plan may lose.
constexpr Merit percent_to_vary = 2;

}  // namespace

Merit points_of(const Choosing& choosing, std::span<const Candidate> candidates,
                const std::vector<Pick>& picks) {
  Merit points = value_of(choosing.model, picks);
  for (const Pick& pick : picks) {
    if (candidates[choosing.candidates[pick.item]].pinned) points -= pinned_points;
  }
  return points;
}

Chosen choose(std::span<const Candidate> candidates, const PlanRequest& request, const Timing& timing,
              const Objective& objective) {
  const Choosing choosing = make_model(candidates, request, timing, objective);
  const Solution best = solve(choosing.model);
  const Merit points = points_of(choosing, candidates, best.picks);
  std::vector<Pick> picks = best.picks;
  if (request.seed != 0) {
    const Merit loss = points * percent_to_vary / 100;
    picks = solve(varied(choosing.model, best.picks, loss, request.seed)).picks;
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
