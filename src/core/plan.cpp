#include "backplan/plan.hpp"

#include <algorithm>

#include "core/choose.hpp"
#include "core/select.hpp"

namespace backplan {
namespace {

/// The first rule whose consequence has a demand of `technique` in `demands`, or null.
const RuleId* first_rule(const Screening& screening, const Technique& technique,
                         std::set<DemandId> Consequence::*demands) {
  for (const Finding& finding : screening.findings()) {
    const bool meets = std::ranges::any_of(
        finding.now.*demands, [&](const DemandId& demand) { return technique.demands.contains(demand); });
    if (meets) return &finding.rule;
  }
  return nullptr;
}

}  // namespace

const RuleId* Constraints::forbids(const Technique& technique) const {
  return first_rule(screening_, technique, &Consequence::exclude);
}

const RuleId* Constraints::eases(const Technique& technique) const {
  return first_rule(screening_, technique, &Consequence::ease);
}

std::optional<Constraints> constrain(const Screening& screening) {
  if (!plan_may_follow(screening)) return std::nullopt;
  return Constraints(screening);
}

namespace {

/// Why a candidate was not chosen.
Omission not_chosen(const Technique& technique, const std::vector<Step>& steps) {
  for (const Step& step : steps) {
    if (step.technique.family == technique.family) {
      return {technique.id, OmissionReason::family, step.technique.id.text};
    }
  }
  const bool warmed_up =
      std::ranges::any_of(steps, [](const Step& step) { return step.technique.phase == Phase::warm_up; });
  if (technique.phase == Phase::release && !warmed_up) {
    return {technique.id, OmissionReason::warm_up, ""};
  }
  return {technique.id, OmissionReason::time, ""};
}

bool has(const std::vector<Step>& steps, const Technique& technique) {
  return std::ranges::any_of(steps, [&](const Step& step) { return step.technique.id == technique.id; });
}

}  // namespace

Plan make_plan(std::span<const Technique> techniques, const Constraints& constraints,
               const PlanRequest& request, const Timing& timing, const Objective& objective) {
  auto [candidates, omissions] = select(techniques, constraints, request);
  Plan plan;
  plan.omissions = std::move(omissions);
  const Chosen chosen = choose(candidates, request, timing, objective);
  plan.most_points = chosen.most_points;
  plan.steps = lay_out(chosen.choices, candidates, timing);
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    Step& step = plan.steps[i];
    step.points = chosen.points[i];
    plan.points += step.points;
    if (const RuleId* rule = constraints.eases(step.technique)) step.eased = *rule;
  }
  for (const Candidate& candidate : candidates) {
    const Technique& technique = *candidate.technique;
    if (!has(plan.steps, technique)) plan.omissions.push_back(not_chosen(technique, plan.steps));
  }
  std::ranges::stable_sort(plan.omissions, {}, &Omission::technique);
  return plan;
}

}  // namespace backplan
