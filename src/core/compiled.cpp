#include "core/compiled.hpp"

#include <algorithm>
#include <map>

#include "backplan/contradiction.hpp"

namespace backplan {
namespace {

constexpr std::size_t word_bits = 64;

std::size_t words_for(std::size_t bits) { return (bits + word_bits - 1) / word_bits; }

void set(std::span<std::uint64_t> bits, std::size_t i) {
  bits.data()[i / word_bits] |= std::uint64_t{1} << (i % word_bits);
}

bool has(const Bits& bits, std::size_t i) { return ((bits[i / word_bits] >> (i % word_bits)) & 1) != 0; }

template <class Ids, class Id>
std::size_t index_of(const Ids& ids, const Id& id) {
  using Each = typename Ids::value_type;
  return static_cast<std::size_t>(std::ranges::find(ids, id, &Each::id) - ids.begin());
}

}  // namespace

/// Turns conditions into gates.
class Compiler {
 public:
  explicit Compiler(Compiled& compiled) : to_(compiled) {}

  void compile() {
    for (const Question& question : to_.questions_) lay_atoms(question);
    to_.gates_.resize(to_.rules_.size());
    for (std::size_t i = 0; i < to_.rules_.size(); ++i) {
      Compiled::Gate gate = gate_of(to_.rules_[i].when);
      to_.gates_[i] = std::move(gate);  // gate_of adds gates
    }
    for (std::size_t i = 0; i < to_.questions_.size(); ++i) {
      const auto& gate = to_.questions_[i].gate;
      if (gate) to_.gated_.push_back(to_.gated(i, part(*gate)));
    }
  }

 private:
  using Atoms = std::vector<std::size_t>;

  void lay_atoms(const Question& question) {
    Compiled::Asked asked{to_.question_of_.size(), question.options.size(), {}};
    if (question.kind == QuestionKind::number) {
      const std::set<int> starts = classes(question);
      asked.classes.assign(starts.begin(), starts.end());
      asked.atoms = starts.size();
    }
    to_.question_of_.insert(to_.question_of_.end(), asked.atoms, to_.asked_.size());
    to_.asked_.push_back(std::move(asked));
  }

  /// Where the truth of some condition changes.
  std::set<int> classes(const Question& question) const {
    std::set<int> starts{question.least};
    for (const Rule& rule : to_.rules_) look(rule.when, question.id, starts);
    for (const Question& each : to_.questions_) {
      if (each.gate) look(*each.gate, question.id, starts);
    }
    return starts;
  }

  static void look(const Condition& condition, const QuestionId& id, std::set<int>& starts) {
    const auto each = [&](const std::vector<Condition>& conditions) {
      for (const Condition& part : conditions) look(part, id, starts);
    };
    if (const auto* all = std::get_if<All>(&condition.test)) each(all->of);
    if (const auto* any = std::get_if<Any>(&condition.test)) each(any->of);
    if (const auto* points = std::get_if<Points>(&condition.test)) {
      for (const Worth& worth : points->of) look(worth.when, id, starts);
    }
    const auto* range = std::get_if<InRange>(&condition.test);
    if (!range || range->question != id) return;
    starts.insert({range->least, range->most + 1});
  }

  Atoms leaf(const AnyOption& test) const {
    const std::size_t question = index_of(to_.questions_, test.question);
    Atoms atoms;
    for (const OptionId& option : test.options) {
      atoms.push_back(to_.asked_[question].first_atom + index_of(to_.questions_[question].options, option));
    }
    return atoms;
  }

  Atoms leaf(const InRange& test) const {
    const Compiled::Asked& asked = to_.asked_[index_of(to_.questions_, test.question)];
    Atoms atoms;
    for (std::size_t i = 0; i < asked.atoms; ++i) {
      const bool inside = test.least <= asked.classes[i] && asked.classes[i] <= test.most;
      if (inside) atoms.push_back(asked.first_atom + i);
    }
    return atoms;
  }

  // An "any" inside an "any", and an "all" inside an "all", are only dissolved when they have nothing
  // but answers in them: otherwise the truth would stay the same, but not what it waits for.

