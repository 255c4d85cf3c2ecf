#pragma once

#include <array>
#include <limits>
#include <vector>

#include "core/completion.hpp"
#include "core/label.hpp"
#include "core/prices.hpp"
#include "core/problem.hpp"

namespace backplan {

/// What the beginnings of plans can become.
class Outlook {
 public:
  Outlook(const Problem& problem, const Prices& prices);

  /// The most that a plan beginning with `label` can be worth, if the stages from `next` on are open.
  Merit most(const Label& label, int next) const;

  /// Forgets what makes no difference from stage `next` on, so that more labels go on alike.
  void forget(Label& label, int next) const;

  /// The bit of a family in Label::families: -1 when it needs none, and `no_bit` when there are too
  /// many families at once; then it is left out.
  int bit(int family) const { return bit_[family]; }
  static constexpr int no_bit = std::numeric_limits<int>::max();

  Merit family_price(int family) const { return static_cast<Merit>(prices_.family[family]); }

 private:
  void find_last();
  void give_bits();
  void sum_things();
  void sum_families();
  void sum_cover();
  void sum_work();
  Merit more_work(int next, int work) const;
  Merit with_things(const Label& label, int next) const;
  Merit* credit(int stage) { return credit_.data() + static_cast<std::size_t>(stage) * model_.things; }
  const Merit* credit(int stage) const { return const_cast<Outlook*>(this)->credit(stage); }

  const Problem& problem_;
  const Model& model_;
  const Prices& prices_;
  Completion completion_;
  int stages_;
  std::vector<int> last_of_family_;  ///< its last stage
  int last_release_ = -1;
  // Of each stage: what neither it nor those after it have to do with, and what they do.
  std::vector<Covered> not_covered_;
  std::vector<std::uint64_t> fetched_;
  std::vector<int> bit_;
  // Of each stage, the sum of what it and those after it bring at these prices.
  std::vector<Merit> credit_;             ///< paid for each thing
  std::vector<std::vector<int>> things_;  ///< for which something is paid, the most first
  std::vector<Merit> families_;           ///< paid for families
  std::vector<Merit> later_work_;         ///< by the phases after its own
  /// Of each kind that is covered so often already; nothing at 15.
  std::array<std::array<Merit, 16>, Model::most_kinds> cover_{};
};

}  // namespace backplan
