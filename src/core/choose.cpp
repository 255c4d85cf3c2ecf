// Gives what fits, then lengthens: first one technique of each phase in turn, at its least dose,
// then longer doses, then whatever else still fits. Simple, and not the best there is.

#include "core/choose.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <numeric>

namespace backplan {
namespace {

using std::chrono::seconds;

/// FNV-1a of an id, so that a seed gives the same order on every machine.
std::uint64_t mixed(const std::string& id, unsigned seed) {
  std::uint64_t hash = 14695981039346656037ULL ^ (seed * 0x9E3779B97F4A7C15ULL);
  for (const char c : id) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return hash ^ (hash >> 29);
}

/// Chooses for one request.
class Chooser {
 public:
  Chooser(std::span<const Candidate> candidates, seconds budget, const Timing& timing,
          unsigned seed)
      : candidates_(candidates), budget_(budget), timing_(timing), ranked_(candidates.size()) {
    std::iota(ranked_.begin(), ranked_.end(), std::size_t{0});
    if (seed != 0) {
      std::ranges::sort(ranked_, {}, [&](std::size_t i) {
        return mixed(candidates[i].technique->id.text, seed);
      });
    }
    std::ranges::stable_sort(ranked_, {}, [&](std::size_t i) { return candidates[i].recent; });
  }

  std::vector<Choice> choose() {
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      if (candidates_[i].pinned) add(i);
    }
    while (choices_.size() < enough() && add_round()) {
    }
    raise_doses();
    while (add_round()) {
    }
    raise_doses();
    return in_order(choices_, candidates_);
  }

 private:
  /// As many techniques as minutes: below that, more of them do more good than longer ones.
  std::size_t enough() const {
    return std::max<std::size_t>(3, static_cast<std::size_t>(budget_.count() / 60));
  }

  bool fits(const std::vector<Choice>& choices) const {
    return length(in_order(choices, candidates_), candidates_, timing_) <= budget_;
  }

  bool chosen(Phase phase) const {
    return std::ranges::any_of(choices_, [&](const Choice& choice) {
      return candidates_[choice.candidate].technique->phase == phase;
    });
  }

  bool allowed(const Technique& technique) const {
    if (technique.phase == Phase::release && !chosen(Phase::warm_up)) return false;
    return std::ranges::none_of(choices_, [&](const Choice& choice) {
      return candidates_[choice.candidate].technique->family == technique.family;
    });
  }

  bool add(std::size_t candidate) {
    if (!allowed(*candidates_[candidate].technique)) return false;
    std::vector<Choice> more = choices_;
    more.push_back({candidate, 0});
    if (!fits(more)) return false;
    choices_ = std::move(more);
    return true;
  }

  bool add_one(Phase phase) {
    return std::ranges::any_of(ranked_, [&](std::size_t i) {
      return candidates_[i].technique->phase == phase && add(i);
    });
  }

  /// One more of each phase, where there is one; mobility twice, as it is what one came for.
  bool add_round() {
    static constexpr std::array order{Phase::warm_up, Phase::mobilise,   Phase::cool_down,
                                      Phase::release, Phase::strengthen, Phase::mobilise,
                                      Phase::prepare};
    bool added = false;
    for (const Phase phase : order) added = add_one(phase) || added;
    return added;
  }

  bool raise(std::size_t i) {
    if (choices_[i].dose + 1 >= candidates_[choices_[i].candidate].doses) return false;
    std::vector<Choice> longer = choices_;
    ++longer[i].dose;
    if (!fits(longer)) return false;
    choices_ = std::move(longer);
    return true;
  }

  void raise_doses() {
    for (bool raised = true; raised;) {
      raised = false;
      for (std::size_t i = 0; i < choices_.size(); ++i) raised = raise(i) || raised;
    }
  }

  std::span<const Candidate> candidates_;
  seconds budget_;
  const Timing& timing_;
  std::vector<std::size_t> ranked_;
  std::vector<Choice> choices_;
};

}  // namespace

std::vector<Choice> choose(std::span<const Candidate> candidates, seconds budget,
                           const Timing& timing, unsigned seed) {
  return Chooser(candidates, budget, timing, seed).choose();
}

}  // namespace backplan
