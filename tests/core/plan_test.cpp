#include "backplan/plan.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <utility>

#include "core/choose.hpp"
#include "core/small_plan.hpp"

namespace backplan {
namespace {

using namespace std::chrono_literals;
using std::chrono::seconds;

using namespace small_plan;

bool holds(const Plan& plan, const std::string& id) {
  return std::ranges::any_of(plan.steps, [&](const Step& step) { return step.technique.id.text == id; });
}

OmissionReason reason(const Plan& plan, const std::string& id) {
  const auto omission = std::ranges::find(plan.omissions, TechniqueId{id}, &Omission::technique);
  REQUIRE(omission != plan.omissions.end());
  return omission->reason;
}

std::vector<Technique> with(Technique technique) {
  std::vector<Technique> techniques = library;
  techniques.push_back(std::move(technique));
  return techniques;
}

TEST_CASE("the time of a dose, with the rests between and none after") {
  CHECK(duration(hold(5s, 8, 2s)) == 54s);
  CHECK(duration(Dose{.kind = DoseKind::hold, .each = 20s, .repetitions = 2, .sets = 2, .rest = 10s}) ==
        110s);
  CHECK(duration(Dose{
            .kind = DoseKind::repetitions, .each = 3s, .repetitions = 10, .sets = 2, .rest = 30s}) == 90s);
  CHECK(duration(Dose{.kind = DoseKind::hold, .each = 3s, .repetitions = 12, .sets = 3, .set_rest = 30s}) ==
        168s);
  CHECK(duration(Dose{.kind = DoseKind::time, .each = 60s, .sets = 2, .rest = 15s}) == 135s);
}

TEST_CASE("a step counts getting ready, moving, fetching and both sides") {
  Technique sided = technique("lean", Phase::mobilise);
  sided.sides = Sides::each;
  sided.position = {"seated"};
  sided.doses = {hold(20s)};
  const std::vector<Technique> techniques{technique("swing", Phase::warm_up), sided};
  const std::vector<Candidate> candidates{{&techniques[0], 1, {}}, {&techniques[1], 1, {{"chair"}}}};
  const auto steps = lay_out(std::vector<Choice>{{0, 0}, {1, 0}}, candidates, timing);
  CHECK(steps[0].total() == 25s);
  CHECK(steps[1].setup == 25s);  // ready, another position, a chair
  CHECK(steps[1].work == 45s);   // 20, change, 20
}

TEST_CASE("the ceiling holds for every minute, and phases come in order") {
  for (int minutes = 1; minutes <= 60; ++minutes) {
    for (unsigned seed = 0; seed < 4; ++seed) {
      const Plan made = plan({.budget = seconds(60 * minutes), .seed = seed});
      CHECK(duration(made) <= seconds(60 * minutes));
      CHECK(std::ranges::is_sorted(made.steps, {}, [](const Step& s) { return s.technique.phase; }));
      CHECK(made.steps.size() + made.omissions.size() == library.size());
    }
  }
}

TEST_CASE("the same request gives the same plan, and a seed may give another") {
  const PlanRequest request{.budget = 120s, .seed = 7};
  CHECK(plan(request).steps.size() == plan(request).steps.size());
  CHECK(holds(plan(request), plan(request).steps.front().technique.id.text));
}

TEST_CASE("the order in which techniques are read decides nothing, varied or not") {
  const auto chosen = [](const PlanRequest& request, const std::vector<Technique>& techniques) {
    std::vector<std::pair<TechniqueId, Dose>> steps;
    for (const Step& step : plan(request, techniques).steps) steps.emplace_back(step.technique.id, step.dose);
    return steps;
  };
  std::mt19937 random(1);
  for (const unsigned seed : {0, 1, 2}) {
    for (int minutes = 2; minutes <= 20; minutes += 3) {
      CAPTURE(minutes);
      const PlanRequest request{.budget = std::chrono::minutes(minutes), .seed = seed};
      const auto expected = chosen(request, many);
      std::vector<Technique> techniques = many;
      for (int n = 0; n < 5; ++n) {
        std::ranges::shuffle(techniques, random);
        CHECK(chosen(request, techniques) == expected);
      }
    }
  }
}

TEST_CASE("release work needs a warm-up before it") {
  const Plan made = plan({.budget = 600s, .phases = {Phase::release, Phase::mobilise}});
  CHECK_FALSE(holds(made, "roll"));
  CHECK(reason(made, "roll") == OmissionReason::warm_up);
  CHECK(holds(plan({.budget = 600s}), "roll"));
}

TEST_CASE("what a rule excludes never enters, not even when it is asked for by name") {
  Technique kneeling = technique("kneel", Phase::mobilise);
  kneeling.demands.insert({"knee-load"});
  const Consequence no_knees{.disposition = Disposition::modified, .exclude = {{"knee-load"}}};
  const Plan made = plan({.budget = 600s, .include = {{"kneel"}}}, with(kneeling), no_knees);
  CHECK_FALSE(holds(made, "kneel"));
  CHECK(reason(made, "kneel") == OmissionReason::rule);
}

TEST_CASE("a precaution keeps the least dose, however much time there is") {
  const Consequence gently{.disposition = Disposition::modified, .ease = {{"any-technique"}}};
  const Plan eased = plan({.budget = 3600s}, library, gently);
  CHECK(eased.steps.size() == library.size());
  for (const Step& step : eased.steps) {
    CHECK(step.dose == step.technique.doses.front());
    CHECK(step.eased == RuleId{"rule"});
  }
  const Plan full = plan({.budget = 3600s});
  CHECK(full.steps.size() == library.size());
  for (const Step& step : full.steps) CHECK(step.dose == step.technique.doses.back());
}

TEST_CASE("a larger dose for normal intensity waits until it is asked for") {
  Technique strong = technique("row", Phase::strengthen);
  strong.doses.back().intensity = Intensity::normal;
  const auto dose_of = [&](Intensity intensity) {
    const Plan made = plan({.budget = 3600s, .intensity = intensity}, {strong});
    return made.steps.at(0).dose;
  };
  CHECK(dose_of(Intensity::gentle) == strong.doses.front());
  CHECK(dose_of(Intensity::normal) == strong.doses.back());
  for (Dose& dose : strong.doses) dose.intensity = Intensity::normal;
  CHECK(dose_of(Intensity::gentle) == strong.doses.front());  // the least there is
}

TEST_CASE("at most one of a family") {
  const Plan made = plan({.budget = 3600s}, with(technique("other arch", Phase::mobilise, "arch")));
  CHECK(holds(made, "arch"));
  CHECK(reason(made, "other arch") == OmissionReason::family);
}

TEST_CASE("each filter leaves out, and says so") {
  Technique odd = technique("odd", Phase::mobilise);
  odd.position = {"prone"};
  odd.places = {{"floor"}};
  odd.movement = "yoga";
  odd.directions = {Direction::rotation};
  odd.equipment = {{{"roller"}, {"ball"}}};
  const auto omitted = [&](PlanRequest request) {
    request.budget = 3600s;
    return reason(plan(request, with(odd)), "odd");
  };
  CHECK(omitted({}) == OmissionReason::equipment);
  CHECK(omitted({.have = {{"ball"}}, .place = PlaceId{"home"}}) == OmissionReason::place);
  CHECK(omitted({.have = {{"ball"}}, .positions = {{"standing"}}}) == OmissionReason::position);
  CHECK(omitted({.have = {{"ball"}}, .phases = {Phase::warm_up}}) == OmissionReason::phase);
  CHECK(omitted({.have = {{"ball"}}, .avoid = {"rotation"}}) == OmissionReason::avoided);
  CHECK(omitted({.have = {{"ball"}}, .avoid = {"yoga"}}) == OmissionReason::avoided);
  CHECK(omitted({.have = {{"ball"}}, .exclude = {{"odd"}}}) == OmissionReason::excluded);
  CHECK(omitted({.have = {{"ball"}}, .swap = {{{"odd"}, {"turn"}}}}) == OmissionReason::excluded);
  CHECK(reason(plan({.release = false}), "roll") == OmissionReason::phase);
  CHECK(holds(plan({.budget = 3600s, .have = {{"ball"}}}, with(odd)), "odd"));
}

TEST_CASE("what is not offered by default enters when it is asked for") {
  Technique rare = technique("rare", Phase::mobilise);
  rare.not_by_default = "doubtful";
  CHECK(reason(plan({.budget = 3600s}, with(rare)), "rare") == OmissionReason::not_by_default);
  CHECK(holds(plan({.budget = 120s, .include = {{"rare"}}}, with(rare)), "rare"));
  CHECK(holds(plan({.budget = 120s, .swap = {{{"arch"}, {"rare"}}}}, with(rare)), "rare"));
}

TEST_CASE("too little time is an empty plan that says why") {
  const Plan made = plan({.budget = 10s});
  CHECK(made.steps.empty());
  CHECK(reason(made, "arch") == OmissionReason::time);
}

const Omission& omission(const Plan& plan, const std::string& id) {
  const auto found = std::ranges::find(plan.omissions, TechniqueId{id}, &Omission::technique);
  REQUIRE(found != plan.omissions.end());
  return *found;
}

TEST_CASE("an omission names what brought it about") {
  Technique odd = technique("odd", Phase::mobilise, "arch");
  odd.demands.insert({"knee-load"});
  odd.directions = {Direction::rotation};
  const auto detail = [&](PlanRequest request, const Consequence& consequence = {}) {
    request.budget = 3600s;
    return omission(plan(request, with(odd), consequence), "odd").detail;
  };
  CHECK(detail({.include = {{"arch"}}}) == "arch");
  CHECK(detail({}, {.disposition = Disposition::modified, .exclude = {{"knee-load"}}}) == "rule");
  CHECK(detail({.avoid = {"knee-load"}}) == "knee-load");
  CHECK(detail({.avoid = {"flexion", "rotation"}}) == "rotation");
  CHECK(detail({.exclude = {{"odd"}}}).empty());
  CHECK(detail({.swap = {{{"turn"}, {"arch"}}, {{"odd"}, {"turn"}}}}) == "turn");
  odd.equipment = {{{"chair"}}, {{"roller"}, {"ball"}}};
  CHECK(omission(plan({.have = {{"chair"}}}, with(odd)), "odd").missing ==
        std::vector<EquipmentId>{{"roller"}, {"ball"}});
  odd.equipment.clear();
  odd.family = {"odd"};
  odd.not_by_default = "doubtful";
  CHECK(detail({}) == "doubtful");
}

TEST_CASE("omissions come in the order of their names") {
  const Plan made = plan({.budget = 3600s, .exclude = {{"turn"}, {"arch"}, {"rest"}, {"swing"}}});
  CHECK(made.omissions.size() > 3);
  CHECK(std::ranges::is_sorted(made.omissions, {}, &Omission::technique));
}

TEST_CASE("every direction can be avoided by its name") {
  const std::vector<std::pair<std::string, Direction>> directions{{"extension", Direction::extension},
                                                                  {"rotation", Direction::rotation},
                                                                  {"side-bending", Direction::side_bending},
                                                                  {"flexion", Direction::flexion},
                                                                  {"scapular", Direction::scapular}};
  for (const auto& [word, direction] : directions) {
    INFO(word);
    Technique odd = technique("odd", Phase::mobilise);
    odd.directions = {direction};
    for (const auto& [other, _] : directions) {
      CHECK(holds(plan({.budget = 3600s, .avoid = {other}}, with(odd)), "odd") == (other != word));
    }
  }
}

TEST_CASE("what goes in any position passes a filter of positions") {
  Technique anywhere = technique("anywhere", Phase::mobilise);
  anywhere.position = {"any"};
  const Plan made = plan({.budget = 3600s, .positions = {{"prone"}}}, with(anywhere));
  CHECK(holds(made, "anywhere"));
  CHECK(made.steps.size() == 1);
}

TEST_CASE("a step uses the first of the things that would do and are at hand") {
  Technique odd = technique("odd", Phase::mobilise);
  odd.equipment = {{{"roller"}, {"ball"}, {"towel"}}, {{"chair"}}};
  const Plan made = plan({.budget = 600s, .have = {{"ball"}, {"towel"}, {"chair"}}}, {odd});
  REQUIRE(made.steps.size() == 1);
  CHECK(made.steps[0].equipment == std::vector<EquipmentId>{{"ball"}, {"chair"}});
}

TEST_CASE("what is asked for by name is marked, the rest is not") {
  const Plan made = plan({.budget = 3600s, .include = {{"arch"}}, .swap = {{{"rest"}, {"turn"}}}});
  for (const Step& step : made.steps) {
    const std::string& id = step.technique.id.text;
    CHECK(step.pinned == (id == "arch" || id == "turn"));
  }
  CHECK(holds(made, "arch"));
  CHECK(holds(made, "turn"));
  CHECK(holds(made, "swing"));
}

TEST_CASE("release work after a warm-up that is too long is out for time") {
  Technique slow = technique("slow", Phase::release);
  slow.doses = {hold(3000s)};
  const Plan made = plan({.budget = 600s}, with(slow));
  CHECK(reason(made, "slow") == OmissionReason::time);
  CHECK(reason(plan({.budget = 30s}), "turn") == OmissionReason::time);
}

TEST_CASE("the first rule that excludes is named, of those that exclude this") {
  const QuestionId question{"q"};
  const auto rule = [&](const std::string& id, std::set<DemandId> demands) {
    const Consequence then{.disposition = Disposition::modified, .exclude = std::move(demands)};
    return Rule{.id = {id}, .when = {InRange{question, 1, 1}}, .then = then, .if_unsure = then};
  };
  const std::vector<Rule> rules{rule("nothing", {}), rule("lying", {{"prone"}}),
                                rule("knees", {{"knee-load"}, {"wrist-load"}}),
                                rule("more-knees", {{"knee-load"}})};
  const auto constraints = constrain(screen(assess(rules, {{question, 1}})));
  REQUIRE(constraints);
  Technique kneeling = technique("kneel", Phase::mobilise);
  CHECK_FALSE(constraints->forbids(kneeling));
  kneeling.demands.insert({"knee-load"});
  REQUIRE(constraints->forbids(kneeling));
  CHECK(constraints->forbids(kneeling)->text == "knees");
}

TEST_CASE("the time of a phase is that of its steps") {
  const Plan made = plan({.budget = 3600s});
  seconds sum{0};
  for (int i = 0; i < 6; ++i) sum += duration(made, static_cast<Phase>(i));
  CHECK(sum == duration(made));
  CHECK(duration(made, Phase::warm_up) == 45s);   // ready, 40 s
  CHECK(duration(made, Phase::mobilise) == 90s);  // two of them
}

TEST_CASE("what was done less of late comes first") {
  PlanRequest request{.budget = 40s};
  request.phases = {Phase::mobilise};
  CHECK(holds(plan(request), "arch"));
  CHECK_FALSE(holds(plan(request), "turn"));
  request.recent = {{{"arch"}, 1}};
  CHECK(holds(plan(request), "turn"));
  request.recent = {{{"arch"}, 2}, {{"turn"}, 1}};
  CHECK(holds(plan(request), "turn"));
  CHECK_FALSE(holds(plan(request), "arch"));
}

TEST_CASE("where somebody keeps count, doses rise after every few sessions") {
  PlanRequest request{.budget = 600s};
  request.phases = {Phase::mobilise};
  const auto dose = [&] {
    const Plan made = plan(request);
    return made.steps.at(0).dose.each;
  };
  CHECK(dose() == 40s);
  request.practised.emplace();
  CHECK(dose() == 20s);
  (*request.practised)[{"arch"}] = sessions_for_more - 1;
  CHECK(dose() == 20s);
  (*request.practised)[{"arch"}] = sessions_for_more;
  CHECK(dose() == 40s);
  (*request.practised)[{"arch"}] = 100;
  CHECK(dose() == 40s);
}

}  // namespace
}  // namespace backplan
