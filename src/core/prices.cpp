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

  /// What each item that needs things would gain if it paid for none; nothing where its position is not
  /// worth it.
  void find_gains(Prices& prices) {
    std::ranges::fill(prices.things, 0.0);
    std::ranges::fill(item_gain_, 0.0);
    for (std::size_t s = 0; s < problem_.stages.size(); ++s) {
      if (!entered_[s]) continue;
      for (const Move& move : problem_.stages[s].moves) {
        if (move.things == 0) continue;
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

/// How far prices move for what there is too much of, each in proportion to what is usual for it.
struct Scale {
  explicit Scale(const Problem& problem) : model(*problem.model), budget(problem.budget) {
    std::vector<double> densities;
    for (const Stage& stage : problem.stages) {
      for (const Move& move : stage.moves) {
        densities.push_back(static_cast<double>(move.value) / move.seconds);
      }
      if (stage.shared) shared.push_back(stage.family);
    }
    std::ranges::sort(shared);
    shared.erase(std::unique(shared.begin(), shared.end()), shared.end());
    if (densities.empty()) return;
    // The median, as what was asked for by name is worth more than everything else.
    const auto middle = densities.begin() + static_cast<std::ptrdiff_t>(densities.size() / 2);
    std::ranges::nth_element(densities, middle);
    second = std::max(0.0, *middle);  // with ties, nothing may be a little less than nothing
  }

  double first_cover(std::size_t kind) const {
    return model.cover[kind].empty() ? 0 : static_cast<double>(model.cover[kind].front());
  }
  double of_second() const { return second / (0.1 * budget + 1); }
  /// In a longer session each kind is covered more often.
  double of_cover(std::size_t kind) const { return first_cover(kind) / (2 + budget / 150.0); }
  double of_work(int phase) const {
    const Model::Share& share = model.shares[phase];
    return static_cast<double>(share.per_second) / (0.2 * share.target + 1);
  }
  double of_family() const { return 20 * second; }

  const Model& model;
  int budget;
  double second = 0;        ///< what one is usually worth
  std::vector<int> shared;  ///< the families of several stages
};

Prices start(const Problem& problem, const Scale& scale) {
  const Model& model = *problem.model;
  Prices prices;
  prices.second = scale.second;
  for (std::size_t kind = 0; kind < model.cover.size(); ++kind) {
    prices.cover.push_back(scale.first_cover(kind) / 4);
  }
  for (int phase = 0; phase < Model::phases; ++phase) {
    prices.work[phase] = static_cast<double>(model.shares[phase].per_second) / 2;
  }
  prices.family.resize(model.families);
  prices.things.resize(model.items.size() * model.things);
  return prices;
}

/// Calls `visit` with each price that steps move, its excess, its scale and its limits.
template <class Visit>
void each_price(Prices& prices, Prices& excess, const Scale& scale, Visit visit) {
  constexpr double none = std::numeric_limits<double>::infinity();
  visit(prices.second, excess.second, scale.of_second(), 0.0, none);
  for (std::size_t kind = 0; kind < prices.cover.size(); ++kind) {
    // More than covering it once is worth would only raise the bound.
    visit(prices.cover[kind], excess.cover[kind], -scale.of_cover(kind), 0.0, scale.first_cover(kind));
  }
  for (int phase = 0; phase < Model::phases; ++phase) {
    const auto most = static_cast<double>(scale.model.shares[phase].per_second);
    visit(prices.work[phase], excess.work[phase], -scale.of_work(phase), -none, most);
  }
  for (const int family : scale.shared) {
    visit(prices.family[family], excess.family[family], scale.of_family(), 0.0, none);
  }
}

/// Raises the price of what there is too much of, and lowers that of what there is too little of, so far
/// that the bound would fall by `fall` if it went on as it begins (Polyak's step).
void adjust(Prices& prices, Prices& excess, const Scale& scale, double fall) {
  double slope = 0;
  each_price(prices, excess, scale, [&](double, double much, double by, double, double) {
    slope += std::abs(by) * much * much;
  });
  if (slope < 1) return;  // of millions: nothing strays, and the step would have no end
  each_price(prices, excess, scale, [&](double& price, double much, double by, double least, double most) {
    price = std::clamp(price + fall / slope * by * much, least, most);
  });
}

/// Moves `mean` half way to `excess`: steps along it turn less from side to side.
void smooth(Prices& mean, Prices& excess, const Scale& scale) {
  each_price(mean, excess, scale, [](double& so_far, double now, double, double, double) {
    so_far = (so_far + now) / 2;
  });
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
  constexpr int steps = 150;
  constexpr int patience = 8;
  const Scale scale(problem);
  Relaxation relaxation(problem);
  Prices now = start(problem, scale);
  Prices excess = now;
  Prices mean;
  Prices best;
  best.bound = std::numeric_limits<double>::infinity();
  double hope = 0.05;  // the part of the bound by which it may still fall
  int idle = 0;        // steps without much of a fall
  for (int i = 0; i < steps; ++i) {
    relaxation.price_things(now);
    relaxation.evaluate(now, excess);
    idle = now.bound > best.bound * (1 - hope / 10) ? idle + 1 : 0;
    if (now.bound < best.bound) best = now;
    if (idle == patience) {
      idle = 0;
      hope /= 2;
    }
    if (i == 0) mean = excess;
    smooth(mean, excess, scale);
    adjust(now, mean, scale, now.bound - best.bound * (1 - hope));
  }
  round_all(best);
  relaxation.evaluate(best, excess);
  return best;
}

}  // namespace backplan
