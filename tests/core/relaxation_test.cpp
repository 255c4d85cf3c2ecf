#include "core/relaxation.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "core/exhaustive.hpp"
#include "core/made_model.hpp"

namespace backplan {
namespace {

Prices none(const Problem& problem) {
  const Model& model = *problem.model;
  Prices prices;
  prices.cover.resize(model.cover.size());
  prices.family.resize(model.families);
  prices.things.resize(model.items.size() * model.things);
  return prices;
}

/// Whole numbers, so that sums are exact.
Prices any_prices(const Problem& problem, std::mt19937& random) {
  const auto up_to = [&](int most) { return static_cast<double>(random() % (most + 1)); };
  Prices prices = none(problem);
  prices.second = up_to(4);
  for (double& price : prices.cover) price = up_to(20);
  for (double& price : prices.work) price = up_to(8) - 5;
  for (const Stage& stage : problem.stages) {
    if (stage.shared) prices.family[stage.family] = up_to(30);
  }
  for (const Stage& stage : problem.stages) {
    for (const Move& move : stage.moves) {
      each_bit(move.things, [&](int thing) { prices.of(*problem.model, move.pick.item, thing) = up_to(20); });
    }
  }
  return prices;
}

/// `excess` so far as prices go from `from` to `to`: how the bound begins to change.
double slope(const Prices& from, const Prices& to, const Prices& excess) {
  double sum = -excess.second * (to.second - from.second);
  for (std::size_t k = 0; k < from.cover.size(); ++k) sum += excess.cover[k] * (to.cover[k] - from.cover[k]);
  for (std::size_t p = 0; p < from.work.size(); ++p) sum += excess.work[p] * (to.work[p] - from.work[p]);
  for (std::size_t f = 0; f < from.family.size(); ++f)
    sum -= excess.family[f] * (to.family[f] - from.family[f]);
  return sum;
}

TEST_CASE("whatever the prices, no plan is worth more than what they bound") {
  std::mt19937 random(1);
  for (unsigned seed = 0; seed < 1000; ++seed) {
    CAPTURE(seed);
    const Model model = Made(seed).model();
    const Exhaustive best(model);
    const Problem problem = whole(model);
    Relaxation relaxation(problem);
    for (int n = 0; n < 5; ++n) {
      Prices prices = any_prices(problem, random);
      Prices excess = prices;
      relaxation.evaluate(prices, excess);
      CHECK(prices.bound >= static_cast<double>(best.value()));
    }
  }
}

TEST_CASE("what there is too much of is the way in which the bound begins to fall") {
  // The bound is convex: it lies above each of its tangents, and `excess` is the slope of one.
  std::mt19937 random(2);
  for (unsigned seed = 0; seed < 1000; ++seed) {
    CAPTURE(seed);
    const Model model = Made(seed).model();
    const Problem problem = whole(model);
    Relaxation relaxation(problem);
    std::vector<Prices> all;
    for (int n = 0; n < 4; ++n) {
      all.push_back(any_prices(problem, random));
      all.back().things = all.front().things;
    }
    for (Prices& prices : all) {
      Prices excess = prices;
      relaxation.evaluate(prices, excess);
      for (Prices& other : all) {
        Prices ignored = other;
        relaxation.evaluate(other, ignored);
        CHECK(other.bound >= prices.bound + slope(prices, other, excess));
      }
    }
  }
}

TEST_CASE("work that is dear is wanted only as far as it is worth more") {
  Model model{.budget = 100, .positions = 1};
  model.shares[2] = {.per_second = 3, .target = 50, .limit = 80};
  const Problem problem = whole(model);
  Relaxation relaxation(problem);
  const auto excess_at = [&](double price) {
    Prices prices;
    prices.work[2] = price;
    Prices excess = prices;
    relaxation.evaluate(prices, excess);
    return excess.work[2];
  };
  CHECK(excess_at(-0.5) == -80);
  CHECK(excess_at(0.5) == -50);
  CHECK(excess_at(2.5) == -50);
  CHECK(excess_at(3.5) == 0);
}

TEST_CASE("where nothing has a price, the bound is all that can be had") {
  for (unsigned seed = 0; seed < 200; ++seed) {
    CAPTURE(seed);
    const Model model = Made(seed).model();
    const Problem problem = whole(model);
    Merit all = 0;
    for (const Stage& stage : problem.stages) {
      Merit most = 0;
      for (const Move& move : stage.moves) most = std::max(most, move.value);
      all += most;
    }
    for (const auto& kind : model.cover) all = std::accumulate(kind.begin(), kind.end(), all);
    for (const Model::Share& share : model.shares)
      all += share.per_second * std::min(share.target, share.limit);
    Prices prices = none(problem);
    Prices excess = prices;
    Relaxation(problem).evaluate(prices, excess);
    CHECK(prices.bound == static_cast<double>(all));
  }
}

/// Two techniques of one phase, in a position each, that need a thing.
Model two_with_a_thing(Merit first, Merit second) {
  Model model{.budget = 100, .change = 7, .fetch = 20, .positions = 2, .things = 1, .families = 2};
  model.shares[2].limit = 100;
  model.items = {{.phase = 2,
                  .position = 0,
                  .family = 0,
                  .things = 1,
                  .options = {{10, 10, first - 50}, {10, 10, first}}},
                 {.phase = 2, .position = 1, .family = 1, .things = 1, .options = {{10, 10, second}}}};
  return model;
}

TEST_CASE("what a thing costs is divided in proportion to what there is to gain, and no more is paid") {
  const auto paid = [](Merit first, Merit second) {
    const Model model = two_with_a_thing(first, second);
    const Problem problem = whole(model);
    Relaxation relaxation(problem);
    Prices prices = none(problem);
    prices.second = 1;
    relaxation.price_things(prices);
    return std::pair(prices.things[0], prices.things[1]);
  };
  CHECK(paid(40, 20) == std::pair(15.0, 5.0));  // they gain 30 and 10
  CHECK(paid(22, 14) == std::pair(12.0, 4.0));  // less than the 20 that it costs
  CHECK(paid(5, 110) == std::pair(0.0, 20.0));
}

TEST_CASE("what is in a position that is not worth a change pays for nothing") {
  const Model model = two_with_a_thing(60, 16);
  const Problem problem = whole(model);
  Relaxation relaxation(problem);
  Prices prices = none(problem);
  prices.second = 1;
  relaxation.price_things(prices);
  const double before = prices.things[1];
  CHECK(before > 0);
  Prices excess = prices;
  relaxation.evaluate(prices, excess);  // 6 less what it pays for the thing is less than the 7 of the change
  relaxation.price_things(prices);
  CHECK(prices.things[1] == 0);
  CHECK(prices.things[0] == 20);
}

TEST_CASE("what is paid for a thing after one is what is left") {
  Model model = two_with_a_thing(40, 0);
  model.things = 2;
  model.items.pop_back();
  model.items[0].things = 3;
  const Problem problem = whole(model);
  Prices prices = none(problem);
  prices.second = 1;
  Relaxation(problem).price_things(prices);  // 30 to gain, and 20 for each thing
  CHECK(prices.things[0] == 20);
  CHECK(prices.things[1] == doctest::Approx(10));
}

TEST_CASE("of a stage, what is paid most for a thing counts, once it is above what the thing costs") {
  Model model = two_with_a_thing(100, 100);
  model.items[1].position = 0;
  model.items[1].family = 0;
  const Problem problem = whole(model);
  REQUIRE(problem.stages.size() == 1);
  Relaxation relaxation(problem);
  const auto bound = [&](double second, double first_pays, double second_pays) {
    Prices prices = none(problem);
    prices.second = second;
    prices.things = {first_pays, second_pays};
    Prices excess = prices;
    relaxation.evaluate(prices, excess);
    return std::pair(prices.bound, excess.second);
  };
  CHECK(bound(0, 9, 5) == std::pair(95.0 + 9.0, 10.0 + 20 - 100));  // a move of 10 s, and 20 to fetch
  CHECK(bound(0, 5, 9) == std::pair(95.0 + 9.0, 10.0 + 20 - 100));
  CHECK(bound(0, 0.5, 0) == std::pair(100.0 + 0.5, 10.0 + 20 - 100));
  CHECK(bound(1, 30, 25) == std::pair(65.0 + 10 + 100, 10.0 + 20 - 100));
  CHECK(bound(1, 20.5, 0) == std::pair(90.0 + 0.5 + 100, 10.0 + 20 - 100));
  CHECK(bound(1, 15, 19) == std::pair(75.0 + 100, 10.0 - 100));
}

TEST_CASE("work in a phase is worth its points up to its share, and nothing beyond") {
  Model model;
  model.shares[2] = {.per_second = 3, .target = 50, .limit = 80};
  Prices prices;
  const auto more = [&](double price, int work) {
    prices.work[2] = price;
    return more_work(model, prices, 2, work);
  };
  CHECK(more(0, 0) == 150);
  CHECK(more(1, 0) == 100);
  CHECK(more(1, 30) == 40);
  CHECK(more(1, 60) == 0);
  CHECK(more(3, 0) == 0);
  CHECK(more(5, 0) == 0);
  CHECK(more(-1, 0) == 150 + 80);  // each further second is paid for, up to the limit
  CHECK(more(-1, 30) == 60 + 50);
  CHECK(more(-1, 60) == 20);
  CHECK(more(0.5, 0) == 125);
  model.shares[2].limit = 40;
  CHECK(more(0, 0) == 120);
}

}  // namespace
}  // namespace backplan
