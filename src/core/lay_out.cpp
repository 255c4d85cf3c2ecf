#include "core/choose.hpp"

namespace backplan {
namespace {

using std::chrono::seconds;

/// What is going on as a session proceeds.
struct Session {
  PositionId position;  ///< empty at the start
  std::set<EquipmentId> in_use;

  seconds set_up(const Step& step, const Timing& timing) {
    seconds time = timing.get_ready;
    const PositionId& next = step.technique.position;
    // "any" goes on in the position that one is in.
    if (next.text != "any") {
      if (!position.text.empty() && position != next) time += timing.change_position;
      position = next;
    }
    for (const EquipmentId& thing : step.equipment) {
      if (in_use.insert(thing).second) time += timing.fetch_equipment;
    }
    return time;
  }
};

}  // namespace

seconds duration(const Dose& dose) {
  const int pauses_in_a_set = dose.kind == DoseKind::hold ? dose.repetitions - 1 : 0;
  const seconds set = dose.repetitions * dose.each + pauses_in_a_set * dose.rest;
  return dose.sets * set + (dose.sets - 1) * dose.set_rest.value_or(dose.rest);
}

seconds work_of(const Technique& technique, const Dose& dose, const Timing& timing) {
  if (technique.sides != Sides::each) return duration(dose);
  return 2 * duration(dose) + timing.change_sides;
}

std::vector<Step> lay_out(std::span<const Choice> choices, std::span<const Candidate> candidates,
                          const Timing& timing) {
  Session session;
  std::vector<Step> steps;
  for (const Choice& choice : choices) {
    const Candidate& candidate = candidates[choice.candidate];
    Step step{.technique = *candidate.technique,
              .dose = candidate.technique->doses[choice.dose],
              .equipment = candidate.equipment,
              .eased = {},
              .pinned = candidate.pinned};
    step.setup = session.set_up(step, timing);
    step.work = work_of(step.technique, step.dose, timing);
    steps.push_back(std::move(step));
  }
  return steps;
}

seconds duration(const Plan& plan) {
  seconds time{0};
  for (const Step& step : plan.steps) time += step.total();
  return time;
}

seconds duration(const Plan& plan, Phase phase) {
  seconds time{0};
  for (const Step& step : plan.steps) {
    if (step.technique.phase == phase) time += step.total();
  }
  return time;
}

}  // namespace backplan
