#include "core/solve.hpp"

#include <algorithm>
#include <bit>

#include "core/search.hpp"

namespace backplan {
namespace {

/// Values are moved up by so many bits, and ties fill them: no sum of ties reaches a value, as at most one
/// dose of each family is in a plan.
int bits_for_ties(const Model& model) {
  return Model::tie_bits + std::bit_width(static_cast<unsigned>(model.families));
}

Model with_ties(Model model, int bits) {
  for (Model::Item& item : model.items) {
    for (Model::Option& option : item.options) option.value = (option.value << bits) - option.tie;
  }
  for (auto& kind : model.cover) {
    for (Merit& value : kind) value <<= bits;
  }
  for (Model::Share& share : model.shares) share.per_second <<= bits;
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
  Solver(Incumbent best, const Effort& effort) : best_(std::move(best)), effort_(effort) {}

  void solve(const Problem& problem) {
    if (problem.budget < 0) return;
    const Prices prices = price(problem);
    const double slack = prices.second * 10;
    if (gap(prices) <= 0) return;
    // Moves that are far from good at these prices are left out at first: that finds a good plan soon.
    const Problem good = core_of(problem, prices, slack);
    const std::size_t width = std::max<std::size_t>(12, good.stages.size() / 3);  // found by trying
    Search search(good, prices);
    const Merit dropped = run(search, std::min(width, effort_.narrow));
    const bool all_seen = gap(prices) <= slack && dropped <= best_.value;
    if (all_seen || gap(prices) <= 0) return;
    const Problem core = core_of(problem, prices, gap(prices));
    finish(core, prices);
  }

  const Incumbent& best() const { return best_; }
  Merit open() const { return open_; }
  std::int64_t looks() const { return looks_; }

 private:
  /// How far the best may be from what these prices bound.
  double gap(const Prices& prices) const { return prices.bound - static_cast<double>(best_.value); }

  Merit run(Search& search, std::size_t width) {
    const Merit dropped = search.run(std::min(width, effort_.labels), best_);
    looks_ += search.looks();
    return dropped;
  }

  void finish(const Problem& core, const Prices& prices) {
    if (core.stages.empty()) return;
    const std::uint64_t things = problems_ < effort_.problems ? things_of(core) : 0;
    // With many stages, deciding things first costs less than a search that is too wide.
    if (things != 0 && core.stages.size() > effort_.stages) return split(core, things);
    Search search(core, prices);
    std::size_t width = std::max(effort_.wide, effort_.together / core.stages.size());
    Merit dropped = run(search, width);
    const auto widen = [&] { dropped = run(search, width *= 100); };
    const auto open = [&] { return dropped > best_.value && width < effort_.labels; };
    // A search that is once much wider mostly ends sooner than those of two halves.
    if (open()) widen();
    if (things != 0 && dropped > best_.value) return split(core, things);
    while (open()) widen();
    open_ = std::max(open_, dropped);
  }

  /// Things are what prices judge worst. Where one side is bounded by the best, the thing is decided;
  /// when none is, the first is tried both ways.
  void split(Problem problem, std::uint64_t things) {
    ++problems_;
    const auto worse = [&](const Problem& side) { return side.budget < 0 || gap(price(side)) <= 0; };
    bool decided = false;
    each_bit(things, [&](int thing) {
      Problem with = with_thing(problem, thing);
      Problem without = without_thing(problem, thing);
      const bool needed = worse(without);
      if (!needed && !worse(with)) return;
      problem = needed ? std::move(with) : std::move(without);
      decided = true;
    });
    if (decided) {
      solve(problem);
      return;
    }
    const int thing = std::countr_zero(things);
    solve(with_thing(problem, thing));
    solve(without_thing(problem, thing));
  }

  static std::uint64_t things_of(const Problem& problem) {
    std::uint64_t things = 0;
    for (const Stage& stage : problem.stages) {
      for (const Move& move : stage.moves) things |= move.things;
    }
    return things;
  }

  Incumbent best_;
  Effort effort_;
  Merit open_ = 0;  ///< the most that a plan can be worth in what was given up
  int problems_ = 0;
  std::int64_t looks_ = 0;
};

}  // namespace

Solution solve(const Model& model, const Effort& effort, Merit known) {
  const int bits = bits_for_ties(model);
  const Model fine = with_ties(model, bits);
  Solver solver({{}, known << bits}, effort);
  solver.solve(whole(fine));
  Solution solution;
  solution.picks = solver.best().picks;
  solution.looks = solver.looks();
  solution.value = value_of(model, solution.picks);
  // Ties only lower values, so a bound with them is rounded up.
  const Merit bound = (solver.open() + (Merit{1} << bits) - 1) >> bits;
  solution.bound = std::max(solution.value, bound);
  return solution;
}

}  // namespace backplan
