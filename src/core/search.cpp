#include "core/search.hpp"

#include <algorithm>
#include <tuple>

namespace backplan {

Search::Search(const Problem& problem, const Prices& prices)
    : problem_(problem), model_(*problem.model), outlook_(problem, prices) {}

Merit Search::run(std::size_t width, Incumbent& best) {
  looks_ = 0;
  nodes_.clear();
  found_ = best.value;
  found_node_ = -1;
  dropped_ = 0;
  Label start;
  start.position = model_.positions;
  labels_.assign(1, start);
  for (int s = 0; s < static_cast<int>(problem_.stages.size()); ++s) {
    step(s);
    drop_outdone();
    drop_beyond(width);
  }
  if (found_node_ >= 0) best = {picks_of(found_node_), found_};
  return dropped_;
}

/// Each label goes on without the stage, and with each of its moves.
void Search::step(int s) {
  const Stage& stage = problem_.stages[s];
  next_.clear();
  for (const Label& label : labels_) {
    keep(label, s + 1);
    for (const Move& move : stage.moves) {
      if (possible(label, stage, move)) make(label, s, move);
    }
  }
  labels_.swap(next_);
}

void Search::keep(Label label, int next) {
  ++looks_;
  outlook_.forget(label, next);
  label.most = outlook_.most(label, next);
  if (label.most > found_) next_.push_back(label);
}

bool Search::possible(const Label& label, const Stage& stage, const Move& move) {
  if (stage.phase == Model::release && !label.warm) return false;
  if (label.work + move.work > model_.shares[stage.phase].limit) return false;
  const int bit = outlook_.bit(stage.family);
  if (bit == Outlook::no_bit) {
    // Too many families to tell them apart: what is lost by it cannot be more than this.
    dropped_ = std::max(dropped_, label.most);
    return false;
  }
  return bit < 0 || !label.families.test(bit);
}

void Search::make(const Label& before, int s, const Move& move) {
  const Stage& stage = problem_.stages[s];
  const Model::Share& share = model_.shares[stage.phase];
  Label label = before;
  label.seconds += move.seconds + model_.fetch * std::popcount(move.things & ~label.things);
  if (stage.position != Model::any_position) {
    const bool change = label.position != stage.position && label.position != model_.positions;
    if (change) label.seconds += model_.change;
    label.position = stage.position;
  }
  if (label.seconds > problem_.budget) return;
  label.things |= move.things;
  label.work += move.work;
  label.value += move.value + share.per_second *
                                  (std::min(label.work, share.target) - std::min(before.work, share.target));
  each_bit(move.covers, [&](int kind) {
    const unsigned times = label.covered.of(kind);
    if (times >= model_.cover[kind].size()) return;
    label.value += model_.cover[kind][times];
    label.covered.more(kind);
  });
  if (const int bit = outlook_.bit(stage.family); bit >= 0) {
    label.families.set(bit);
    label.families_paid += outlook_.family_price(stage.family);
  }
  if (stage.phase == Model::warm_up) label.warm = true;
  ++looks_;
  outlook_.forget(label, s + 1);
  label.most = outlook_.most(label, s + 1);
  if (label.most <= found_) return;
  nodes_.push_back({before.node, move.pick});
  label.node = static_cast<int>(nodes_.size()) - 1;
  if (label.value > found_) {
    found_ = label.value;
    found_node_ = label.node;
  }
  next_.push_back(label);
}

namespace {

/// Values and the work for them, without those that have both no more value and no less work than another.
class Front {
 public:
  void clear() { steps_.clear(); }

  /// Whether it is new to the front.
  bool add(int work, Merit value) {
    const auto after = std::ranges::upper_bound(steps_, work, {}, &Step::work);
    if (after != steps_.begin() && std::prev(after)->value >= value) return false;
    const auto from = std::ranges::lower_bound(steps_, work, {}, &Step::work);
    const auto to = std::find_if(from, steps_.end(), [&](const Step& step) { return step.value > value; });
    steps_.insert(steps_.erase(from, to), {work, value});
    return true;
  }

 private:
  struct Step {
    int work;
    Merit value;
  };
  std::vector<Step> steps_;  ///< by work, and so by value
};

}  // namespace

/// Of labels that go on alike, one with as much value in no more seconds and no more work in the phase
/// outdoes another: what the other can still gain, it can, too.
void Search::drop_outdone() {
  struct Key {
    std::uint64_t hash;
    int seconds;
    Merit value;
    int index;
  };
  std::vector<Key> keys;
  keys.reserve(labels_.size());
  for (const Label& label : labels_) {
    keys.push_back({label.hash(), label.seconds, label.value, static_cast<int>(keys.size())});
  }
  std::ranges::sort(keys, {},
                    [](const Key& key) { return std::tuple(key.hash, key.seconds, -key.value, key.index); });
  next_.clear();
  Front front;
  const Label* first = nullptr;  // of those that go on alike
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const Label& label = labels_[keys[i].index];
    if (i == 0 || keys[i].hash != keys[i - 1].hash) {
      first = &label;
      front.clear();
    }
    const bool alike = label.goes_on_like(*first);  // and not only of the same hash
    if (!alike || front.add(label.work, label.value)) next_.push_back(label);
  }
  labels_.swap(next_);
}

/// The rest keeps its order, which would else depend on the library.
void Search::drop_beyond(std::size_t width) {
  if (labels_.size() <= width) return;
  const auto rank = [](const Label& label) { return std::tuple(-label.most, label.seconds, label.node); };
  std::vector<std::tuple<Merit, int, int>> ranks;
  ranks.reserve(labels_.size());
  for (const Label& label : labels_) ranks.push_back(rank(label));
  const auto end = ranks.begin() + static_cast<std::ptrdiff_t>(width);
  std::ranges::nth_element(ranks, end);
  std::erase_if(labels_, [&](const Label& label) {
    const bool out = rank(label) >= *end;
    if (out) dropped_ = std::max(dropped_, label.most);
    return out;
  });
}

std::vector<Pick> Search::picks_of(int node) const {
  std::vector<Pick> picks;
  for (; node >= 0; node = nodes_[node].before) picks.push_back(nodes_[node].pick);
  std::ranges::reverse(picks);
  return picks;
}

}  // namespace backplan
