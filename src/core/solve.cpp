#include "core/solve.hpp"

#include <algorithm>
#include <cmath>

#include "core/search.hpp"

namespace backplan {
namespace {

/// Values are moved up by so many bits, and ties fill them: no sum of ties reaches a value.
constexpr int tie_bits = 20;

Model with_ties(Model model) {
  for (Model::Item& item : model.items) {
    for (Model::Option& option : item.options) option.value = (option.value << tie_bits) - item.tie;
  }
  for (auto& kind : model.cover) {
    for (Value& value : kind) value <<= tie_bits;
  }
  for (Model::Share& share : model.shares) share.per_second <<= tie_bits;
  return model;
}

/// The moves without which a plan can lose no more than `slack` against the bound of the prices.
Problem core_of(Problem problem, const Prices& prices, double slack) {
  for (Stage& stage : problem.stages) {
    const auto gain = [&](const Move& move) {
      return worth(*problem.model, prices, stage, move) - prices.second * move.seconds;
    };
    double most = 0;
    for (const Move& move : stage.moves) most = std::max(most, gain(move));
    std::erase_if(stage.moves, [&](const Move& move) { return most - gain(move) > slack; });
  }
  drop_empty_stages(problem);
  return problem;
}

/// Solves a problem, splitting it in two where the search does not end.
class Solver {
 public:
  Solver(const Model& model, const Effort& effort) : model_(model), effort_(effort) {}

  void solve(const Problem& problem) {
    if (problem.budget < 0) return;
    const Prices prices = price(problem);
    const double slack = prices.second * problem.budget / 100;
    if (gap(prices) <= 0) return;
    // Moves that are far from good at these prices are left out at first: that finds a good plan soon.
    search(core_of(problem, prices, slack), prices, narrow);
    if (gap(prices) <= 0) return;
    const Problem core = core_of(problem, prices, gap(prices));
    finish(core, prices);
  }

  const Incumbent& best() const { return best_; }
  Value open() const { return open_; }

 private:
  static constexpr std::size_t narrow = 30;
  static constexpr std::size_t wide = 1'000;

  /// How far the best may be from what these prices bound.
  double gap(const Prices& prices) const { return prices.bound - static_cast<double>(best_.value); }

  Value search(const Problem& problem, const Prices& prices, std::size_t width) {
    return Search(problem, prices).run(width, best_);
  }

  void finish(const Problem& core, const Prices& prices) {
    Search search(core, prices);
    std::size_t width = wide;
    Value dropped = search.run(std::min(width, effort_.labels), best_);
    if (dropped <= best_.value) return;
    if (const int thing = most_paid(core, prices); thing >= 0 && ++problems_ < effort_.problems) {
      solve(with_thing(core, thing));
      solve(without_thing(core, thing));
      return;
    }
    while (dropped > best_.value && width < effort_.labels) {
      width *= 10;
      dropped = search.run(std::min(width, effort_.labels), best_);
    }
    open_ = std::max(open_, dropped);
  }

  /// The thing for which most is paid, or -1 when all are paid for.
  int most_paid(const Problem& problem, const Prices& prices) const {
    std::vector<double> paid(model_.things, -1.0);
    for (const Stage& stage : problem.stages) {
      for (const Move& move : stage.moves) {
        each_bit(move.things, [&](int thing) {
          paid[thing] = std::max(paid[thing], 0.0) + prices.of(model_, move.pick.item, thing);
        });
      }
    }
    const auto most = std::ranges::max_element(paid);
    return most == paid.end() || *most < 0 ? -1 : static_cast<int>(most - paid.begin());
  }

  const Model& model_;
  Effort effort_;
  Incumbent best_;
  Value open_ = 0;  ///< the most that a plan can be worth in what was given up
  int problems_ = 0;
};

}  // namespace

Solution solve(const Model& model, const Effort& effort) {
  const Model fine = with_ties(model);
  Solver solver(fine, effort);
  solver.solve(whole(fine));
  Solution solution;
  solution.picks = solver.best().picks;
  solution.value = value_of(model, solution.picks);
  // Ties only lower values, so a bound with them is rounded up.
  const Value bound = (solver.open() + (Value{1} << tie_bits) - 1) >> tie_bits;
  solution.bound = std::max(solution.value, bound);
  return solution;
}

}  // namespace backplan
