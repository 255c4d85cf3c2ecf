#pragma once

#include <cstddef>
#include <vector>

#include "core/prices.hpp"
#include "core/problem.hpp"

namespace backplan {

/// The choice that prices alone would make, and how far it strays from the limits.
class Relaxation {
 public:
  /// `problem` must outlive it.
  explicit Relaxation(const Problem& problem);

  /// Sets the bound of `prices`. `excess` is what the choice has too much of, in their order.
  void evaluate(Prices& prices, Prices& excess);

  /// Divides what fetching a thing costs among the items for which it would be fetched, in proportion
  /// to what they would gain, and no more than that.
  void price_things(Prices& prices);

 private:
  std::size_t row() const { return static_cast<std::size_t>(model_.positions) + 1; }
  double gain(const Prices& prices, const Stage& stage, const Move& move) const;
  void find_gains(Prices& prices);
  void choose_moves(const Prices& prices);
  void choose_slots(const Prices& prices);
  double follow(Prices& excess);
  double sum_things(const Prices& prices, Prices& excess) const;
  double sum_families(const Prices& prices, Prices& excess) const;
  double sum_cover(const Prices& prices, Prices& excess) const;
  double sum_work(const Prices& prices, Prices& excess) const;

  const Problem& problem_;
  const Model& model_;
  std::vector<Slot> slots_;
  std::vector<const Move*> best_;  ///< of each stage; null for none
  std::vector<double> gain_;       ///< of it
  std::vector<char> entered_;      ///< whether the last choice was in the position of the stage
  std::vector<double> item_gain_;
  std::vector<std::vector<int>> users_;  ///< the items that pay for each thing
  std::vector<char> enter_;              ///< of each slot, from each position and from none
  double path_ = 0;
};

/// What can be gained in `phase` after `work` seconds in it, beside the price of each second.
double more_work(const Model& model, const Prices& prices, int phase, int work);

}  // namespace backplan
