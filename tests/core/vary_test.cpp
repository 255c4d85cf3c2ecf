#include "core/vary.hpp"

#include <doctest/doctest.h>

#include <set>

#include "core/small_plan.hpp"

namespace backplan {
namespace {

using namespace small_plan;

TEST_CASE("the numbers drawn are those of SplitMix64") {
  // As published with other implementations of it.
  Drawn drawn(1234567);
  CHECK(drawn.next() == 6457827717110365317U);
  CHECK(drawn.next() == 3203168211198807973U);
  CHECK(drawn.next() == 9817491932198370423U);
  CHECK(drawn.next() == 4593380528125082431U);
}

TEST_CASE("a number below a limit is one of all of them") {
  Drawn drawn(1);
  std::set<Merit> seen;
  for (int i = 0; i < 100; ++i) seen.insert(drawn.below(5));
  CHECK(seen == std::set<Merit>{0, 1, 2, 3, 4});
  CHECK(drawn.below(1) == 0);
  CHECK(drawn.below(0) == 0);
  CHECK(drawn.below(-3) == 0);
  Drawn one(1234567);
  CHECK(one.below(1000) == 317);
}

/// What each item loses, which must be the same at each of its options.
std::vector<Merit> penalties(int items, const std::vector<Pick>& best, Merit loss, unsigned seed) {
  Model model;
  for (int i = 0; i < items; ++i) model.items.push_back({.options = {{10, 10, 1000}, {20, 20, 2000}}});
  const Model after = varied(model, best, loss, seed);
  std::vector<Merit> all;
  for (const Model::Item& item : after.items) {
    all.push_back(1000 - item.options[0].value);
    CHECK(2000 - item.options[1].value == all.back());
  }
  return all;
}

TEST_CASE(
    "the best plan loses all that may be lost, in one to three parts, and others less than half of it each") {
  std::set<int> parts_of_best;
  std::set<Merit> others;
  const Merit loss = 60;
  for (unsigned seed = 1; seed <= 300; ++seed) {
    const std::vector<Merit> all = penalties(8, {{1, 0}, {3, 1}, {4, 0}, {7, 0}}, loss, seed);
    int parts = 0;
    Merit sum = 0;
    for (const int best : {1, 3, 4, 7}) {
      sum += all[best];
      if (all[best] > 0) ++parts;
    }
    CHECK(sum == loss);
    parts_of_best.insert(parts);
    for (const int other : {0, 2, 5, 6}) others.insert(all[other]);
  }
  CHECK(parts_of_best == std::set<int>{1, 2, 3});
  CHECK(*others.begin() == 0);
  CHECK(*others.rbegin() == loss / 2 - 1);
  CHECK(others.size() == 30);
}

TEST_CASE("the same seed gives the same penalties everywhere") {
  // Worked out by another program from what is said about them.
  CHECK(penalties(5, {{1, 0}, {3, 0}}, 60, 7) == std::vector<Merit>{27, 60, 6, 0, 4});
  CHECK(penalties(5, {{1, 0}, {3, 0}}, 60, 8) == std::vector<Merit>{22, 0, 25, 60, 22});
}

TEST_CASE("without a best plan, or anything to lose, nothing is lost that should not be") {
  for (const Merit penalty : penalties(3, {{0, 0}}, 0, 5)) CHECK(penalty == 0);
  for (const Merit penalty : penalties(3, {}, 10, 5)) CHECK(penalty < 5);
}

TEST_CASE("a varied plan loses up to two hundredths, and no more") {
  PlanRequest request{.budget = 630s};  // for which one of these seeds loses all that it may
  const Plan best = plan(request, many);
  std::set<std::int64_t> points;
  for (request.seed = 1; request.seed <= 60; ++request.seed) points.insert(plan(request, many).points);
  CHECK(*points.begin() == best.points - best.points * 2 / 100);
  CHECK(*points.rbegin() <= best.points);
  CHECK(points.size() > 5);
}

}  // namespace
}  // namespace backplan
