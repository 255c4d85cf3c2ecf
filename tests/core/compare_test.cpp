#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "core/choose.hpp"
#include "core/select.hpp"
#include "core/small_plan.hpp"

namespace backplan {
namespace {

using namespace small_plan;

Comparison comparison(const PlanRequest& request, const std::vector<Technique>& techniques = library) {
  return compare(plan(request, techniques), techniques, clear(), request, timing, objective);
}

/// Calls `visit` with every choice of options that is allowed.
template <class Visit>
void each_choice(const Model& model, std::vector<Pick>& picks, std::size_t item, Visit visit) {
  if (item == model.items.size()) {
    if (allowed(model, picks)) visit(picks);
    return;
  }
  each_choice(model, picks, item + 1, visit);
  for (int option = 0; option < static_cast<int>(model.items[item].options.size()); ++option) {
    picks.push_back({static_cast<int>(item), option});
    each_choice(model, picks, item + 1, visit);
    picks.pop_back();
  }
}

/// The points of the best two plans, by looking at all.
std::pair<Merit, Merit> best_two(const PlanRequest& request) {
  const Selection selection = select(library, clear(), request);
  const Model model = make_model(selection.candidates, request, timing, objective).model;
  Merit first = -1;
  Merit second = -1;
  std::vector<Pick> picks;
  each_choice(model, picks, 0, [&](const std::vector<Pick>& choice) {
    const Merit value = value_of(model, choice);
    second = std::max(second, std::min(value, first));
    first = std::max(first, value);
  });
  return {first, second};
}

/// What would be gained without a limit; 0 when it is none.
std::int64_t gain(const Comparison& comparison, LimitKind kind, const std::string& what) {
  for (const Limit& limit : comparison.limits) {
    if (limit.kind == kind && limit.what == what) return limit.points;
  }
  return 0;
}

TEST_CASE("the plan is the best of all, and the next best is the second of all") {
  for (const int seconds_left : {30, 60, 90, 150, 200, 300}) {
    const PlanRequest request{.budget = seconds(seconds_left)};
    const auto [first, second] = best_two(request);
    const Plan made = plan(request);
    CHECK(made.points == first);
    CHECK(made.most_points == first);
    const Comparison compared = comparison(request);
    REQUIRE(compared.next_best);
    CHECK(compared.next_best->points == second);
  }
}

TEST_CASE("the points of the steps sum to those of the plan") {
  for (const int minutes : {1, 3, 8}) {
    const Plan made = plan({.budget = seconds(60 * minutes)});
    std::int64_t sum = 0;
    for (const Step& step : made.steps) sum += step.points;
    CHECK(sum == made.points);
    CHECK(sum > 0);
  }
}

TEST_CASE("the next best plan says what it does otherwise") {
  const PlanRequest request{.budget = 40s, .phases = {Phase::mobilise}};
  const Comparison compared = comparison(request);
  REQUIRE(compared.next_best);
  CHECK(compared.next_best->without == std::vector<TechniqueId>{{"arch"}});
  CHECK(compared.next_best->with == std::vector<TechniqueId>{{"turn"}});
  CHECK(compared.next_best->other_dose.empty());

  const Comparison longer = comparison({.budget = 60s, .phases = {Phase::prepare}});
  REQUIRE(longer.next_best);
  CHECK(longer.next_best->other_dose == std::vector<TechniqueId>{{"breathe"}});
}

TEST_CASE("a plan without what was asked for by name is no rival") {
  PlanRequest request{.budget = 60s, .include = {{"breathe"}}};
  const Plan made = plan(request);
  CHECK(made.points < plan({.budget = 60s}).points);
  const Comparison compared = comparison(request);
  REQUIRE(compared.next_best);
  CHECK(compared.next_best->points <= made.points);
  for (const TechniqueId& id : compared.next_best->without) CHECK(id.text != "breathe");
}

TEST_CASE("where nothing else has what was asked for by name there is no rival") {
  const PlanRequest request{.budget = 40s, .include = {{"breathe"}}};
  CHECK(plan(request).steps.size() == 1);
  CHECK_FALSE(comparison(request).next_best);
}

TEST_CASE("of a varied plan the best is shown, and it is worth at least as much") {
  for (unsigned seed = 1; seed < 20; ++seed) {
    PlanRequest request{.budget = 150s, .seed = seed};
    const Plan varied = plan(request);
    const Comparison compared = comparison(request);
    REQUIRE(compared.next_best);
    request.seed = 0;
    CHECK(compared.next_best->points == plan(request).points);
    CHECK(100 * varied.points >= 98 * compared.next_best->points);
    CHECK(varied.most_points == compared.next_best->points);
  }
}

TEST_CASE("what limits a varied plan is what limits the best") {
  const PlanRequest request{.budget = 360s, .exclude = {{"t2"}, {"t7"}}};
  PlanRequest free = request;
  free.exclude.clear();
  const std::int64_t points = plan(request, many).points;
  const Comparison best = comparison(request, many);
  REQUIRE(best.limits.size() == 2);
  CHECK(gain(best, LimitKind::filter, "exclude") == plan(free, many).points - points);
  PlanRequest first = request;
  first.seed = 1;
  CHECK(plan(first, many).points < points);
  for (unsigned seed = 1; seed <= 10; ++seed) {
    PlanRequest varied = request;
    varied.seed = seed;
    const Comparison compared = comparison(varied, many);
    CHECK(compared.next_best->points == points);
    REQUIRE(compared.limits.size() == 2);
    for (std::size_t i = 0; i < 2; ++i) {
      CHECK(compared.limits[i].what == best.limits[i].what);
      CHECK(compared.limits[i].points == best.limits[i].points);
    }
  }
}

TEST_CASE("of rivals that are worth the same the first is shown: without the first step of the plan") {
  const std::vector<Technique> alike{technique("a", Phase::mobilise), technique("b", Phase::mobilise),
                                     technique("c", Phase::mobilise)};
  const PlanRequest request{.budget = 60s};
  const Plan made = plan(request, alike);
  REQUIRE(made.steps.size() == 2);
  CHECK(comparison(request, alike).next_best->without == std::vector{made.steps[0].technique.id});
}

TEST_CASE("a limit is told of from one point on") {
  Objective small = objective;
  small.least_dose = {1, 1, 1, 1, 1, 1};
  small.further_doses.clear();
  small.second = 0;
  Technique row = technique("row", Phase::strengthen);
  row.equipment = {{{"band"}}};
  const PlanRequest request{.budget = 600s};
  const auto limits = compare(make_plan({}, clear(), request, timing, small), std::vector{row}, clear(),
                              request, timing, small)
                          .limits;
  REQUIRE(limits.size() == 1);
  CHECK(limits[0].points == 1);
}

TEST_CASE("what limits a plan has the points that the best would gain without it") {
  PlanRequest request{.budget = 120s};
  const auto more = [&](const PlanRequest& other) { return plan(other).points - plan(request).points; };
  PlanRequest longer = request;
  longer.budget += 60s;
  CHECK(more(longer) > 0);
  CHECK(gain(comparison(request), LimitKind::time, "60") == more(longer));

  request.exclude = {{"arch"}, {"swing"}};
  PlanRequest free = request;
  free.exclude.clear();
  CHECK(more(free) > 0);
  CHECK(gain(comparison(request), LimitKind::filter, "exclude") == more(free));
  CHECK(std::ranges::is_sorted(comparison(request).limits, std::ranges::greater{}, &Limit::points));
}

TEST_CASE("each filter that a person chose is tried without it") {
  const std::map<std::string, PlanRequest> requests{
      {"place", {.place = PlaceId{"office"}}}, {"position", {.positions = {{"prone"}}}},
      {"phase", {.phases = {Phase::prepare}}}, {"avoid", {.avoid = {"any-technique"}}},
      {"exclude", {.exclude = {{"arch"}}}},    {"include", {.include = {{"breathe"}}}}};
  for (auto [name, request] : requests) {
    INFO(name);
    request.budget = 70s;
    const Comparison compared = comparison(request);
    CHECK(gain(compared, LimitKind::filter, name) > 0);
  }
  CHECK(comparison({.budget = 3600s, .release = false}).limits.empty());  // holds back for a reason
}

TEST_CASE("equipment that is missing is tried, one thing at a time") {
  std::vector<Technique> techniques = library;
  techniques.push_back(known_better(technique("row", Phase::strengthen)));
  techniques.back().equipment = {{{"band"}, {"dumbbells"}}};
  const PlanRequest request{.budget = 600s};
  const Comparison compared = comparison(request, techniques);
  CHECK(gain(compared, LimitKind::equipment, "band") > 0);
  CHECK(gain(compared, LimitKind::equipment, "dumbbells") > 0);
  PlanRequest equipped = request;
  equipped.have = {{"band"}};
  CHECK(gain(comparison(equipped, techniques), LimitKind::equipment, "band") == 0);
  CHECK(gain(comparison(equipped, techniques), LimitKind::equipment, "dumbbells") == 0);
}

TEST_CASE("a goal counts what serves it for more") {
  PlanRequest request{.budget = 30s};
  CHECK(plan(request).steps.at(0).technique.phase == Phase::mobilise);
  request.goal = "calm";
  CHECK(plan(request).steps.at(0).technique.phase == Phase::cool_down);
  request.goal = "unknown";
  CHECK(plan(request).steps.at(0).technique.phase == Phase::mobilise);
}

TEST_CASE("of more things than a model has bits the rest is fetched anew each time") {
  std::vector<Technique> techniques;
  PlanRequest request{.budget = 3600s};
  for (int i = 0; i < 70; ++i) {
    const std::string id = "t" + std::to_string(i);
    techniques.push_back(technique(id, Phase::mobilise));
    techniques.back().equipment = {{{"thing " + id}}};
    request.have.insert({"thing " + id});
  }
  const Plan made = plan(request, techniques);
  CHECK(duration(made) <= request.budget);
  CHECK(made.steps.size() > 50);
}

TEST_CASE("without points for further doses, each technique has its points once") {
  Objective plain = objective;
  plain.further_doses.clear();
  plain.second = 0;
  const PlanRequest request{.budget = 3600s, .phases = {Phase::prepare}};
  CHECK(make_plan(library, clear(), request, timing, plain).points == 40);
}

TEST_CASE("a plan without a step has no points and no rival") {
  CHECK(plan({.budget = 10s, .seed = 3}).steps.empty());
  const PlanRequest request{.budget = 10s};
  CHECK(plan(request).points == 0);
  CHECK_FALSE(comparison(request).next_best);
}

}  // namespace
}  // namespace backplan
