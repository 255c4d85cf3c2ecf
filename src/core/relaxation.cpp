#include "core/relaxation.hpp"

#include <algorithm>

namespace backplan {

Relaxation::Relaxation(const Problem& problem)
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

void Relaxation::evaluate(Prices& prices, Prices& excess) {
  choose_moves(prices);
  choose_slots(prices);
  excess.second = follow(excess) - problem_.budget;
  prices.bound = path_ + prices.second * problem_.budget + sum_things(prices, excess) +
                 sum_families(prices, excess) + sum_cover(prices, excess) + sum_work(prices, excess);
}

void Relaxation::price_things(Prices& prices) {
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

double Relaxation::gain(const Prices& prices, const Stage& stage, const Move& move) const {
  return worth(model_, prices, stage, move) - prices.second * move.seconds;
}

/// What each item that needs things would gain if it paid for none; nothing where its position is not
/// worth it.
void Relaxation::find_gains(Prices& prices) {
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

void Relaxation::choose_moves(const Prices& prices) {
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
void Relaxation::choose_slots(const Prices& prices) {
  const int none = model_.positions;
  std::vector<double> later(row());
  for (std::size_t g = slots_.size(); g-- > 0;) {
    const Slot& slot = slots_[g];
    double all = 0;
    for (int s = slot.first; s < slot.last; ++s) all += gain_[s];
    const bool anywhere = slot.position == Model::any_position;
    const double there = later[anywhere ? none : slot.position];  // before it changes below
    for (int from = 0; from <= none; ++from) {
      const bool change = !anywhere && from != slot.position && from != none;
      const double entered =
          all - (change ? prices.second * model_.change : 0.0) + (anywhere ? later[from] : there);
      enter_[g * row() + from] = static_cast<char>(entered > later[from]);
      later[from] = std::max(later[from], entered);
    }
  }
  path_ = later[none];
}

namespace {

double use(const Stage& stage, const Move& move, Prices& excess) {
  excess.work[stage.phase] += move.work;
  excess.family[stage.family] += 1;
  each_bit(move.covers, [&](int kind) { excess.cover[kind] += 1; });
  return move.seconds;
}

}  // namespace

/// Follows the choice; what it covers and does is added to `excess`, its seconds are returned.
double Relaxation::follow(Prices& excess) {
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

/// A thing is fetched when those that pay for it pay enough.
double Relaxation::sum_things(const Prices& prices, Prices& excess) const {
  std::array<double, Model::most_things> paid{};
  for (const Stage& stage : problem_.stages) {
    std::uint64_t things = 0;
    for (const Move& move : stage.moves) things |= move.things;
    each_bit(things, [&](int thing) {
      double most = 0;
      for (const Move& move : stage.moves) most = std::max(most, prices.of(model_, move.pick.item, thing));
      paid[thing] += most;
    });
  }
  double sum = 0;
  for (int thing = 0; thing < model_.things; ++thing) {
    const double left = paid[thing] - prices.second * model_.fetch;
    if (paid[thing] > 0 && left >= 0) excess.second += model_.fetch;
    sum += std::max(0.0, left);
  }
  return sum;
}

double Relaxation::sum_families(const Prices& prices, Prices& excess) const {
  double sum = 0;
  for (const double price : prices.family) sum += price;
  for (double& uses : excess.family) uses -= 1;
  return sum;
}

double Relaxation::sum_cover(const Prices& prices, Prices& excess) const {
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

double Relaxation::sum_work(const Prices& prices, Prices& excess) const {
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

double more_work(const Model& model, const Prices& prices, int phase, int work) {
  const Model::Share& share = model.shares[phase];
  const double price = prices.work[phase];
  const double each = static_cast<double>(share.per_second);
  const int wanted = std::max(0, std::min(share.target, share.limit) - work);
  if (price < 0) return each * wanted - price * (share.limit - work);
  return std::max(0.0, each - price) * wanted;
}

}  // namespace backplan
