#pragma once

#include <string>
#include <vector>

#include "backplan/plan.hpp"

// The least that a plan can be made of.
namespace backplan::small_plan {

using namespace std::chrono_literals;
using std::chrono::seconds;

inline const Timing timing{
    .get_ready = 5s, .change_sides = 5s, .change_position = 10s, .fetch_equipment = 10s};

inline const Objective objective{.least_dose = {40, 90, 100, 50, 80, 60},
                                 .further_doses = {30, 10},
                                 .document = 4,
                                 .most_documents = 3,
                                 .directions = {40, 15},
                                 .regions = {30, 10},
                                 .second = 1,
                                 .shares = {10, 15, 35, 10, 15, 15},
                                 .limits = {100, 100, 100, 100, 100, 100},
                                 .recent = 15,
                                 .most_recent = 3,
                                 .normal_intensity = {},
                                 .goals = {{"calm", {0, 0, 0, 0, 0, 100}}},
                                 .positions = {}};

inline Dose hold(seconds each, int repetitions = 1, seconds rest = 0s) {
  return {.kind = DoseKind::hold, .each = each, .repetitions = repetitions, .rest = rest};
}

inline Technique technique(const std::string& id, Phase phase, const std::string& family = "") {
  return {.id = {id},
          .phase = phase,
          .family = {family.empty() ? id : family},
          .position = {"standing"},
          .places = {{"home"}},
          .demands = {{"any-technique"}},
          .doses = {hold(20s), hold(40s)}};
}

/// What two documents describe, and so a little better than others.
inline Technique known_better(Technique technique) {
  technique.sources = {{.document = {"s0"}}, {.document = {"s1"}}};
  return technique;
}

inline const std::vector<Technique> library{
    technique("breathe", Phase::prepare),
    technique("swing", Phase::warm_up),
    known_better(technique("arch", Phase::mobilise)),
    technique("turn", Phase::mobilise),
    technique("roll", Phase::release),
    technique("squeeze", Phase::strengthen),
    technique("rest", Phase::cool_down),
};

/// So many that there are many plans that are nearly as good as the best.
inline const std::vector<Technique> many = [] {
  std::vector<Technique> techniques;
  for (int i = 0; i < 30; ++i) {
    techniques.push_back(technique("t" + std::to_string(i), static_cast<Phase>(i % 6)));
    Technique& each = techniques.back();
    each.directions = {static_cast<Direction>(i % 5)};
    for (int n = 0; n <= i % 4; ++n) each.sources.push_back({.document = {"s" + std::to_string(n)}});
  }
  return techniques;
}();

inline Constraints clear(const Consequence& consequence = {}) {
  const QuestionId question{"q"};
  const Rule rule{
      .id = {"rule"}, .when = {InRange{question, 1, 1}}, .then = consequence, .if_unsure = consequence};
  return *constrain(screen(assess(std::vector{rule}, {{question, 1}})));
}

inline Plan plan(const PlanRequest& request, const std::vector<Technique>& techniques = library,
                 const Consequence& consequence = {}) {
  return make_plan(techniques, clear(consequence), request, timing, objective);
}

}  // namespace backplan::small_plan
