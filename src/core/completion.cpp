#include "core/completion.hpp"

#include <algorithm>

namespace backplan {

Completion::Completion(const Problem& problem, const Prices& prices)
    : problem_(problem),
      prices_(prices),
      none_(problem.model->positions),
      width_(problem.budget + 1),
      slots_(slots_of(problem.stages)) {
  int rows = 0;
  std::vector<int> from{none_};
  for (int g = 0; g < static_cast<int>(slots_.size()); ++g) {
    from_.push_back(from);
    const int position = slots_[g].position;
    const bool known = std::ranges::find(from, position) != from.end();
    if (position != Model::any_position && !known) from.push_back(position);
    for (int s = slots_[g].first; s < slots_[g].last; ++s) {
      slot_.push_back(g);
      row_.push_back(rows);
      rows += slots_[g].position == Model::any_position ? none_ + 1 : 1;
    }
  }
  outside_ = std::make_unique_for_overwrite<Merit[]>((slots_.size() + 1) * (none_ + 1) * width_);
  inside_ = std::make_unique_for_overwrite<Merit[]>(static_cast<std::size_t>(rows) * width_);
  const int past = static_cast<int>(slots_.size());
  std::fill(outside(past, 0), outside(past, none_) + width_, Merit{0});
  for (int g = static_cast<int>(slots_.size()) - 1; g >= 0; --g) {
    if (slots_[g].position == Model::any_position) {
      for (const int position : from_[g]) fill(g, position);
    } else {
      fill(g, slots_[g].position);
      enter(g);
    }
  }
}

/// The tables of the stages of slot `g`, done in position `from`.
void Completion::fill(int g, int from) {
  const Slot& slot = slots_[g];
  const bool anywhere = slot.position == Model::any_position;
  const Merit* next = outside(g + 1, from);
  for (int s = slot.last - 1; s >= slot.first; --s) {
    Merit* here = inside(row_[s] + (anywhere ? from : 0));
    fill_stage(problem_.stages[s], next, here);
    next = here;
  }
  if (anywhere) std::copy(next, next + width_, outside(g, from));
}

void Completion::fill_stage(const Stage& stage, const Merit* next, Merit* here) const {
  std::copy(next, next + width_, here);
  for (const Move& move : stage.moves) {
    const auto value = static_cast<Merit>(worth(*problem_.model, prices_, stage, move));
    if (value <= 0) continue;
    for (int left = move.seconds; left < width_; ++left) {
      here[left] = std::max(here[left], next[left - move.seconds] + value);
    }
  }
}

/// From each position: to stay there past slot `g`, or to change to its position.
void Completion::enter(int g) {
  const Slot& slot = slots_[g];
  const Merit* in = inside(row_[slot.first]);
  for (const int from : from_[g]) {
    const int change = from == slot.position || from == none_ ? 0 : problem_.model->change;
    const Merit* past = outside(g + 1, from);
    Merit* here = outside(g, from);
    for (int left = 0; left < width_; ++left) {
      here[left] = left < change ? past[left] : std::max(past[left], in[left - change]);
    }
  }
}

Merit Completion::operator()(int stage, int position, int left) const {
  const int g = slot_[stage];
  const Merit* in = inside(row_[stage]);
  if (slots_[g].position == Model::any_position) return in[position * width_ + left];
  if (slots_[g].position == position) return in[left];
  const int change = position == none_ ? 0 : problem_.model->change;
  const Merit past = outside(g + 1, position)[left];
  return left < change ? past : std::max(past, in[left - change]);
}

}  // namespace backplan
