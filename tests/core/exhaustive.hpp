#pragma once

#include <limits>
#include <numeric>
#include <tuple>
#include <vector>

#include "core/model.hpp"

namespace backplan {

inline int ties_of(const Model& model, const std::vector<Pick>& picks) {
  const auto add = [&](int sum, const Pick& pick) {
    return sum + static_cast<int>(model.items[pick.item].options[pick.option].tie);
  };
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

}  // namespace backplan