  static bool asks_one(const Condition& condition) {
    return std::holds_alternative<AnyOption>(condition.test) ||
           std::holds_alternative<InRange>(condition.test);
  }
  static bool dissolves(const Any* any) { return any && std::ranges::all_of(any->of, asks_one); }
  static bool dissolves(const All* all) { return all && std::ranges::all_of(all->of, asks_one); }

  /// The atoms of which one is enough.
  Atoms atoms_of(const Condition& condition) {
    if (const auto* test = std::get_if<AnyOption>(&condition.test)) return leaf(*test);
    if (const auto* test = std::get_if<InRange>(&condition.test)) return leaf(*test);
    if (const auto* points = std::get_if<Points>(&condition.test)) return {sum(*points)};
    const auto* any = std::get_if<Any>(&condition.test);
    if (dissolves(any)) return clause(*any);
    return {derive({.gate = part(condition), .least = 0, .parts = {}, .sum = 0})};
  }

  Atoms clause(const Any& any) {
    std::set<std::size_t> atoms;
    for (const Condition& condition : any.of) {
      for (const std::size_t atom : atoms_of(condition)) atoms.insert(atom);
    }
    return {atoms.begin(), atoms.end()};
  }

  Compiled::Gate gate_of(const Condition& condition) {
    if (const auto* any = std::get_if<Any>(&condition.test)) return {{clause(*any)}};
    const auto* all = std::get_if<All>(&condition.test);
    if (!all) return {{atoms_of(condition)}};
    Compiled::Gate gate;
    for (const Condition& each : all->of) add_clauses(each, gate);
    return gate;
  }

  /// `condition` as one more of the conditions that must all hold.
  void add_clauses(const Condition& condition, Compiled::Gate& gate) {
    const auto* all = std::get_if<All>(&condition.test);
    const auto* any = std::get_if<Any>(&condition.test);
    if (dissolves(all)) {
      for (const Condition& each : all->of) gate.clauses.push_back(atoms_of(each));
    } else {
      gate.clauses.push_back(any ? clause(*any) : atoms_of(condition));
    }
  }

  /// The gate of a part of a condition; the same part has one gate for all rules.
  std::size_t part(const Condition& condition) {
    Compiled::Gate gate = gate_of(condition);
    const auto [known, added] = parts_.try_emplace(std::move(gate), to_.gates_.size());
    if (added) to_.gates_.push_back(known->first);
    return known->second;
  }

  std::size_t sum(const Points& points) {
    Compiled::Derived sum{.gate = 0, .least = points.least, .parts = {}, .sum = 0};
    for (const Worth& worth : points.of) sum.parts.emplace_back(worth.points, part(worth.when));
    return derive(std::move(sum));
  }

  /// A new atom, or the one that says the same.
  std::size_t derive(Compiled::Derived derived) {
    const std::size_t answers = to_.question_of_.size();
    for (std::size_t i = 0; i < to_.derived_.size(); ++i) {
      const Compiled::Derived& known = to_.derived_[i];
      if (known.gate == derived.gate && known.least == derived.least && known.parts == derived.parts) {
        return answers + i;
      }
    }
    std::size_t depth = 0;
    const auto look_at = [&](std::size_t gate) {
      for (const auto& clause : to_.gates_[gate].clauses) {
        for (const std::size_t atom : clause) {
          if (atom >= answers) depth = std::max(depth, to_.depth_[atom - answers] + 1);
        }
      }
    };
    if (derived.parts.empty()) look_at(derived.gate);
    for (const auto& [worth, gate] : derived.parts) look_at(gate);
    to_.depth_.push_back(depth);
    to_.derived_.push_back(std::move(derived));
    return answers + to_.derived_.size() - 1;
  }

