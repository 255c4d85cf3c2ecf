#include <doctest/doctest.h>

#include <set>
#include <string>

#include "backplan/catalog.hpp"
#include "backplan/plan.hpp"

namespace backplan {
namespace {

std::string ids_of(const Plan& plan) {
  std::string ids;
  for (const Step& step : plan.steps) {
    ids += step.technique.id.text + " " + std::to_string(step.dose.each.count()) + "\n";
  }
  return ids;
}

TEST_CASE("a varied plan is within 2 % of the best, and not always the same") {
  const Catalog catalog = parse_catalog(read_documents(SOURCE_DIR "/routines"));
  const Constraints constraints = *constrain(screen({Finding{}}));
  PlanRequest request;
  for (const Equipment& thing : catalog.equipment) request.have.insert(thing.id);
  const auto plan = [&](unsigned seed) {
    request.seed = seed;
    return make_plan(catalog.techniques, constraints, request, catalog.timing, catalog.objective);
  };
  const Plan best = plan(0);
  CHECK(best.points == best.most_points);
  std::set<std::string> seen;
  for (unsigned seed = 1; seed <= 50; ++seed) {
    CAPTURE(seed);
    const Plan varied = plan(seed);
    CHECK(varied.points <= best.points);
    CHECK(varied.points * 100 >= best.points * 98);
    CHECK(varied.most_points == best.points);
    CHECK(duration(varied) <= request.budget);
    CHECK(ids_of(plan(seed)) == ids_of(varied));
    seen.insert(ids_of(varied));
  }
  CHECK(seen.size() > 10);
}

}  // namespace
}  // namespace backplan
