#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <limits>
#include <numeric>
#include <random>
#include <tuple>

#include "core/solve.hpp"

namespace backplan {
namespace {

int ties_of(const Model& model, const std::vector<Pick>& picks) {
  const auto add = [&](int sum, const Pick& pick) { return sum + static_cast<int>(model.items[pick.item].tie); };
  return std::accumulate(picks.begin(), picks.end(), 0, add);
}

/// Tries every choice there is.
class Exhaustive {
 public:
  explicit Exhaustive(const Model& model) : model_(model) { try_from(0); }

  Merit value() const { return value_; }
  int ties() const { return ties_; }

 private:
  void try_from(int item) {
    if (seconds_of(model_, picks_) > model_.budget) return;  // more picks only take longer
    if (item == static_cast<int>(model_.items.size())) {
      judge();
      return;
    }
    try_from(item + 1);
    for (int k = 0; k < static_cast<int>(model_.items[item].options.size()); ++k) {
      picks_.push_back({item, k});
      try_from(item + 1);
      picks_.pop_back();
    }
  }

  void judge() {
    if (!allowed(model_, picks_)) return;
    const Merit value = value_of(model_, picks_);
    const int ties = ties_of(model_, picks_);
    if (std::tuple(-value, ties) >= std::tuple(-value_, ties_)) return;
    value_ = value;
    ties_ = ties;
  }

  const Model& model_;
  std::vector<Pick> picks_;
  Merit value_ = std::numeric_limits<Merit>::min() / 2;
  int ties_ = 0;
};

/// Small models of all kinds; the same on every machine.
class Made {
 public:
  explicit Made(unsigned seed) : random_(seed) {}

  Model model() {
    Model model;
    model.budget = one_of({0, 15, 40, 80, 150, 300, 600});
    model.change = one_of({0, 5, 10, 60});
    model.fetch = one_of({0, 5, 10, 60});
    model.positions = 1 + below(3);
    model.things = below(5);
    model.families = 1 + below(8);
    const int kinds = below(4);
    for (int k = 0; k < kinds; ++k) model.cover.push_back(falling(below(4), one_of({5, 40})));
    const int most = one_of({1, 40, 40, 200});
    const int phases = one_of({1, 2, 6});
    const int options = 1 + below(3);
    const int items = one_of({0, 3, 4, 5, 6, 6, 7, 8});
    for (int i = 0; i < items; ++i) model.items.push_back(item(model, options, most, phases));
    std::ranges::stable_sort(model.items, {}, [](const Model::Item& each) {
      return std::tuple(each.phase, each.position, each.family);
    });
    for (Model::Share& share : model.shares) {
      share = {one_of({0, 1, 3}), below(model.budget + 1), one_of({0, 30, 60, model.budget, model.budget})};
    }
    return model;
  }

 private:
  int below(int limit) { return static_cast<int>(random_() % static_cast<unsigned>(limit)); }
  int one_of(const std::vector<int>& values) { return values[below(static_cast<int>(values.size()))]; }

  std::vector<Merit> falling(int count, int most) {
    std::vector<Merit> gains;
    for (int n = 0; n < count; ++n) gains.push_back(below(most + 1));
    std::ranges::sort(gains, std::ranges::greater{});
    return gains;
  }

  Model::Item item(const Model& model, int options, int most, int phases) {
    static constexpr int order[]{Model::release, Model::warm_up, 2, 0, 4, 5};
    Model::Item item{.phase = order[below(phases)],
                     .position = below(model.positions + 1) - 1,
                     .family = below(model.families),
                     .tie = static_cast<std::uint32_t>(below(1024))};
    for (int n = below(4); n > 0 && model.things > 0; --n) item.things |= std::uint64_t{1} << below(model.things);
    for (std::size_t kind = 0; kind < model.cover.size(); ++kind) {
      if (below(3) == 0) item.covers |= 1U << kind;
    }
    const int more = one_of({0, 0, 0, 0, 0, 100'000});  // asked for by name
    int work = below(40);
    Merit value = one_of({0, -3, below(most), below(most), below(most), below(most)});
    for (int k = 0; k < options; ++k) {
      item.options.push_back({work + 1 + below(10), work, value + more});
      work += below(40);
      value += below(most);
    }
    return item;
  }

  std::mt19937 random_;
};

bool in_order(const std::vector<Pick>& picks) {
  return std::ranges::is_sorted(picks, std::less_equal{}, &Pick::item);
}

TEST_CASE("no choice is worth more, and of several the least sum of ties is taken") {
  for (unsigned seed = 0; seed < 2000; ++seed) {
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
  for (unsigned seed = 0; seed < 500; ++seed) {
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

TEST_CASE("where most is worth nothing, ties do not make the bound too low") {
  Model model{.budget = 150, .change = 60, .fetch = 10, .positions = 1, .things = 3, .families = 3};
  for (Model::Share& share : model.shares) share.limit = 60;
  model.items = {{.phase = 0, .position = 0, .family = 2, .things = 4, .tie = 24, .options = {{12, 8, -3}}},
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
      model.items.push_back({.phase = phase, .family = family, .tie = static_cast<std::uint32_t>(random() % 1024),
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
        values.push_back(std::max(model.items[f].options[0].value, model.items[families + f].options[0].value));
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