  Compiled& to_;
  std::map<Compiled::Gate, std::size_t> parts_;
};

Compiled::Compiled(std::span<const Question> questions, std::span<const Rule> rules)
    : questions_(questions.begin(), questions.end()), rules_(rules.begin(), rules.end()) {
  Compiler(*this).compile();
  words_ = words_for(gates_.size());
  words_ += (0 - words_) % std::tuple_size_v<Lane>;
  std::set<DemandId> demands;
  for (const Rule& rule : rules_) {
    for (const Consequence* each : {&rule.then, &rule.if_unsure}) {
      demands.insert(each->exclude.begin(), each->exclude.end());
      demands.insert(each->ease.begin(), each->ease.end());
    }
  }
  demands_.assign(demands.begin(), demands.end());
  if_unsure_ = masks(Tri::unsure);
  then_ = masks(Tri::yes);
  lay_rows();
  lay_layers();
}

Compiled::Gated Compiled::gated(std::size_t question, std::size_t gate) const {
  Gated gated{question, gate, Bits(words_for(question_of_.size())), Bits(words_for(question_of_.size()))};
  const Asked& asked = asked_[question];
  for (std::size_t atom = asked.first_atom; atom < asked.first_atom + asked.atoms; ++atom) {
    Sheet sheet = blank();
    set(sheet.yes, atom);
    set(gated.atoms, atom);
    if (reports(rules_, questions_[question].id, answer(sheet, question))) set(gated.reporting, atom);
  }
  return gated;
}

Compiled::Masks Compiled::masks(Tri tri) const {
  constexpr std::size_t levels = disposition_count;
  constexpr std::size_t follow_ups = 3;
  const Bits none(words_);
  Masks masks{
      .level{levels, none}, .named{levels, none}, .follow_up{follow_ups, none}, .limits = none, .demands{}};
  for (std::size_t i = 0; i < rules_.size(); ++i) {
    const Consequence& what = rules_[i].consequence(tri);
    for (std::size_t d = 0; d <= static_cast<std::size_t>(what.disposition); ++d) set(masks.level[d], i);
    for (std::size_t f = 0; f <= static_cast<std::size_t>(what.follow_up); ++f) set(masks.follow_up[f], i);
    if (what != Consequence{}) set(masks.named[static_cast<std::size_t>(what.disposition)], i);
    if (!what.exclude.empty() || !what.ease.empty()) set(masks.limits, i);
    Bits demands(words_for(2 * demands_.size()));
    for (std::size_t d = 0; d < demands_.size(); ++d) {
      if (what.exclude.contains(demands_[d])) set(demands, d);
      if (what.ease.contains(demands_[d])) set(demands, demands_.size() + d);
    }
    masks.demands.push_back(std::move(demands));
  }
  return masks;
}

void Compiled::lay_rows() {
  for (const Gate& gate : gates_) planes_ = std::max(planes_, gate.clauses.size());
  full_.assign(planes_ * words_, 0);
  std::vector<Bits> atoms(question_of_.size() + derived_.size(), full_);
  std::vector<Bits> questions(questions_.size(), full_);
  for (std::size_t g = 0; g < gates_.size(); ++g) {
    for (std::size_t k = 0; k < planes_; ++k) {
      const std::size_t bit = k * words_ * word_bits + g;
      if (k >= gates_[g].clauses.size()) {
        set(full_, bit);
        continue;
      }
      for (const std::size_t atom : gates_[g].clauses[k]) {
        set(atoms[atom], bit);
        if (atom < question_of_.size()) set(questions[question_of_[atom]], bit);
      }
    }
  }
  for (const Bits& row : atoms) rows_.add(row);
  for (const Bits& row : questions) question_rows_.add(row);
}

void Compiled::Rows::add(const Bits& row) {
  for (std::size_t w = 0; w < row.size(); w += std::tuple_size_v<Lane>) {
    Part part{.word = w};
    std::copy_n(row.begin() + static_cast<std::ptrdiff_t>(w), part.clauses.size(), part.clauses.begin());
    if (part.clauses != Lane{}) parts.push_back(part);
  }
  starts.push_back(parts.size());
}

void Compiled::lay_layers() {
  const Bits none(words_);
  atom_of_gate_.resize(gates_.size());
  for (std::size_t i = 0; i < derived_.size(); ++i) {
    if (layers_.size() <= depth_[i]) layers_.resize(depth_[i] + 1, {none, none, {}});
    Layer& layer = layers_[depth_[i]];
    if (!derived_[i].parts.empty()) {
      add_sum(i, layer);
      continue;
    }
    set(layer.feeding, derived_[i].gate);
    set(layer.gates, derived_[i].gate);
    atom_of_gate_[derived_[i].gate] = question_of_.size() + i;
  }
}

void Compiled::add_sum(std::size_t derived, Layer& layer) {
  const auto& parts = derived_[derived].parts;
  const auto alike = [&](const Sum& sum) { return derived_[sum.derived[0]].parts == parts; };
  const auto known = std::ranges::find_if(sums_, alike);
  derived_[derived].sum = static_cast<std::size_t>(known - sums_.begin());
  if (known != sums_.end()) {
    known->derived.push_back(derived);
    return;
  }
  layer.sums.push_back(sums_.size());
  Sum sum{Bits(words_), std::vector<int>(gates_.size()), {derived}};
  for (const auto& [points, gate] : parts) {
    set(layer.feeding, gate);
    set(sum.gates, gate);
    sum.worth[gate] += points;  // a condition may be given twice
  }
  sums_.push_back(std::move(sum));
}

Sheet Compiled::blank() const {
  const Bits atoms(words_for(question_of_.size()));
  return {atoms, atoms, Bits(words_for(questions_.size()))};
}

void Compiled::none(Sheet& sheet, std::size_t question) const { set(sheet.answered, question); }

void Compiled::unsure(Sheet& sheet, std::size_t question) const {
  set(sheet.answered, question);
  const Asked& asked = asked_[question];
  for (std::size_t i = 0; i < asked.atoms; ++i) set(sheet.unsure, asked.first_atom + i);
}

bool Compiled::tick(Sheet& sheet, std::size_t question, std::size_t option, Tri how) const {
  set(sheet.answered, question);
  const std::size_t atom = asked_.data()[question].first_atom + option;
  const std::size_t word = atom / word_bits;
  const std::uint64_t bit = std::uint64_t{1} << (atom % word_bits);
  const std::uint64_t before = sheet.yes.data()[word] | sheet.unsure.data()[word];
  if (how == Tri::yes) sheet.yes.data()[word] |= bit;
  if (how == Tri::unsure) sheet.unsure.data()[word] |= bit;
  return (before & bit) == 0;
}

void Compiled::number(Sheet& sheet, std::size_t question, int number) const {
  set(sheet.answered, question);
  const Asked& asked = asked_[question];
  const auto after = std::ranges::upper_bound(asked.classes, number);
  set(sheet.yes, asked.first_atom + static_cast<std::size_t>(after - asked.classes.begin()) - 1);
}

Sheet Compiled::pack(const Answers& answers) const {
  Sheet sheet = blank();
  for (const auto& [id, value] : answers) {
    const std::size_t question = index_of(questions_, id);
    const auto& options = questions_[question].options;
    if (std::holds_alternative<Unsure>(value)) unsure(sheet, question);
    if (const int* whole = std::get_if<int>(&value)) number(sheet, question, *whole);
    if (const auto* option = std::get_if<OptionId>(&value)) {
      tick(sheet, question, index_of(options, *option), Tri::yes);
    }
    if (const auto* ticks = std::get_if<Ticks>(&value)) {
      none(sheet, question);
      for (const OptionId& each : ticks->yes) tick(sheet, question, index_of(options, each), Tri::yes);
      for (const OptionId& each : ticks->unsure) {
        tick(sheet, question, index_of(options, each), Tri::unsure);
      }
    }
  }
  return sheet;
}

Value Compiled::answer(const Sheet& sheet, std::size_t question) const {
  const Asked& asked = asked_[question];
  const Question& what = questions_[question];
  Ticks ticks;
  for (std::size_t i = 0; i < asked.atoms; ++i) {
    const bool yes = has(sheet.yes, asked.first_atom + i);
    if (yes && what.kind == QuestionKind::number) return asked.classes[i];
    if (yes && what.kind != QuestionKind::checklist) return what.options[i].id;
    if (yes) ticks.yes.insert(what.options[i].id);
    const bool unsure = has(sheet.unsure, asked.first_atom + i);
    if (unsure && what.kind != QuestionKind::checklist) return Unsure{};
    if (unsure) ticks.unsure.insert(what.options[i].id);
  }
  if (ticks.unsure.size() == asked.atoms) return Unsure{};
  return ticks;
}

Answers Compiled::unpack(const Sheet& sheet) const {
  Answers answers;
  for (std::size_t i = 0; i < questions_.size(); ++i) {
    if (has(sheet.answered, i)) answers.emplace(questions_[i].id, answer(sheet, i));
  }
  return answers;
}

}  // namespace backplan
