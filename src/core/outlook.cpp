#include "core/outlook.hpp"

#include <algorithm>
#include <array>

#include "core/relaxation.hpp"

namespace backplan {

Outlook::Outlook(const Problem& problem, const Prices& prices)
    : problem_(problem),
      model_(*problem.model),
      prices_(prices),
      completion_(problem, prices),
      stages_(static_cast<int>(problem.stages.size())) {
  find_last();
  give_bits();
  sum_things();
  sum_families();
  sum_cover();
  sum_work();
}

void Outlook::find_last() {
  last_of_family_.resize(model_.families);
  for (int s = 0; s < stages_; ++s) {
    last_of_family_[problem_.stages[s].family] = s;
    if (problem_.stages[s].phase == Model::release) last_release_ = s;
  }
  std::uint32_t covered = 0;
  not_covered_.resize(stages_ + 1);
  fetched_.resize(stages_ + 1);
  for (int s = stages_; s > 0; --s) {  // nothing is forgotten before the first
    if (s < stages_) {
      fetched_[s] = fetched_[s + 1];
      for (const Move& move : problem_.stages[s].moves) {
        covered |= move.covers;
        fetched_[s] |= move.things;
      }
    }
    for (int kind = 0; kind < static_cast<int>(model_.cover.size()); ++kind) {
      if ((covered >> kind & 1) == 0) not_covered_[s].forget(kind);
    }
  }
}

/// A bit is free again after the last stage of its family.
void Outlook::give_bits() {
  bit_.assign(model_.families, -1);
  std::array<int, Families::most> taken_until{};
  for (int s = 0; s < stages_; ++s) {
    const int family = problem_.stages[s].family;
    if (bit_[family] != -1 || last_of_family_[family] == s) continue;
    const auto free = std::ranges::find_if(taken_until, [&](int until) { return until <= s; });
    bit_[family] = free == taken_until.end() ? no_bit : static_cast<int>(free - taken_until.begin());
    if (free != taken_until.end()) *free = last_of_family_[family];
  }
}

void Outlook::sum_things() {
  credit_.resize(static_cast<std::size_t>(stages_ + 1) * model_.things);
  things_.resize(stages_);
  for (int s = stages_ - 1; s >= 0; --s) {
    std::array<Merit, Model::most_things> most{};
    for (const Move& move : problem_.stages[s].moves) {
      each_bit(move.things, [&](int thing) {
        most[thing] = std::max(most[thing], static_cast<Merit>(prices_.of(model_, move.pick.item, thing)));
      });
    }
    for (int thing = 0; thing < model_.things; ++thing) {
      credit(s)[thing] = credit(s + 1)[thing] + most[thing];
      if (credit(s)[thing] > 0) things_[s].push_back(thing);
    }
    std::ranges::stable_sort(things_[s], std::ranges::greater{}, [&](int thing) { return credit(s)[thing]; });
  }
}

void Outlook::sum_families() {
  families_.resize(stages_ + 1);
  std::vector<bool> seen(model_.families);
  for (int s = stages_ - 1; s >= 0; --s) {
    const int family = problem_.stages[s].family;
    families_[s] = families_[s + 1];
    if (!seen[family]) families_[s] += static_cast<Merit>(prices_.family[family]);
    seen[family] = true;
  }
}

void Outlook::sum_cover() {
  for (std::size_t kind = 0; kind < model_.cover.size(); ++kind) {
    const std::vector<Merit>& gains = model_.cover[kind];
    for (std::size_t n = gains.size(); n-- > 0;) {
      // As they do not rise, all that are above the price come first.
      const Merit gain = gains[n] - static_cast<Merit>(prices_.cover[kind]);
      cover_[kind][n] = std::max<Merit>(0, gain + cover_[kind][n + 1]);
    }
  }
}

void Outlook::sum_work() {
  later_work_.resize(stages_);
  for (int s = stages_ - 1; s > 0; --s) {
    const int phase = problem_.stages[s].phase;
    later_work_[s - 1] = later_work_[s];
    if (phase != problem_.stages[s - 1].phase) {
      later_work_[s - 1] += static_cast<Merit>(backplan::more_work(model_, prices_, phase, 0));
    }
  }
}

/// In the phase of stage `next`, after `work` seconds in it.
Merit Outlook::more_work(int next, int work) const {
  const int phase = problem_.stages[next].phase;
  return static_cast<Merit>(backplan::more_work(model_, prices_, phase, work));
}

void Outlook::forget(Label& label, int next) const {
  if (next == stages_ || problem_.stages[next].phase != problem_.stages[next - 1].phase) label.work = 0;
  label.covered.forget(not_covered_[next]);
  label.things &= fetched_[next];
  const int family = problem_.stages[next - 1].family;
  const bool marked = bit_[family] >= 0 && bit_[family] != no_bit;
  if (marked && last_of_family_[family] < next && label.families.test(bit_[family])) {
    label.families.reset(bit_[family]);
    label.families_paid -= static_cast<Merit>(prices_.family[family]);
  }
  if (last_release_ < next) label.warm = true;
}

/// The rest in the seconds that are left, with what is paid for things: for those that are there, and
/// for the best number of those that would have to be fetched.
Merit Outlook::with_things(const Label& label, int next) const {
  const int left = problem_.budget - label.seconds;
  const Merit* paid = credit(next);
  Merit most = completion_(next, label.position, left);
  Merit there = 0;
  Merit fetched = 0;
  int seconds = 0;
  for (const int thing : things_[next]) {
    if ((label.things >> thing & 1) != 0) {
      there += paid[thing];
      continue;
    }
    fetched += paid[thing];
    seconds += model_.fetch;
    if (seconds > left) continue;
    most = std::max(most, fetched + completion_(next, label.position, left - seconds));
  }
  return there + most;
}

Merit Outlook::most(const Label& label, int next) const {
  if (next == stages_) return label.value;
  Merit sum =
      label.value + later_work_[next] + more_work(next, label.work) + families_[next] - label.families_paid;
  for (int kind = 0; kind < static_cast<int>(model_.cover.size()); ++kind) {
    sum += cover_[kind][label.covered.of(kind)];
  }
  return sum + with_things(label, next);
}

}  // namespace backplan
