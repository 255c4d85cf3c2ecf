#include "core/rulebook.hpp"

#include <algorithm>
#include <map>

namespace backplan {

/// Lays out conditions: first what they state of answers, then what they make of it.
class Rulebook::Builder {
 public:
  explicit Builder(Rulebook& book) : to_(book) {}

  void build(std::span<const Condition* const> conditions) {
    for (const Condition* condition : conditions) collect(*condition);
    lay_atoms();
    for (const Condition* condition : conditions) to_.roots_.push_back(node(condition->test));
  }

 private:
  /// What conditions state of one question, each once.
  struct Said {
    Index first = 0;  ///< of its atoms
    std::vector<Atom> atoms;
  };

  void collect(const Condition& condition) {
    if (const auto* test = std::get_if<AnyOption>(&condition.test)) {
      for (const OptionId& option : test->options) collect(test->question, {.option = option});
    } else if (const auto* range = std::get_if<InRange>(&condition.test)) {
      collect(range->question, {.option = {}, .least = range->least, .most = range->most});
    } else if (const auto* all = std::get_if<All>(&condition.test)) {
      for (const Condition& part : all->of) collect(part);
    } else if (const auto* any = std::get_if<Any>(&condition.test)) {
      for (const Condition& part : any->of) collect(part);
    } else if (const auto* points = std::get_if<Points>(&condition.test)) {
      for (const Worth& worth : points->of) collect(worth.when);
    }
  }

  void collect(const QuestionId& question, const Atom& atom) {
    Said& said = said_[question];
    const auto known = std::ranges::find(said.atoms, atom);
    met_.emplace_back(&said, static_cast<Index>(known - said.atoms.begin()));
    if (known == said.atoms.end()) said.atoms.push_back(atom);
  }

  void lay_atoms() {
    for (auto& [question, said] : said_) {
      said.first = size(to_.atoms_);
      to_.starts_.push_back(said.first);
      for (Atom& atom : said.atoms) {
        atom.question = size(to_.questions_);
        to_.nodes_.push_back({.join = Join::atom, .first = size(to_.atoms_)});
        to_.atoms_.push_back(std::move(atom));
      }
      to_.questions_.push_back(question);
    }
    to_.starts_.push_back(size(to_.atoms_));
  }

  template <class Values>
  static Index size(const Values& values) {
    return static_cast<Index>(values.size());
  }

  /// Conditions are laid in the order in which they were collected.
  Index next_atom() {
    const auto& [said, at] = met_[laid_++];
    return said->first + at;
  }

  Index node(const decltype(Condition::test)& test) {
    return std::visit([this](const auto& each) { return lay(each); }, test);
  }

  Index lay(const InRange&) { return next_atom(); }

  Index lay(const AnyOption& test) {
    std::vector<Index> atoms;
    while (atoms.size() < test.options.size()) atoms.push_back(next_atom());
    return atoms.size() == 1 ? atoms.front() : joined(Join::any, atoms);
  }

  Index lay(const All& all) { return joined(Join::all, each(all.of)); }
  Index lay(const Any& any) { return joined(Join::any, each(any.of)); }

  Index lay(const Points& points) {
    std::vector<Index> parts;
    std::vector<int> worths;
    for (const Worth& worth : points.of) {
      parts.push_back(node(worth.when.test));
      worths.push_back(worth.points);
    }
    const Index at = joined(Join::points, parts);
    to_.nodes_[at].needed = points.least;
    std::ranges::copy(worths, to_.worths_.begin() + to_.nodes_[at].first);
    return at;
  }

  std::vector<Index> each(const std::vector<Condition>& conditions) {
    std::vector<Index> parts;
    for (const Condition& condition : conditions) parts.push_back(node(condition.test));
    return parts;
  }

  Index joined(Join join, const std::vector<Index>& parts) {
    to_.nodes_.push_back({.join = join, .first = size(to_.parts_), .count = size(parts)});
    to_.parts_.insert(to_.parts_.end(), parts.begin(), parts.end());
    to_.worths_.resize(to_.parts_.size());
    return size(to_.nodes_) - 1;
  }

  Rulebook& to_;
  std::map<QuestionId, Said> said_;
  std::vector<std::pair<const Said*, Index>> met_;  ///< the atoms of all conditions, one after another
  std::size_t laid_ = 0;                            ///< of these
};

Rulebook::Rulebook(std::span<const Rule> rules, std::span<const Question> questions) {
  std::vector<const Condition*> conditions;
  for (const Rule& rule : rules) conditions.push_back(&rule.when);
  for (const Question& question : questions) {
    if (question.gate) conditions.push_back(&*question.gate);
  }
  Builder(*this).build(conditions);
}

Rulebook::Rulebook(const Condition& condition) {
  const Condition* const one = &condition;
  Builder(*this).build({&one, 1});
}

std::optional<Rulebook::Index> Rulebook::find(const QuestionId& id) const {
  const auto at = std::ranges::lower_bound(questions_, id);
  if (at == questions_.end() || *at != id) return std::nullopt;
  return static_cast<Index>(at - questions_.begin());
}

}  // namespace backplan
