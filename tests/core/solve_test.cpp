#include "core/solve.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <numeric>
#include <random>
#include <set>

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

TEST_CASE("only what is worth more than what is known is looked for") {
  int better = 0;
  for (unsigned seed = 0; seed < 1000; ++seed) {
    CAPTURE(seed);
    const Model model = Made(seed).model();
    const Solution best = solve(model);
    CHECK(solve(model, {}, best.value).picks.empty());
    if (best.value == 0) continue;
    ++better;
    CHECK(solve(model, {}, best.value - 1).picks == best.picks);
  }
  CHECK(better > 300);
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

/// The ties of two doses.
struct Ties {
  std::uint32_t less, more;
  std::int64_t rise() const { return std::int64_t{more} - less; }
};

/// Families of two doses, all of the same worth and time, and time for the greater dose of half of them.
Model equal_doses(const std::vector<Ties>& ties) {
  const int families = static_cast<int>(ties.size());
  Model model{.budget = 15 * families, .positions = 1, .families = families};
  model.shares[2].limit = model.budget;
  for (const auto& [less, more] : ties) {
    const int family = static_cast<int>(model.items.size());
    model.items.push_back(
        {.phase = 2, .family = family, .options = {{10, 10, 50, less}, {20, 20, 60, more}}});
  }
  return model;
}

std::set<std::uint32_t> ties_in(const Model& model, const std::vector<Pick>& picks) {
  std::set<std::uint32_t> ties;
  for (const auto& [item, option] : picks) ties.insert(model.items[item].options[option].tie);
  return ties;
}

TEST_CASE("of optima that differ in their doses only, the order of the input decides nothing") {
  for (unsigned seed = 0; seed < 50; ++seed) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    const auto tie = [&] { return static_cast<std::uint32_t>(random() % (1U << Model::tie_bits)); };
    std::vector<Ties> families(10);
    for (Ties& each : families) each = {tie(), tie()};
    std::ranges::sort(families, {}, &Ties::rise);
    std::set<std::uint32_t> expected;  // the greater dose where it costs the least
    for (int f = 0; f < 10; ++f) expected.insert(f < 5 ? families[f].more : families[f].less);
    for (int n = 0; n < 8; ++n) {
      std::ranges::shuffle(families, random);
      const Model model = equal_doses(families);
      CHECK(ties_in(model, solve(model).picks) == expected);
      CHECK(ties_in(model, solve(model, {.narrow = 1, .wide = 1, .together = 1}).picks) == expected);
    }
  }
}

TEST_CASE("what is worth nothing does not mislead") {
  Model model{.budget = 60, .fetch = 20, .positions = 1, .things = 2, .families = 5};
  for (Model::Share& share : model.shares) share.limit = 60;
  for (int family = 0; family < 5; ++family) {
    model.items.push_back({.phase = 2, .family = family, .things = 3, .options = {{20, 20, 0, 900}}});
  }
  model.items.back().options.front().value = 100'000;
  const Solution found = solve(model, {.labels = 1, .problems = 0});
  CHECK(found.picks == std::vector<Pick>{{4, 0}});
  CHECK(found.bound >= 100'000);
}

TEST_CASE("where most is worth nothing, ties do not make the bound too low") {
  Model model{.budget = 150, .change = 60, .fetch = 10, .positions = 1, .things = 3, .families = 3};
  for (Model::Share& share : model.shares) share.limit = 60;
  model.items = {{.phase = 0, .position = 0, .family = 2, .things = 4, .options = {{12, 8, -3, 24}}},
                 {.phase = 0, .position = 0, .family = 2, .options = {{8, 7, -3, 1017}, {35, 26, -3, 1017}}},
                 {.phase = 1, .family = 1, .things = 5, .options = {{36, 31, 0, 498}, {63, 58, 0, 498}}},
                 {.phase = 2, .position = 0, .family = 1, .things = 4, .options = {{30, 24, 100'000, 7}}},
                 {.phase = 3, .family = 0, .things = 6, .options = {{45, 36, 0, 858}, {62, 59, 0, 858}}}};
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
      const auto tie = static_cast<std::uint32_t>(random() % 1024);
      const auto value = 10 + static_cast<Merit>(random() % 90);
      model.items.push_back({.phase = phase, .family = family, .options = {{10, 10, value, tie}}});
    }
  }
  return model;
}

TEST_CASE("of two of one family that were asked for by name one enters, and that is soon proved") {
  for (unsigned seed = 0; seed < 10; ++seed) {
    CAPTURE(seed);
    Model model = many_families(40, 200, seed);
    const Merit before = solve(model).value;
    for (const int item : {0, 40}) model.items[item].options.front().value += 100'000;
    const Solution found = solve(model);
    CHECK(found.proved());
    CHECK(found.value > 100'000);
    CHECK(found.value <= 100'000 + before);
    CHECK(found.looks < 100'000);
  }
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
