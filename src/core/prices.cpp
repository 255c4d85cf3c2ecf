#include "core/prices.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace backplan {
namespace {

/// The choice that the prices alone would make, and how far it strays from the limits.
class Relaxation {
 public:
  explicit Relaxation(const Problem& problem)
      : problem_(problem),
        model_(*problem.model),
        slots_(slots_of(problem.stages)),
        best_(problem.stages.size()),
        gain_(problem.stages.size()),
        entered_(problem.stages.size(), true),
        item_gain_(model_.items.size()),
        users_(model_.things),
        enter_(slots_.size() * row()) {
    for (const Stage& stage : problem.stages) {
      int last = -1;
      for (const Move& move : stage.moves) {
        if (move.pick.item == last) continue;
        last = move.pick.item;
        each_bit(move.things, [&](int thing) { users_[thing].push_back(last); });
      }
    }
  }

  /// Sets the bound of `prices`. `excess` is what the choice has too much of, in their order.
  void evaluate(Prices& prices, Prices& excess) {
    choose_moves(prices);
    choose_slots(prices);
    excess.second = follow(excess) - problem_.budget;
    prices.bound = path_ + prices.second * problem_.budget + sum_things(prices, excess) +
                   sum_families(prices, excess) + sum_cover(prices, excess) +
                   sum_work(prices, excess);
  }

  /// Divides what fetching a thing costs among the items for which it would be fetched, in proportion
  /// to what they would gain, and no more than that.
  void price_things(Prices& prices) {
    find_gains(prices);
    for (int thing = 0; thing < model_.things; ++thing) {
      double all = 0;
      for (const int item : users_[thing]) all += item_gain_[item];
      const double cost = prices.second * model_.fetch;
      const double part = all <= cost ? 1.0 : cost / all;
      for (const int item : users_[thing]) {
        prices.of(model_, item, thing) = part * item_gain_[item];
        item_gain_[item] *= 1 - part;
      }
    }
  }

 private:
  std::size_t row() const { return static_cast<std::size_t>(model_.positions) + 1; }

  double gain(const Prices& prices, const Stage& stage, const Move& move) const {
    return worth(model_, prices, stage, move) - prices.second * move.seconds;
  }

  /// What each item would gain if it paid for no thing; nothing where its position is not worth it.
  void find_gains(Prices& prices) {
    std::ranges::fill(prices.things, 0.0);
    std::ranges::fill(item_gain_, 0.0);
    for (std::size_t s = 0; s < problem_.stages.size(); ++s) {
      if (!entered_[s]) continue;
      for (const Move& move : problem_.stages[s].moves) {
        double& most = item_gain_[move.pick.item];
        most = std::max(most, gain(prices, problem_.stages[s], move));
      }
    }
  }

  void choose_moves(const Prices& prices) {
    for (std::size_t s = 0; s < problem_.stages.size(); ++s) {
      best_[s] = nullptr;
      gain_[s] = 0;
      for (const Move& move : problem_.stages[s].moves) {
        const double here = gain(prices, problem_.stages[s], move);
        if (here <= gain_[s]) continue;
        gain_[s] = here;
        best_[s] = &move;
      }
    }
  }

  /// From which position each slot is worth changing to; from the last slot to the first.
  void choose_slots(const Prices& prices) {
    const int none = model_.positions;
    std::vector<double> later(row());
    for (std::size_t g = slots_.size(); g-- > 0;) {
      const Slot& slot = slots_[g];
      double all = 0;
      for (int s = slot.first; s < slot.last; ++s) all += gain_[s];
      const bool anywhere = slot.position == Model::any_position;
      const double there = anywhere ? 0 : later[slot.position];
      for (int from = 0; from <= none; ++from) {
        const bool change = !anywhere && from != slot.position && from != none;
        const double entered = all - (change ? prices.second * model_.change : 0.0) +
                               (anywhere ? later[from] : there);
        enter_[g * row() + from] = entered > later[from];
        later[from] = std::max(later[from], entered);
      }
    }
    path_ = later[none];
  }

