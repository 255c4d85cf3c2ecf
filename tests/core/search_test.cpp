#include "core/search.hpp"

#include <doctest/doctest.h>

#include "core/exhaustive.hpp"
#include "core/made_model.hpp"

namespace backplan {
namespace {

TEST_CASE("a search can be run again, wider, and goes on from the best that is known") {
  int dropped_first = 0;
  each_problem(1000, [&](const Problem& problem, const Prices& prices) {
    const Model& model = *problem.model;
    const Exhaustive exact(model);
    const auto right = [&](const Incumbent& best) {
      CHECK(allowed(model, best.picks));
      CHECK(value_of(model, best.picks) == best.value);
    };
    Search search(problem, prices);
    Incumbent best;
    const Merit dropped = search.run(1, best);
    right(best);
    CHECK(std::max(best.value, dropped) >= exact.value());
    CHECK(static_cast<double>(dropped) <= prices.bound);
    if (dropped > best.value) ++dropped_first;
    for (const std::size_t width : {2, 1000, 1000}) {
      const Incumbent before = best;
      const Merit most = search.run(width, best);
      right(best);
      CHECK(best.value >= before.value);
      if (best.value == before.value) CHECK(best.picks == before.picks);
      CHECK(std::max(best.value, most) >= exact.value());
      if (width == 1000) CHECK(most <= best.value);
    }
    CHECK(best.value == exact.value());
  });
  CHECK(dropped_first > 50);
}

TEST_CASE("labels go on alike when nothing differs on which the rest depends") {
  Label label{.seconds = 5, .work = 5, .value = 5, .position = 1, .things = 2};
  const auto alike = [&](auto change) {
    Label other = label;
    change(other);
    CHECK((label.hash() == other.hash()) == label.goes_on_like(other));
    return label.goes_on_like(other);
  };
  CHECK(alike([](Label& l) { l.seconds = l.work = 9, l.value = 9; }));
  CHECK_FALSE(alike([](Label& l) { l.position = 2; }));
  CHECK_FALSE(alike([](Label& l) { l.warm = true; }));
  CHECK_FALSE(alike([](Label& l) { l.things = 3; }));
  CHECK_FALSE(alike([](Label& l) { l.covered.more(0); }));
  CHECK_FALSE(alike([](Label& l) { l.families.set(3); }));
  CHECK_FALSE(alike([](Label& l) { l.position = 2, l.warm = true, l.families.set(3); }));
}

TEST_CASE("nothing is dropped where no more is there than may be kept") {
  // Two stages with a move each: after the first there are two labels, without its move and with it.
  Model model{.budget = 100, .positions = 1, .families = 2};
  model.shares[2].limit = 100;
  model.items = {{.phase = 2, .family = 0, .options = {{10, 10, 5}}},
                 {.phase = 2, .family = 1, .options = {{10, 10, 5}}}};
  const Problem problem = whole(model);
  Prices free;  // nothing has a price, so no label can be told to be worse
  free.family.resize(2);
  Search search(problem, free);
  for (const auto& [width, drops] : std::vector<std::pair<std::size_t, bool>>{{1, true}, {2, false}}) {
    Incumbent best;
    CHECK((search.run(width, best) > 0) == drops);
  }
}

}  // namespace
}  // namespace backplan
