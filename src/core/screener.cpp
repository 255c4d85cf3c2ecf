#include <algorithm>
#include <bit>

#include "core/compiled.hpp"

namespace backplan {
namespace {

constexpr std::size_t word_bits = 64;

bool has(const Bits& bits, std::size_t i) { return (bits[i / word_bits] >> (i % word_bits)) & 1; }

/// Calls `visit` with each number of a word.
template <class Visit>
void each_bit(std::uint64_t word, std::size_t base, Visit visit) {
  for (; word != 0; word &= word - 1) visit(base + static_cast<std::size_t>(std::countr_zero(word)));
}

template <class Visit>
void each_bit(const Bits& bits, Visit visit) {
  for (std::size_t w = 0; w < bits.size(); ++w) each_bit(bits[w], w * word_bits, visit);
}

/// `to` |= `from`; both have `count` words.
void join_words(std::uint64_t* to, const std::uint64_t* from, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) to[i] |= from[i];
}

Tri bounded(bool at_least_unsure, bool yes) {
  return yes ? Tri::yes : at_least_unsure ? Tri::unsure : Tri::no;
}

}  // namespace

Screener::Screener(const Compiled& compiled) : compiled_(compiled) {
  for (Bits& held : held_) held.resize(compiled.words_);
  demands_.resize((2 * compiled.demands_.size() + word_bits - 1) / word_bits);
  missing_.resize((compiled.questions_.size() + word_bits - 1) / word_bits);
  outcome_.rules.reserve(compiled.rules_.size());
  outcome_.missing.reserve(compiled.questions_.size());
  open_.reserve(compiled.rules_.size());
}

Truth Screener::truth_of_gate(std::size_t gate) const {
  const auto has = [&](Bound bound) {
    return ((held(bound, gate / word_bits) >> (gate % word_bits)) & 1) != 0;
  };
  if (!has(most_unsure)) return settled(Tri::no);  // like most
  return {bounded(has(least_unsure), has(least_yes)), bounded(has(most_unsure), has(most_yes))};
}

Truth Screener::Halves::reach(int points) const {
  return {least >= 2 * points ? Tri::yes : Tri::no, most >= 2 * points ? Tri::yes : Tri::no};
}

Screener::Halves Screener::count_up(const Compiled::Sum& sum) const {
  const auto points = [&](Bound bound) {
    int all = 0;
    for (std::size_t w = 0; w < compiled_.words_; ++w) {
      each_bit(held(bound, w) & sum.gates.data()[w], w * word_bits,
               [&](std::size_t gate) { all += sum.worth.data()[gate]; });
    }
    return all;
  };
  if (!unsure_) return {2 * points(least_yes), 2 * points(most_yes)};
  return {points(least_unsure) + points(least_yes), points(most_unsure) + points(most_yes)};
}

Truth Screener::truth_of_derived(const Compiled::Derived& derived) const {
  return derived.parts.empty() ? truth_of_gate(derived.gate)
                               : count_up(compiled_.sums_[derived.sum]).reach(derived.least);
}

Truth Screener::truth_of_atom(const Sheet& sheet, std::size_t atom) const {
  const std::size_t answers = compiled_.question_of_.size();
  if (atom >= answers) return truth_of_derived(compiled_.derived_[atom - answers]);
  if (!has(sheet.answered, compiled_.question_of_[atom])) return {};
  return settled(bounded(has(sheet.unsure, atom), has(sheet.yes, atom)));
}