  /// Follows the choice; what it covers and does is added to `excess`, its seconds are returned.
  double follow(Prices& excess) {
    std::ranges::fill(excess.cover, 0.0);
    std::ranges::fill(excess.family, 0.0);
    excess.work = {};
    double seconds = 0;
    int position = model_.positions;
    for (std::size_t g = 0; g < slots_.size(); ++g) {
      const Slot& slot = slots_[g];
      const bool enter = enter_[g * row() + position];
      std::fill(entered_.begin() + slot.first, entered_.begin() + slot.last, enter);
      if (!enter) continue;
      if (slot.position != Model::any_position) {
        if (position != slot.position && position != model_.positions) seconds += model_.change;
        position = slot.position;
      }
      for (int s = slot.first; s < slot.last; ++s) {
        if (best_[s] != nullptr) seconds += use(problem_.stages[s], *best_[s], excess);
      }
    }
    return seconds;
  }

  static double use(const Stage& stage, const Move& move, Prices& excess) {
    excess.work[stage.phase] += move.work;
    excess.family[stage.family] += 1;
    each_bit(move.covers, [&](int kind) { excess.cover[kind] += 1; });
    return move.seconds;
  }

  /// A thing is fetched when those that pay for it pay enough.
  double sum_things(const Prices& prices, Prices& excess) const {
    std::array<double, Model::most_things> paid{};
    for (const Stage& stage : problem_.stages) {
      std::array<double, Model::most_things> most;
      std::uint64_t seen = 0;
      for (const Move& move : stage.moves) {
        each_bit(move.things, [&](int thing) {
          const double pays = prices.of(model_, move.pick.item, thing);
          most[thing] = (seen >> thing & 1) != 0 ? std::max(most[thing], pays) : pays;
          seen |= std::uint64_t{1} << thing;
        });
      }
      each_bit(seen, [&](int thing) { paid[thing] += most[thing]; });
    }
    double sum = 0;
    for (int thing = 0; thing < model_.things; ++thing) {
      const double left = paid[thing] - prices.second * model_.fetch;
      if (paid[thing] > 0 && left >= 0) excess.second += model_.fetch;
      sum += std::max(0.0, left);
    }
    return sum;
  }

  double sum_families(const Prices& prices, Prices& excess) const {
    double sum = 0;
    for (const double price : prices.family) sum += price;
    for (double& uses : excess.family) uses -= 1;
    return sum;
  }

  double sum_cover(const Prices& prices, Prices& excess) const {
    double sum = 0;
    for (std::size_t kind = 0; kind < model_.cover.size(); ++kind) {
      for (const Merit more : model_.cover[kind]) {
        const double gain = static_cast<double>(more) - prices.cover[kind];
        if (gain <= 0) break;
        sum += gain;
        excess.cover[kind] -= 1;
      }
    }
    return sum;
  }

  double sum_work(const Prices& prices, Prices& excess) const {
    double sum = 0;
    for (int phase = 0; phase < Model::phases; ++phase) {
      const Model::Share& share = model_.shares[phase];
      const bool wanted = static_cast<double>(share.per_second) > prices.work[phase];
      excess.work[phase] -= prices.work[phase] < 0 ? share.limit
                            : wanted               ? std::min(share.target, share.limit)
                                                   : 0;
      sum += more_work(model_, prices, phase, 0);
    }
    return sum;
  }

  const Problem& problem_;
  const Model& model_;
  std::vector<Slot> slots_;
  std::vector<const Move*> best_;  ///< of each stage; null for none
  std::vector<double> gain_;       ///< of it
  std::vector<char> entered_;      ///< whether the last choice was in the position of the stage
  std::vector<double> item_gain_;
  std::vector<std::vector<int>> users_;  ///< the items that pay for each thing
  std::vector<char> enter_;  ///< of each slot, from each position and from none
  double path_ = 0;
};

/// How far each price moves in one step, at most.
struct Scale {
  explicit Scale(const Problem& problem) : model(*problem.model), budget(problem.budget) {
    std::vector<double> densities;
    for (const Stage& stage : problem.stages) {
      for (const Move& move : stage.moves) {
        densities.push_back(static_cast<double>(move.value) / move.seconds);
      }
    }
    if (densities.empty()) return;
    // The median, as what was asked for by name is worth more than everything else.
    const auto middle = densities.begin() + static_cast<std::ptrdiff_t>(densities.size() / 2);
    std::ranges::nth_element(densities, middle);
    second = std::max(0.0, *middle);  // with ties, nothing may be a little less than nothing
  }

