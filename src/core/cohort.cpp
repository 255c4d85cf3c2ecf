#include "core/cohort.hpp"

#include <algorithm>
#include <bit>

#include "core/find_out.hpp"

namespace backplan {
namespace {

using Index = Rulebook::Index;

/// Calls `visit` with each person whose bit is set.
template <class Visit>
void each_person(const Lanes& lanes, const Visit& visit) {
  for (std::size_t w = 0; w < lanes.words.size(); ++w) {
    for (std::uint64_t word = lanes.words[w]; word != 0; word &= word - 1) {
      visit(64 * w + static_cast<std::size_t>(std::countr_zero(word)));
    }
  }
}

/// A number for each person, its bits from the lowest; as many as the largest of them needs.
using Numbers = std::vector<Lanes>;

/// Adds 2 to the power of `bit` for those in `who`.
void add_bit(Numbers& numbers, std::size_t bit, Lanes who) {
  for (; !who.none(); ++bit) {
    if (bit >= numbers.size()) numbers.resize(bit + 1);
    const Lanes carried = numbers[bit] & who;
    numbers[bit] = numbers[bit] ^ who;
    who = carried;
  }
}

/// Adds `value` for those in `who`.
void add(Numbers& numbers, unsigned value, const Lanes& who) {
  for (std::size_t bit = 0; value >> bit != 0; ++bit) {
    if ((value >> bit) & 1) add_bit(numbers, bit, who);
  }
}

/// Whose number is `value` or more: compared from the highest bit down.
Lanes at_least(const Numbers& numbers, unsigned value) {
  const auto bits = std::max<std::size_t>(numbers.size(), static_cast<std::size_t>(std::bit_width(value)));
  Lanes more;
  Lanes same = Lanes::all();
  for (std::size_t bit = bits; bit-- > 0;) {
    const Lanes has = bit < numbers.size() ? numbers[bit] : Lanes{};
    if ((value >> bit) & 1) {
      same &= has;
    } else {
      more |= same & has;
      same &= ~has;
    }
  }
  return more | same;
}

/// The answers of 256 people.
class ManyPeople {
 public:
  struct Halves {
    Numbers least;
    Numbers most;
  };

  ManyPeople(const Compiled& compiled, const std::vector<Lanes>& yes, const std::vector<Lanes>& unsure,
             const std::vector<Lanes>& answered)
      : compiled_(compiled), yes_(yes), unsure_(unsure), answered_(answered) {}

  ManyTruths atom(Index i) const {
    const Lanes maybe = yes_[i] | unsure_[i];
    const Lanes open = ~answered_[compiled_.asked(compiled_.book().atoms()[i].question)];
    return {maybe, yes_[i], maybe | open, yes_[i] | open};
  }
  static ManyTruths yes() { return {Lanes::all(), Lanes::all(), Lanes::all(), Lanes::all()}; }
  static ManyTruths no() { return {}; }
  static ManyTruths both(const ManyTruths& a, const ManyTruths& b) {
    return {a.least_unsure & b.least_unsure, a.least_yes & b.least_yes, a.most_unsure & b.most_unsure,
            a.most_yes & b.most_yes};
  }
  static ManyTruths either(const ManyTruths& a, const ManyTruths& b) {
    return {a.least_unsure | b.least_unsure, a.least_yes | b.least_yes, a.most_unsure | b.most_unsure,
            a.most_yes | b.most_yes};
  }
  static Halves nothing() { return {}; }
  static void add(Halves& sum, int points, const ManyTruths& truth) {
    const auto worth = static_cast<unsigned>(points);
    for (const Lanes* who : {&truth.least_unsure, &truth.least_yes}) backplan::add(sum.least, worth, *who);
    for (const Lanes* who : {&truth.most_unsure, &truth.most_yes}) backplan::add(sum.most, worth, *who);
  }
  static ManyTruths reaches(const Halves& sum, int points) {
    const Lanes least = at_least(sum.least, 2 * static_cast<unsigned>(points));
    const Lanes most = at_least(sum.most, 2 * static_cast<unsigned>(points));
    return {least, least, most, most};
  }

