#include "core/outlook.hpp"

#include <doctest/doctest.h>

#include "core/made_model.hpp"

namespace backplan {
namespace {

/// Goes through the stages with one plan, as the search would.
class Path {
 public:
  Path(const Problem& problem, const Outlook& outlook)
      : problem_(problem), model_(*problem.model), outlook_(outlook) {
    label_.position = model_.positions;
  }

  const Label& label() const { return label_; }

  /// Past stage `s`, without anything of it.
  void pass(int s) { outlook_.forget(label_, s + 1); }

  /// The same, with a move of it.
  void make(int s, const Move& move) {
    const Stage& stage = problem_.stages[s];
    label_.seconds += move.seconds + model_.fetch * std::popcount(move.things & ~label_.things);
    if (stage.position != Model::any_position) {
      if (label_.position != model_.positions && label_.position != stage.position)
        label_.seconds += model_.change;
      label_.position = stage.position;
    }
    label_.things |= move.things;
    const Model::Share& share = model_.shares[stage.phase];
    label_.value -= share.per_second * std::min(label_.work, share.target);
    label_.work += move.work;
    label_.value += move.value + share.per_second * std::min(label_.work, share.target);
    each_bit(move.covers, [&](int kind) {
      const unsigned times = label_.covered.of(kind);
      if (times >= model_.cover[kind].size()) return;
      label_.value += model_.cover[kind][times];
      label_.covered.more(kind);
    });
    const int bit = outlook_.bit(stage.family);
    if (bit >= 0 && bit != Outlook::no_bit) {
      label_.families.set(static_cast<std::size_t>(bit));
      label_.families_paid += outlook_.family_price(stage.family);
    }
    if (stage.phase == Model::warm_up) label_.warm = true;
    pass(s);
  }

 private:
  const Problem& problem_;
  const Model& model_;
  const Outlook& outlook_;
  Label label_;
};

/// A plan within all limits, as a move or null for each stage.
std::vector<const Move*> any_plan(const Problem& problem, std::mt19937& random) {
  std::vector<const Move*> moves(problem.stages.size());
  std::vector<Pick> picks;
  for (std::size_t s = 0; s < moves.size(); ++s) {
    const std::vector<Move>& all = problem.stages[s].moves;
    if (random() % 4 == 0) continue;
    const Move& move = all[random() % all.size()];
    picks.push_back(move.pick);
    if (allowed(*problem.model, picks)) {
      moves[s] = &move;
    } else {
      picks.pop_back();
    }
  }
  return moves;
}

TEST_CASE("what a plan can become at most is no more than the prices bound") {
  const int problems = each_problem(2000, [](const Problem& problem, const Prices& prices) {
    const Outlook outlook(problem, prices);
    const Path start(problem, outlook);
    CHECK(static_cast<double>(outlook.most(start.label(), 0)) <= prices.bound);
  });
  CHECK(problems > 1000);
}

TEST_CASE("on the way to a plan what it can become falls at most to what it is worth") {
  std::mt19937 random(3);
  int steps = 0;
  each_problem(2000, [&](const Problem& problem, const Prices& prices) {
    const Outlook outlook(problem, prices);
    for (int n = 0; n < 3; ++n) {
      const std::vector<const Move*> moves = any_plan(problem, random);
      std::vector<Pick> picks;
      Path path(problem, outlook);
      Merit most = outlook.most(path.label(), 0);
      for (int s = 0; s < static_cast<int>(moves.size()); ++s) {
        if (moves[s] == nullptr) {
          path.pass(s);
        } else {
          picks.push_back(moves[s]->pick);
          path.make(s, *moves[s]);
        }
        const Merit next = outlook.most(path.label(), s + 1);
        CHECK(next <= most);
        most = next;
        ++steps;
      }
      CHECK(most == value_of(*problem.model, picks));
    }
  });
  CHECK(steps > 10'000);
}

TEST_CASE("what makes no difference any more is forgotten") {
  Model model{.budget = 600, .fetch = 10, .positions = 1, .things = 3, .families = 4};
  model.cover = {{5}, {5}, {5}};
  const std::vector<Model::Option> once{{10, 10, 50}};
  model.items = {{.phase = 1, .family = 0, .things = 1, .covers = 1, .options = once},
                 {.phase = 2, .family = 1, .things = 3, .covers = 3, .options = once},
                 {.phase = 2, .family = 2, .things = 4, .covers = 6, .options = once},
                 {.phase = 3, .family = 1, .things = 1, .covers = 2, .options = once},
                 {.phase = 4, .family = 3, .covers = 4, .options = once}};
  const Problem problem = whole(model);
  Prices prices = price(problem);
  prices.family = {0, 7, 0, 0};
  const Outlook outlook(problem, prices);
  const int bit = outlook.bit(1);
  CHECK(bit >= 0);
  CHECK(outlook.bit(2) == -1);  // one stage needs none
  const auto after = [&](int next) {
    Label label{.work = 30, .things = 7, .families_paid = 7};
    label.families.set(static_cast<std::size_t>(bit));
    outlook.forget(label, next);
    return label;
  };
  const unsigned gone = 15;
  const auto covered = [](const Label& label) {
    return std::vector{label.covered.of(0), label.covered.of(1), label.covered.of(2)};
  };
  CHECK(covered(after(1)) == std::vector{0U, 0U, 0U});
  CHECK(covered(after(2)) == std::vector{gone, 0U, 0U});
  CHECK(covered(after(4)) == std::vector{gone, gone, 0U});
  CHECK(covered(after(5)) == std::vector{gone, gone, gone});
  CHECK(after(1).things == 7);
  CHECK(after(2).things == 5);
  CHECK(after(3).things == 1);
  CHECK(after(4).things == 0);
  CHECK(after(1).work == 0);  // another phase begins
  CHECK(after(2).work == 30);
  CHECK(after(3).work == 0);
  CHECK(after(5).work == 0);
  CHECK_FALSE(after(3).warm);
  CHECK(after(4).warm);  // no release work can come
  CHECK(after(3).families != Families{});
  CHECK(after(3).families_paid == 7);
  CHECK(after(4).families == Families{});
  CHECK(after(4).families_paid == 0);
}

}  // namespace
}  // namespace backplan
