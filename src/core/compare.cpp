#include <algorithm>

#include "core/choose.hpp"
#include "core/select.hpp"
#include "core/solve.hpp"

namespace backplan {
namespace {

using std::chrono::seconds;

/// A technique and its dose, of two plans that are compared.
using Dosed = std::pair<TechniqueId, Dose>;

std::vector<Dosed> dosed(const Plan& plan) {
  std::vector<Dosed> all;
  for (const Step& step : plan.steps) all.emplace_back(step.technique.id, step.dose);
  return all;
}

/// A request as a model.
struct Posed {
  std::vector<Candidate> candidates;
  Choosing choosing;

  Merit points(const std::vector<Pick>& picks) const { return points_of(choosing, candidates, picks); }

  std::vector<Dosed> dosed(const std::vector<Pick>& picks) const {
    std::vector<Dosed> all;
    for (const Pick& pick : picks) {
      const Technique& technique = *candidates[choosing.candidates[pick.item]].technique;
      all.emplace_back(technique.id, technique.doses[pick.option]);
    }
    return all;
  }
};

Rival rival(std::int64_t points, const std::vector<Dosed>& plan, const std::vector<Dosed>& other) {
  Rival rival{.points = points};
  for (const auto& [id, dose] : plan) {
    const auto same = std::ranges::find(other, id, &Dosed::first);
    if (same == other.end()) {
      rival.without.push_back(id);
    } else if (same->second != dose) {
      rival.other_dose.push_back(id);
    }
  }
  for (const auto& [id, dose] : other) {
    if (std::ranges::find(plan, id, &Dosed::first) == plan.end()) rival.with.push_back(id);
  }
  return rival;
}

/// Every plan but the best leaves out one of its techniques or does it at another dose: one that only
/// adds to the best would be better. So the best of those without each is the next best.
std::optional<Rival> next_best(const Posed& posed, const Solution& best) {
  Solution next;
  next.value =
      std::max<Merit>(0, best.value - pinned_points / 2);  // below it lacks what was asked for by name
  for (const Pick& pick : best.picks) {
    Model model = posed.choosing.model;
    model.items[pick.item].options[pick.option].seconds = model.budget + 1;
    Solution other = solve(model, {}, next.value);
    if (!other.picks.empty()) next = std::move(other);
  }
  if (next.picks.empty()) return std::nullopt;
  return rival(posed.points(next.picks), posed.dosed(best.picks), posed.dosed(next.picks));
}

PlanRequest unvaried(PlanRequest request) {
  request.seed = 0;
  return request;
}

/// Solves what is asked and what is beside it.
class Comparer {
 public:
  Comparer(std::span<const Technique> techniques, const Constraints& constraints, const PlanRequest& request,
           const Timing& timing, const Objective& objective)
      : techniques_(techniques),
        constraints_(constraints),
        request_(unvaried(request)),
        timing_(timing),
        objective_(objective),
        posed_(pose(request_)),
        best_(solve(posed_.choosing.model)),
        points_(posed_.points(best_.picks)) {}

  std::optional<Rival> next() const { return next_best(posed_, best_); }
  Rival best(const Plan& varied) const { return rival(points_, dosed(varied), posed_.dosed(best_.picks)); }

  /// What the best plan would gain from each change of the request.
  std::vector<Limit> limits() {
    try_time();
    try_equipment();
    try_filters();
    std::ranges::stable_sort(limits_, std::ranges::greater{}, &Limit::points);
    return std::move(limits_);
  }

 private:
  Posed pose(const PlanRequest& request) const {
    std::vector<Candidate> candidates = select(techniques_, constraints_, request).candidates;
    Choosing choosing = make_model(candidates, request, timing_, objective_);
    return {std::move(candidates), std::move(choosing)};
  }

  /// Only what is better than the best is looked for, which takes less time.
  void add(LimitKind kind, std::string what, const PlanRequest& without) {
    const Posed posed = pose(without);
    const Merit known = without.include.empty() ? points_ : best_.value;
    const std::vector<Pick> picks = solve(posed.choosing.model, {}, known).picks;
    const Merit more = posed.points(picks) - points_;
    if (more > 0) limits_.push_back({kind, std::move(what), more});
  }

  void try_time() {
    PlanRequest longer = request_;
    longer.budget += seconds(60);
    add(LimitKind::time, "60", longer);
  }

  void try_equipment() {
    std::set<EquipmentId> missing;
    for (const Technique& technique : techniques_) {
      for (const auto& any_of : technique.equipment) missing.insert(any_of.begin(), any_of.end());
    }
    for (const EquipmentId& thing : missing) {
      if (request_.have.contains(thing)) continue;
      PlanRequest equipped = request_;
      equipped.have.insert(thing);
      add(LimitKind::equipment, thing.text, equipped);
    }
  }

  /// Those that the person chose. Intensity, the log and --no-release hold back for a reason.
  void try_filters() {
    lift("place", request_.place, &PlanRequest::place);
    lift("position", !request_.positions.empty(), &PlanRequest::positions);
    lift("phase", !request_.phases.empty(), &PlanRequest::phases);
    lift("avoid", !request_.avoid.empty(), &PlanRequest::avoid);
    lift("exclude", !request_.exclude.empty(), &PlanRequest::exclude);
    lift("include", !request_.include.empty(), &PlanRequest::include);
  }

  template <class Set, class Filter>
  void lift(const char* name, const Set& set, Filter PlanRequest::*filter) {
    if (!set) return;
    PlanRequest free = request_;
    free.*filter = {};
    add(LimitKind::filter, name, free);
  }

  std::span<const Technique> techniques_;
  const Constraints& constraints_;
  const PlanRequest request_;
  const Timing& timing_;
  const Objective& objective_;
  const Posed posed_;  ///< as it is asked for
  const Solution best_;
  const Merit points_;  ///< of the best
  std::vector<Limit> limits_;
};

}  // namespace

Comparison compare(const Plan& plan, std::span<const Technique> techniques, const Constraints& constraints,
                   const PlanRequest& request, const Timing& timing, const Objective& objective) {
  Comparer comparer(techniques, constraints, request, timing, objective);
  Comparison comparison;
  comparison.next_best = request.seed != 0 ? comparer.best(plan) : comparer.next();
  comparison.limits = comparer.limits();
  return comparison;
}

}  // namespace backplan
