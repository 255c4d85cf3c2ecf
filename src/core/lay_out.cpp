#include <algorithm>
#include <array>
#include <numeric>
#include <tuple>

#include "core/choose.hpp"

namespace backplan {
namespace {

using std::chrono::seconds;

/// The time of the technique itself: both sides, and the change between them.
seconds work(const Technique& technique, const Dose& dose, const Timing& timing) {
  if (technique.sides != Sides::each) return duration(dose);
  return 2 * duration(dose) + timing.change_sides;
}

/// What is going on as a session proceeds.
struct Session {
  const PositionId* position = nullptr;  ///< null at the start
  std::vector<const EquipmentId*> in_use;

  seconds set_up(const Candidate& candidate, const Timing& timing) {
    seconds time = timing.get_ready;
    const PositionId& next = candidate.technique->position;
    // "any" goes on in the position that one is in.
    if (next.text != "any") {
      if (position && *position != next) time += timing.change_position;
      position = &next;
    }
    for (const EquipmentId& thing : candidate.equipment) {
      if (uses(thing)) continue;
      in_use.push_back(&thing);
      time += timing.fetch_equipment;
    }
    return time;
  }

  bool uses(const EquipmentId& thing) const {
    return std::ranges::any_of(in_use, [&](const EquipmentId* other) { return *other == thing; });
  }
};

}  // namespace

seconds duration(const Dose& dose) {
  const int pauses_in_a_set = dose.kind == DoseKind::hold ? dose.repetitions - 1 : 0;
  const int pauses = dose.sets * pauses_in_a_set + dose.sets - 1;
  return dose.sets * dose.repetitions * dose.each + pauses * dose.rest;
}

std::vector<Choice> in_order(std::vector<Choice> choices, std::span<const Candidate> candidates) {
  std::ranges::stable_sort(choices, {}, [&](const Choice& choice) {
    const Technique& technique = *candidates[choice.candidate].technique;
    return std::tuple<Phase, const PositionId&, std::size_t>(technique.phase, technique.position,
                                                             choice.candidate);
  });
  return choices;
}

seconds length(std::span<const Choice> choices, std::span<const Candidate> candidates,
               const Timing& timing) {
  Session session;
  seconds time{0};
  for (const Choice& choice : choices) {
    const Candidate& candidate = candidates[choice.candidate];
    const Technique& technique = *candidate.technique;
    time += session.set_up(candidate, timing) + work(technique, technique.doses[choice.dose], timing);
  }
  return time;
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
    step.setup = session.set_up(candidate, timing);
    step.work = work(step.technique, step.dose, timing);
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
