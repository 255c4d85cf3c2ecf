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

std::vector<Dosed> dosed(const Choosing& choosing, std::span<const Candidate> candidates,
                         const std::vector<Pick>& picks) {
  std::vector<Dosed> all;
  for (const Pick& pick : picks) {
    const Technique& technique = *candidates[choosing.candidates[pick.item]].technique;
    all.emplace_back(technique.id, technique.doses[pick.option]);
  }
  return all;
}

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
std::optional<Rival> next_best(const Plan& plan, std::span<const Candidate> candidates,
                               const PlanRequest& request, const Timing& timing, const Objective& objective) {
  const Choosing choosing = make_model(candidates, request, timing, objective);
  const Solution best = solve(choosing.model);
  Solution next;
  for (const Pick& pick : best.picks) {
    Model model = choosing.model;
    model.items[pick.item].options[pick.option].seconds = model.budget + 1;
    Solution other = solve(model);
    // One that leaves out what was asked for by name is no rival.
    if (best.value - other.value > pinned_points / 2) continue;
    if (other.value > next.value) next = std::move(other);
  }
  if (next.picks.empty()) return std::nullopt;
  return rival(points_of(choosing, candidates, next.picks), dosed(plan),
               dosed(choosing, candidates, next.picks));
}

PlanRequest unvaried(PlanRequest request) {
  request.seed = 0;
  return request;
}

/// Finds what the best plan would gain from each change of the request.
class Limits {
 public:
  Limits(std::span<const Technique> techniques, const Constraints& constraints, const PlanRequest& request,
         const Timing& timing, const Objective& objective)
      : techniques_(techniques),
        constraints_(constraints),
        request_(unvaried(request)),
        timing_(timing),
        objective_(objective),
        points_(points(request_)) {}

  std::vector<Limit> find() {
    try_time();
    try_equipment();
    try_filters();
    std::ranges::stable_sort(limits_, std::ranges::greater{}, &Limit::points);
    return std::move(limits_);
  }

 private:
  std::int64_t points(const PlanRequest& request) const {
    return make_plan(techniques_, constraints_, request, timing_, objective_).points;
  }

  void add(LimitKind kind, std::string what, const PlanRequest& without) {
    const std::int64_t more = points(without) - points_;
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
  std::int64_t points_;  ///< of the best plan, as it is asked for
  std::vector<Limit> limits_;
};

}  // namespace

Comparison compare(const Plan& plan, std::span<const Technique> techniques, const Constraints& constraints,
                   const PlanRequest& request, const Timing& timing, const Objective& objective) {
  Comparison comparison;
  if (request.seed != 0) {
    const Plan best = make_plan(techniques, constraints, unvaried(request), timing, objective);
    comparison.next_best = rival(best.points, dosed(plan), dosed(best));
  } else {
    const Selection selection = select(techniques, constraints, request);
    comparison.next_best = next_best(plan, selection.candidates, request, timing, objective);
  }
  comparison.limits = Limits(techniques, constraints, request, timing, objective).find();
  return comparison;
}

}  // namespace backplan
