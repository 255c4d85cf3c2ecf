// Prints a thousand plans, from the core alone: built with two standard libraries, both must print the same.

#include <cstdio>
#include <string>

#include "backplan/plan.hpp"
#include "builtin/catalog.hpp"

namespace backplan {
namespace {

/// Small numbers, the same everywhere.
class Draw {
 public:
  explicit Draw(unsigned seed) : state_(seed) {}
  unsigned below(unsigned limit) {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<unsigned>(state_ >> 33) % limit;
  }

 private:
  std::uint64_t state_;
};

/// What somebody may do whose one answer leaves out some demands, and eases others.
Constraints constraints(const Catalog& catalog, Draw& draw) {
  Consequence consequence;
  for (unsigned n = draw.below(4); n > 0; --n) {
    auto& demands = draw.below(2) == 0 ? consequence.exclude : consequence.ease;
    const DemandId& id = catalog.demands[draw.below(static_cast<unsigned>(catalog.demands.size()))].id;
    if (id.text != "any-technique") demands.insert(id);
  }
  const QuestionId question{"q"};
  const Rule rule{
      .id = {"rule"}, .when = {InRange{question, 1, 1}}, .then = consequence, .if_unsure = consequence};
  return *constrain(screen(assess(std::vector{rule}, {{question, 1}})));
}

PlanRequest request(const Catalog& catalog, Draw& draw) {
  PlanRequest request;
  request.budget = std::chrono::seconds(60 + 10 * draw.below(355));
  for (const Equipment& thing : catalog.equipment) {
    if (draw.below(3) > 0) request.have.insert(thing.id);
  }
  request.intensity = draw.below(2) == 0 ? Intensity::gentle : Intensity::normal;
  request.seed = draw.below(3) == 0 ? 1 + draw.below(100) : 0;
  for (unsigned n = draw.below(3); n > 0; --n) {
    const unsigned technique = draw.below(static_cast<unsigned>(catalog.techniques.size()));
    request.include.push_back(catalog.techniques[technique].id);
  }
  return request;
}

void print(unsigned number, const Plan& plan) {
  std::printf("plan %u: %lld points of %lld\n", number, static_cast<long long>(plan.points),
              static_cast<long long>(plan.most_points));
  for (const Step& step : plan.steps) {
    std::printf("  %s %lld s, %lld points\n", step.technique.id.text.c_str(),
                static_cast<long long>(step.work.count()), static_cast<long long>(step.points));
  }
}

}  // namespace
}  // namespace backplan

int main() {
  using namespace backplan;
  const Catalog catalog = builtin_catalog();
  for (unsigned number = 1; number <= 1000; ++number) {
    Draw draw(number);
    const Constraints allowed = constraints(catalog, draw);
    print(number,
          make_plan(catalog.techniques, allowed, request(catalog, draw), catalog.timing, catalog.objective));
  }
}