void Screener::join_answers(const Sheet& sheet) {
  const auto add = [](Bits& to, const Compiled::Rows& rows) {
    return [planes = to.data(), &rows](std::size_t i) { rows.join(i, planes); };
  };
  joined_[least_yes] = compiled_.full_;
  each_bit(sheet.yes, add(joined_[least_yes], compiled_.rows_));
  joined_[most_yes] = joined_[least_yes];
  const std::size_t questions = compiled_.questions_.size();
  for (std::size_t w = 0; w < sheet.answered.size(); ++w) {
    const std::size_t left = std::min(questions - w * word_bits, word_bits);
    const std::uint64_t asked = left == word_bits ? ~std::uint64_t{0} : (std::uint64_t{1} << left) - 1;
    each_bit(~sheet.answered[w] & asked, w * word_bits, add(joined_[most_yes], compiled_.question_rows_));
  }
  unsure_ = std::ranges::any_of(sheet.unsure, [](std::uint64_t word) { return word != 0; });
  if (!unsure_) return;
  joined_[least_unsure] = joined_[least_yes];
  joined_[most_unsure] = joined_[most_yes];
  each_bit(sheet.unsure, add(joined_[least_unsure], compiled_.rows_));
  each_bit(sheet.unsure, add(joined_[most_unsure], compiled_.rows_));
}

void Screener::join(std::size_t atom, Truth truth) {
  const auto add = [&](Bound bound) { compiled_.rows_.join(atom, joined_[bound].data()); };
  if (truth.least == Tri::yes) add(least_yes);
  if (truth.most == Tri::yes) add(most_yes);
  if (!unsure_) return;
  if (truth.least >= Tri::unsure) add(least_unsure);
  if (truth.most >= Tri::unsure) add(most_unsure);
}

void Screener::close_planes() {
  const std::size_t words = compiled_.words_;
  const std::size_t end = words * compiled_.planes_;
  for (const Bound bound : {least_unsure, least_yes, most_unsure, most_yes}) {
    if (known(bound) != bound) continue;
    const std::uint64_t* from = joined_[bound].data();
    for (std::size_t w = 0; w < words; w += std::tuple_size_v<Compiled::Lane>) {
      Compiled::Lane all;
      all.fill(~std::uint64_t{0});
      for (std::size_t i = w; i < end; i += words) {
        for (std::size_t k = 0; k < all.size(); ++k) all.data()[k] &= from[i + k];
      }
      std::ranges::copy(all, held_[bound].data() + w);
    }
  }
}

bool Screener::may_hold(const Bits& gates) const {
  std::uint64_t any = 0;
  for (std::size_t w = 0; w < compiled_.words_; ++w) any |= held(most_unsure, w) & gates.data()[w];
  return any != 0;
}

bool Screener::join_layer(const Compiled::Layer& layer) {
  if (!may_hold(layer.feeding)) return false;
  for (const Bound bound : {least_unsure, least_yes, most_unsure, most_yes}) {
    if (known(bound) != bound) continue;
    for (std::size_t w = 0; w < compiled_.words_; ++w) {
      each_bit(held_[bound].data()[w] & layer.gates.data()[w], w * word_bits, [&](std::size_t gate) {
        compiled_.rows_.join(compiled_.atom_of_gate_.data()[gate], joined_[bound].data());
      });
    }
  }
  for (const std::size_t i : layer.sums) {
    const Compiled::Sum& sum = compiled_.sums_[i];
    if (!may_hold(sum.gates)) continue;
    const Halves halves = count_up(sum);
    for (const std::size_t derived : sum.derived) {
      join(compiled_.question_of_.size() + derived, halves.reach(compiled_.derived_[derived].least));
    }
  }
  return true;
}

void Screener::settle(const Sheet& sheet) {
  join_answers(sheet);
  close_planes();
  for (const Compiled::Layer& layer : compiled_.layers_) {
    if (join_layer(layer)) close_planes();
  }
}

bool Screener::holds_any(const Bits& if_yes, const Bits& if_unsure) const {
  std::uint64_t any = 0;
  for (std::size_t w = 0; w < compiled_.words_; ++w) {
    const std::uint64_t yes = held(least_yes, w);
    any |= (yes & if_yes.data()[w]) | (held(least_unsure, w) & ~yes & if_unsure.data()[w]);
  }
  return any != 0;
}

