#include "core/solve.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <numeric>
#include <random>

#include "core/exhaustive.hpp"
#include "core/made_model.hpp"

namespace backplan {
namespace {

bool in_order(const std::vector<Pick>& picks) {
  return std::ranges::is_sorted(picks, std::less_equal{}, &Pick::item);
}

TEST_CASE("no choice is worth more, and of several the least sum of ties is taken") {
  for (unsigned seed = 0; seed < 4000; ++seed) {
    CAPTURE(seed);
    const Model model = Made(seed).model();
    const Exhaustive best(model);
    const Solution found = solve(model);
    CHECK(found.value == best.value());
    CHECK(found.proved());
    CHECK(ties_of(model, found.picks) == best.ties());
    CHECK(allowed(model, found.picks));
    CHECK(value_of(model, found.picks) == found.value);
    CHECK(in_order(found.picks));
  }
}

TEST_CASE("deciding about one thing after another comes to the same") {
  int with_things = 0;
  for (unsigned seed = 0; seed < 2000; ++seed) {
    CAPTURE(seed);
    const Model model = Made(seed).model();
    if (model.things == 0) continue;
    ++with_things;
    const Exhaustive best(model);
    const Solution found = solve(model, {.stages = 0});
    CHECK(found.value == best.value());
    CHECK(found.proved());
    CHECK(ties_of(model, found.picks) == best.ties());
    CHECK(allowed(model, found.picks));
  }
  CHECK(with_things > 1000);
}

TEST_CASE("a search that is too narrow is widened until nothing had to be dropped") {
  for (unsigned seed = 0; seed < 1000; ++seed) {
    CAPTURE(seed);
    const Model model = Made(seed).model();
    const Exhaustive best(model);
    for (const int problems : {0, 500}) {
      const Solution found = solve(model, {.problems = problems, .narrow = 1, .wide = 1, .together = 1});
      CHECK(found.value == best.value());
      CHECK(found.proved());
      CHECK(ties_of(model, found.picks) == best.ties());
    }
  }
}

TEST_CASE("things are decided about where a search is too narrow, and that proves more") {
  int unproved = 0;
  int unproved_without = 0;
  for (unsigned seed = 0; seed < 500; ++seed) {
    CAPTURE(seed);
    const Model model = Made(seed).model();
    const Exhaustive best(model);
    for (const int problems : {1, 500}) {
      const Solution found = solve(model, {.labels = 1, .problems = problems});
      CHECK(allowed(model, found.picks));
      CHECK(found.value <= best.value());
      CHECK(best.value() <= found.bound);
      if (problems == 500 && !found.proved()) ++unproved;
    }
    if (!solve(model, {.labels = 1, .problems = 0}).proved()) ++unproved_without;
  }
  CHECK(unproved < unproved_without);
}

TEST_CASE("with hardly any effort, what is found may be less, and the bound says how much") {
  int unproved = 0;
  for (unsigned seed = 0; seed < 1000; ++seed) {
    CAPTURE(seed);
    const Model model = Made(seed).model();
    const Exhaustive best(model);
    for (const std::size_t labels : {1, 2}) {
      const Solution found = solve(model, {.labels = labels, .problems = 0});
      CHECK(allowed(model, found.picks));
      CHECK(value_of(model, found.picks) == found.value);
      CHECK(found.value <= best.value());
      CHECK(best.value() <= found.bound);
      if (!found.proved()) ++unproved;
    }
  }
  CHECK(unproved > 0);
}

TEST_CASE("what is worth nothing does not mislead") {
  Model model{.budget = 60, .fetch = 20, .positions = 1, .things = 2, .families = 5};
  for (Model::Share& share : model.shares) share.limit = 60;
  for (int family = 0; family < 5; ++family) {
    model.items.push_back({.phase = 2, .family = family, .things = 3, .tie = 900, .options = {{20, 20, 0}}});
  }
  model.items.back().options.front().value = 100'000;
  const Solution found = solve(model, {.labels = 1, .problems = 0});
  CHECK(found.picks == std::vector<Pick>{{4, 0}});
  CHECK(found.bound >= 100'000);
}

TEST_CASE("where most is worth nothing, ties do not make the bound too low") {
  Model model{.budget = 150, .change = 60, .fetch = 10, .positions = 1, .things = 3, .families = 3};
  for (Model::Share& share : model.shares) share.limit = 60;
  model.items = {
      {.phase = 0, .position = 0, .family = 2, .things = 4, .tie = 24, .options = {{12, 8, -3}}},
      {.phase = 0, .position = 0, .family = 2, .tie = 1017, .options = {{8, 7, -3}, {35, 26, -3}}},
      {.phase = 1, .family = 1, .things = 5, .tie = 498, .options = {{36, 31, 0}, {63, 58, 0}}},
      {.phase = 2, .position = 0, .family = 1, .things = 4, .tie = 7, .options = {{30, 24, 100'000}}},
      {.phase = 3, .family = 0, .things = 6, .tie = 858, .options = {{45, 36, 0}, {62, 59, 0}}}};
  const Solution found = solve(model, {.labels = 1, .problems = 0});
  CHECK(found.value <= 100'000);
  CHECK(found.bound >= 100'000);
}

/// Every family in two phases, each item of 10 seconds.
Model many_families(int families, int budget, unsigned seed) {
  std::mt19937 random(seed);
  Model model{.budget = budget, .positions = 1, .families = families};
  for (const int phase : {2, 5}) {
    model.shares[phase].limit = budget;
    for (int family = 0; family < families; ++family) {
      model.items.push_back({.phase = phase,
                             .family = family,
                             .tie = static_cast<std::uint32_t>(random() % 1024),
                             .options = {{10, 10, 10 + static_cast<Merit>(random() % 90)}}});
    }
  }
  return model;
}

TEST_CASE("more families that are shared than can be told apart") {
  int proved = 0;
  for (unsigned seed = 0; seed < 4; ++seed) {
    for (const int picks : {1, 3, 20, 290}) {
      CAPTURE(seed);
      CAPTURE(picks);
      const int families = 300;
      const Model model = many_families(families, 10 * picks, seed);
      std::vector<Merit> values;
      for (int f = 0; f < families; ++f) {
        values.push_back(
            std::max(model.items[f].options[0].value, model.items[families + f].options[0].value));
      }
      std::ranges::sort(values, std::ranges::greater{});
      const Merit best = std::accumulate(values.begin(), values.begin() + picks, Merit{0});
      const Solution found = solve(model, {.labels = 1000, .problems = 10});
      CHECK(allowed(model, found.picks));
      CHECK(value_of(model, found.picks) == found.value);
      CHECK(found.value <= best);
      CHECK(best <= found.bound);
      if (found.proved()) {
        ++proved;
        CHECK(found.value == best);
      }
    }
  }
  CHECK(proved > 0);
}

}  // namespace
}  // namespace backplan