 private:
  const Compiled& compiled_;
  const std::vector<Lanes>& yes_;
  const std::vector<Lanes>& unsure_;
  const std::vector<Lanes>& answered_;
};

/// The greatest value whose lane has the person; lane 0 has everybody.
template <class Value>
Value greatest(std::span<const Lanes> at_least, std::size_t person) {
  std::size_t value = at_least.size() - 1;
  while (value > 0 && !at_least[value].has(person)) --value;
  return static_cast<Value>(value);
}

}  // namespace

Truth ManyTruths::of(std::size_t person) const {
  const auto truth = [person](const Lanes& unsure, const Lanes& yes) {
    return yes.has(person) ? Tri::yes : unsure.has(person) ? Tri::unsure : Tri::no;
  };
  return {truth(least_unsure, least_yes), truth(most_unsure, most_yes)};
}

Cohort::Cohort(const Compiled& compiled)
    : compiled_(compiled),
      yes_(compiled.book().atoms().size()),
      unsure_(yes_.size()),
      answered_(compiled.questions().size()),
      reporting_(answered_.size()),
      listed_(most_people) {
  std::set<DemandId> demands;
  for (const Rule& rule : compiled.rules()) {
    for (const Tri at : {Tri::unsure, Tri::yes}) {
      const Consequence& consequence = rule.consequence(at);
      demands.insert(consequence.exclude.begin(), consequence.exclude.end());
      demands.insert(consequence.ease.begin(), consequence.ease.end());
    }
  }
  const auto index = [&](const DemandId& id) {
    return static_cast<std::size_t>(std::distance(demands.begin(), demands.find(id)));
  };
  demands_.resize(2 * demands.size());
  for (Index i = 0; i < compiled.rules().size(); ++i) {
    for (const Tri at : {Tri::unsure, Tri::yes}) {
      const Consequence& consequence = compiled.rules()[i].consequence(at);
      if (consequence == Consequence{}) continue;
      Entry entry{i, at, &consequence, {}};
      for (const DemandId& id : consequence.exclude) entry.demands.push_back(index(id));
      for (const DemandId& id : consequence.ease) entry.demands.push_back(demands.size() + index(id));
      entries_.push_back(std::move(entry));
    }
  }
  std::ranges::stable_sort(entries_, std::greater{},
                           [](const Entry& entry) { return entry.consequence->disposition; });
}

void Cohort::clear() {
  for (auto* lanes : {&yes_, &unsure_, &answered_, &reporting_}) std::ranges::fill(*lanes, Lanes{});
  people_ = 0;
}

void Cohort::add(const Sheet& sheet) {
  for (const Index atom : sheet.yes) yes_[atom].set(people_);
  for (const Index atom : sheet.unsure) unsure_[atom].set(people_);
  for (const std::size_t question : sheet.answered) answered_[question].set(people_);
  for (const std::size_t question : sheet.reporting) reporting_[question].set(people_);
  ++people_;
}

void Cohort::screen() {
  evaluate_in(ManyPeople(compiled_, yes_, unsure_, answered_), compiled_.book(), truths_);
  total();
  find_open();
  find_contradictions();
}

/// Who has what follows at this truth.
Lanes Cohort::holds(const Entry& entry) const {
  const ManyTruths& truth = truths_[compiled_.book().roots()[entry.rule]];
  return entry.at == Tri::yes ? truth.least_yes : truth.least_unsure & ~truth.least_yes;
}

/// Whose rule is open, and comes to this truth at most.
Lanes Cohort::may_hold(const Entry& entry) const {
  const ManyTruths& truth = truths_[compiled_.book().roots()[entry.rule]];
  const Lanes open = (truth.least_unsure ^ truth.most_unsure) | (truth.least_yes ^ truth.most_yes);
  return open & (entry.at == Tri::yes ? truth.most_yes : truth.most_unsure & ~truth.most_yes);
}

void Cohort::total() {
  level_.fill({});
  follow_up_.fill({});
  std::ranges::fill(demands_, Lanes{});
  for (const Entry& entry : entries_) {
    const Lanes who = holds(entry);
    if (who.none()) continue;
    for (auto i = static_cast<std::size_t>(entry.consequence->disposition); i > 0; --i) level_[i] |= who;
    for (auto i = static_cast<std::size_t>(entry.consequence->follow_up); i > 0; --i) follow_up_[i] |= who;
    for (const std::size_t demand : entry.demands) demands_[demand] |= who;
  }
  // No rules clear nobody.
  if (compiled_.rules().empty()) level_[static_cast<std::size_t>(Disposition::emergency)] = Lanes::all();
}

/// For whom the consequence would change the advice in a way that matters, as `screen` says it.
Lanes Cohort::adds(const Entry& entry) const {
  const auto level = static_cast<std::size_t>(entry.consequence->disposition);
  const auto follow_up = static_cast<std::size_t>(entry.consequence->follow_up);
  Lanes more = follow_up == 0 ? Lanes{} : ~follow_up_[follow_up];
  for (const std::size_t demand : entry.demands) more |= ~demands_[demand];
  more &= ~level_[static_cast<std::size_t>(Disposition::modified) + 1];  // above, no plan may follow
  return level == 0 ? more : more | ~level_[level];
}

void Cohort::find_open() {
  incomplete_ = {};
  open_.assign(entries_.size(), {});
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const Lanes who = may_hold(entries_[i]);
    if (who.none()) continue;
    open_[i] = who & adds(entries_[i]);
    incomplete_ |= open_[i];
  }
}

/// As `contradictions` finds them in one person's answers.
void Cohort::find_contradictions() {
  contradicts_ = {};
  for (const auto& [question, gate] : compiled_.gated()) {
    contradicts_ |= reporting_[question] & ~truths_[gate].most_unsure;
    if (!compiled_.questions()[question].one_applies) continue;
    contradicts_ |= answered_[question] & ~reporting_[question] & truths_[gate].least_yes;
  }
}

Outcome Cohort::outcome(std::size_t person) const {
  return {greatest<Disposition>(level_, person), greatest<FollowUp>(follow_up_, person),
          !incomplete_.has(person)};
}

void Cohort::list_rules() {
  for (auto& rules : listed_) rules.clear();
  for (const Entry& entry : entries_) {
    each_person(holds(entry), [&](std::size_t person) { listed_[person].push_back(entry.rule); });
  }
}

std::vector<std::size_t> Cohort::missing(std::size_t person) const {
  std::vector<std::size_t> questions;
  if (!incomplete_.has(person)) return questions;
  const Rulebook& book = compiled_.book();
  const auto truth_of = [&](Index at) { return truths_[at].of(person); };
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (!open_[i].has(person)) continue;
    waits_for(book, book.roots()[entries_[i].rule], truth_of,
              [&](Index question) { questions.push_back(compiled_.asked(question)); });
  }
  std::ranges::sort(questions);
  questions.erase(std::unique(questions.begin(), questions.end()), questions.end());
  return questions;
}

Screening Cohort::screening(std::size_t person) const {
  return backplan::screen(
      find_out(compiled_.rules(), compiled_.book(), [&](Index at) { return truths_[at].of(person); }));
}

std::string Cohort::holding(std::size_t person) const {
  std::string which;
  for (const Index root : compiled_.rule_roots()) {
    which += static_cast<char>('0' + static_cast<int>(truths_[root].of(person).least));
  }
  return which;
}

}  // namespace backplan