void Screener::total() {
  const auto most = [&](const std::vector<Bits>& if_yes, const std::vector<Bits>& if_unsure) {
    std::size_t value = if_yes.size() - 1;
    while (value > 0 && !holds_any(if_yes[value], if_unsure[value])) --value;
    return value;
  };
  const auto& then = compiled_.then_;
  const auto& maybe = compiled_.if_unsure_;
  outcome_.level = static_cast<Disposition>(most(then.level, maybe.level));
  outcome_.follow_up = static_cast<FollowUp>(most(then.follow_up, maybe.follow_up));
  if (compiled_.rules_.empty()) outcome_.level = Disposition::emergency;  // no rules clear nobody
  std::ranges::fill(demands_, 0);
  if (!plan_may_follow(outcome_.level)) return;
  for (std::size_t w = 0; w < compiled_.words_; ++w) {
    const auto add = [&](const Compiled::Masks& masks) {
      return
          [&](std::size_t rule) { join_words(demands_.data(), masks.demands[rule].data(), demands_.size()); };
    };
    const std::uint64_t yes = held(least_yes, w);
    each_bit(yes & then.limits[w], w * word_bits, add(then));
    each_bit(held(least_unsure, w) & ~yes & maybe.limits[w], w * word_bits, add(maybe));
  }
}

bool Screener::adds_demands(std::size_t rule) const {
  const bool yes = has(held_[most_yes], rule);
  const Bits& demands = (yes ? compiled_.then_ : compiled_.if_unsure_).demands[rule];
  for (std::size_t w = 0; w < demands.size(); ++w) {
    if ((demands[w] & ~demands_[w]) != 0) return true;
  }
  return false;
}

bool Screener::find_open(bool one) {
  open_.clear();
  const bool past = !plan_may_follow(outcome_.level);
  const auto level = static_cast<std::size_t>(outcome_.level) + 1;
  const auto follow_up = static_cast<std::size_t>(outcome_.follow_up) + 1;
  const auto& then = compiled_.then_;
  const auto& maybe = compiled_.if_unsure_;
  for (std::size_t w = 0; w < compiled_.words_; ++w) {
    const std::uint64_t yes = held(most_yes, w);
    const std::uint64_t open = (held(least_unsure, w) ^ held(most_unsure, w)) | (held(least_yes, w) ^ yes);
    const std::uint64_t unsure = held(most_unsure, w) & ~yes;
    const auto above = [&](const std::vector<Bits>& if_yes, const std::vector<Bits>& if_unsure,
                           std::size_t value) {
      if (value >= if_yes.size()) return std::uint64_t{0};
      return open & ((yes & if_yes[value][w]) | (unsure & if_unsure[value][w]));
    };
    std::uint64_t matter = above(then.level, maybe.level, level);
    if (!past) {
      matter |= above(then.follow_up, maybe.follow_up, follow_up);
      each_bit(open & ~matter & ((yes & then.limits[w]) | (unsure & maybe.limits[w])), 0, [&](std::size_t i) {
        if (adds_demands(w * word_bits + i)) matter |= std::uint64_t{1} << i;
      });
    }
    each_bit(matter, w * word_bits, [&](std::size_t rule) { open_.push_back(rule); });
    if (one && !open_.empty()) return true;
  }
  return !open_.empty();
}

void Screener::wait_for_atom(const Sheet& sheet, std::size_t atom) {
  const std::size_t answers = compiled_.question_of_.size();
  if (atom < answers) {
    const std::size_t question = compiled_.question_of_[atom];
    missing_[question / word_bits] |= std::uint64_t{1} << (question % word_bits);
    return;
  }
  const Compiled::Derived& derived = compiled_.derived_[atom - answers];
  if (!truth_of_derived(derived).open()) return;
  if (derived.parts.empty()) wait_for_gate(sheet, derived.gate);
  for (const auto& [points, gate] : derived.parts) wait_for_gate(sheet, gate);
}