  double cover(std::size_t kind) const {
    return model.cover[kind].empty() ? 0 : static_cast<double>(model.cover[kind].front());
  }
  double work(int phase) const { return static_cast<double>(model.shares[phase].per_second); }

  const Model& model;
  int budget;
  double second = 0;
};

Prices start(const Problem& problem, const Scale& scale) {
  const Model& model = *problem.model;
  Prices prices;
  prices.second = scale.second;
  for (std::size_t kind = 0; kind < model.cover.size(); ++kind) {
    prices.cover.push_back(scale.cover(kind) / 4);
  }
  for (int phase = 0; phase < Model::phases; ++phase) prices.work[phase] = scale.work(phase) / 2;
  prices.family.resize(model.families);
  prices.things.resize(model.items.size() * model.things);
  return prices;
}

double unit(double x) { return std::clamp(x, -1.0, 1.0); }

/// Raises the price of what there is too much of, and lowers that of what there is too little of.
void adjust(Prices& prices, const Prices& excess, const Scale& scale, double step) {
  const auto raise = [&](double& price, double by) { price = std::max(0.0, price + step * by); };
  raise(prices.second, scale.second * unit(excess.second / (0.1 * scale.budget + 1)));
  for (std::size_t kind = 0; kind < prices.cover.size(); ++kind) {
    raise(prices.cover[kind], -0.5 * scale.cover(kind) * unit(excess.cover[kind]));
  }
  for (int phase = 0; phase < Model::phases; ++phase) {
    const double much = excess.work[phase] / (0.2 * scale.model.shares[phase].target + 1);
    prices.work[phase] =
        std::min(scale.work(phase), prices.work[phase] - step * scale.work(phase) * unit(much));
  }
}

void adjust_families(Prices& prices, const Prices& excess, const std::vector<int>& shared,
                     double step) {
  for (const int family : shared) {
    double& price = prices.family[family];
    price = std::max(0.0, price + step * unit(excess.family[family]));
  }
}

std::vector<int> shared_families(const Problem& problem) {
  std::vector<int> families;
  for (const Stage& stage : problem.stages) {
    if (stage.shared) families.push_back(stage.family);
  }
  std::ranges::sort(families);
  families.erase(std::unique(families.begin(), families.end()), families.end());
  return families;
}

void round_all(Prices& prices) {
  prices.second = std::round(prices.second);
  for (double& price : prices.cover) price = std::round(price);
  for (double& price : prices.work) price = std::round(price);
  for (double& price : prices.family) price = std::round(price);
  for (double& price : prices.things) price = std::round(price);
}

}  // namespace

double more_work(const Model& model, const Prices& prices, int phase, int work) {
  const Model::Share& share = model.shares[phase];
  const double price = prices.work[phase];
  const double each = static_cast<double>(share.per_second);
  const int wanted = std::max(0, std::min(share.target, share.limit) - work);
  if (price < 0) return each * wanted - price * (share.limit - work);
  return std::max(0.0, each - price) * wanted;
}

Prices price(const Problem& problem) {
  // Found by trying: more steps hardly lower the bound.
  constexpr int steps = 100;
  constexpr double first = 0.5;
  constexpr double ratio = 0.95;
  const Scale scale(problem);
  const std::vector<int> shared = shared_families(problem);
  Relaxation relaxation(problem);
  Prices now = start(problem, scale);
  Prices excess = now;
  Prices best = now;
  best.bound = std::numeric_limits<double>::infinity();
  double step = first;
  for (int i = 0; i < steps; ++i, step *= ratio) {
    relaxation.price_things(now);
    relaxation.evaluate(now, excess);
    if (now.bound < best.bound) best = now;
    adjust(now, excess, scale, step);
    adjust_families(now, excess, shared, step * scale.second * 20);
  }
  round_all(best);
  relaxation.evaluate(best, excess);
  return best;
}

}  // namespace backplan