void Screener::wait_for_gate(const Sheet& sheet, std::size_t gate) {
  if (!truth_of_gate(gate).open()) return;
  for (const auto& clause : compiled_.gates_[gate].clauses) {
    Truth whole = settled(Tri::no);
    for (const std::size_t atom : clause) whole = whole | truth_of_atom(sheet, atom);
    if (!whole.open()) continue;
    for (const std::size_t atom : clause) {
      if (truth_of_atom(sheet, atom).most > whole.least) wait_for_atom(sheet, atom);
    }
  }
}

void Screener::list_rules() {
  outcome_.rules.clear();
  const auto& then = compiled_.then_;
  const auto& maybe = compiled_.if_unsure_;
  for (auto level = static_cast<std::size_t>(outcome_.level) + 1; level-- > 0;) {
    const std::uint64_t* if_yes = then.named[level].data();
    const std::uint64_t* if_unsure = maybe.named[level].data();
    for (std::size_t w = 0; w < compiled_.words_; ++w) {
      const std::uint64_t yes = held(least_yes, w);
      each_bit((yes & if_yes[w]) | (held(least_unsure, w) & ~yes & if_unsure[w]), w * word_bits,
               [&](std::size_t rule) { outcome_.rules.push_back(rule); });
    }
  }
}

void Screener::list_missing(const Sheet& sheet) {
  std::ranges::fill(missing_, 0);
  for (const std::size_t rule : open_) wait_for_gate(sheet, rule);
  outcome_.missing.clear();
  each_bit(missing_, [&](std::size_t question) { outcome_.missing.push_back(question); });
}

const Outcome& Screener::level(const Sheet& sheet) {
  settle(sheet);
  total();
  outcome_.complete = !find_open(true);
  return outcome_;
}

const Outcome& Screener::findings(const Sheet& sheet) {
  settle(sheet);
  total();
  outcome_.complete = !find_open(false);
  list_rules();
  list_missing(sheet);
  return outcome_;
}

std::set<QuestionId> Screener::asks(const Sheet& sheet, std::size_t rule) {
  std::ranges::fill(missing_, 0);
  wait_for_gate(sheet, rule);
  std::set<QuestionId> ids;
  each_bit(missing_, [&](std::size_t question) { ids.insert(compiled_.questions_[question].id); });
  return ids;
}

Screening Screener::screening(const Sheet& sheet) {
  settle(sheet);
  Findings findings;
  for (std::size_t i = 0; i < compiled_.rules_.size(); ++i) {
    const Rule& rule = compiled_.rules_[i];
    const Truth holds = truth_of_gate(i);
    const Consequence& now = rule.consequence(holds.least);
    findings.push_back({.rule = rule.id,
                        .holds = holds,
                        .now = now,
                        .possible = now | rule.consequence(holds.most),
                        .because = {},
                        .asks = asks(sheet, i)});
  }
  return screen(findings);
}

bool Screener::contradicts(const Sheet& sheet) const {
  const auto said = [&](const Bits& atoms) {
    std::uint64_t any = 0;
    for (std::size_t w = 0; w < atoms.size(); ++w) any |= (sheet.yes[w] | sheet.unsure[w]) & atoms[w];
    return any != 0;
  };
  return std::ranges::any_of(compiled_.gated_, [&](const Compiled::Gated& each) {
    if (!has(sheet.answered, each.question)) return false;
    const Truth gate = truth_of_gate(each.gate);
    if (gate.most == Tri::no) return said(each.reporting);
    const bool one_applies = compiled_.questions_[each.question].one_applies;
    return one_applies && gate.least == Tri::yes && !said(each.atoms);
  });
}

Bits Screener::holding() const {
  Bits both = held_[known(least_unsure)];
  both.insert(both.end(), held_[least_yes].begin(), held_[least_yes].end());
  return both;
}

}  // namespace backplan
