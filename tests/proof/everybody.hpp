#pragma once

#include <set>
#include <span>
#include <string>
#include <vector>

#include "backplan/catalog.hpp"
#include "core/evaluate.hpp"
#include "proof/diagram.hpp"
#include "proof/each_condition.hpp"

namespace backplan::proof {

/// What a variable of the diagrams stands for: the answer to a question of one answer, or, of a
/// checklist, whether it was answered, and what was said of one option.
struct Variable {
  const Question* question;
  const Option* option = nullptr;  ///< of a checklist
  std::vector<Value> values;       ///< of a question of one answer: after value 0, not answered
};

/// All answer sheets at once. Numbers are taken in classes between which no rule can tell: one
/// representative each, so the proof covers every number.
class Everybody {
 public:
  explicit Everybody(const Catalog& catalog) : catalog_(catalog), diagrams_(sizes(catalog)) {}

  Diagrams& diagrams() { return diagrams_; }
  const std::vector<Variable>& variables() const { return variables_; }
  const Catalog& catalog() const { return catalog_; }

  /// The variables of a question: one, or for a checklist 1 + the number of its options.
  std::vector<int> variables_of(const QuestionId& id) const {
    std::vector<int> found;
    for (std::size_t i = 0; i < variables_.size(); ++i) {
      if (variables_[i].question->id == id) found.push_back(static_cast<int>(i));
    }
    return found;
  }

  /// The answer sheet that values of all variables stand for.
  Answers sheet(const std::vector<int>& values) const {
    Answers answers;
    for (std::size_t i = 0; i < variables_.size(); ++i) add(variables_[i], values, i, answers);
    return answers;
  }

 private:
  /// Of a checklist: the variable "answered" has the values not answered, answered.
  void add(const Variable& variable, const std::vector<int>& values, std::size_t i, Answers& answers) const {
    const auto value = static_cast<std::size_t>(values[i]);
    if (variable.question->kind != QuestionKind::checklist) {
      if (value > 0) answers[variable.question->id] = variable.values[value - 1];
      return;
    }
    if (!variable.option) {
      if (value > 0) answers[variable.question->id] = Ticks{};
      return;
    }
    const auto answered = answers.find(variable.question->id);
    if (answered == answers.end()) return;
    Ticks& ticks = std::get<Ticks>(answered->second);
    if (value == 1) ticks.unsure.insert(variable.option->id);
    if (value == 2) ticks.yes.insert(variable.option->id);
  }

  std::vector<int> sizes(const Catalog& catalog) {
    for (const Question& question : catalog.questions) add(question);
    std::vector<int> all;
    for (const Variable& variable : variables_) {
      if (variable.question->kind != QuestionKind::checklist) {
        all.push_back(1 + static_cast<int>(variable.values.size()));
      } else {
        all.push_back(variable.option ? 3 : 2);
      }
    }
    return all;
  }

  void add(const Question& question) {
    variables_.push_back({&question, nullptr, values(question)});
    if (question.kind != QuestionKind::checklist) return;
    for (const Option& option : question.options) variables_.push_back({&question, &option, {}});
  }

  std::vector<Value> values(const Question& question) const {
    if (question.kind == QuestionKind::checklist) return {};
    std::vector<Value> all;
    for (const Option& option : question.options) all.emplace_back(option.id);
    if (question.kind == QuestionKind::number) {
      for (const int number : representatives(question)) all.emplace_back(number);
    }
    if (!question.unsure_as) all.emplace_back(Unsure{});
    return all;
  }

  /// The first number of each class: the least, and wherever a condition changes.
  std::set<int> representatives(const Question& question) const {
    std::set<int> numbers{question.least};
    const auto look = [&](const Condition& condition) {
      const auto* range = std::get_if<InRange>(&condition.test);
      if (!range || range->question != question.id) return;
      for (const int number : {range->least, range->most + 1}) {
        if (question.least <= number && number <= question.most) numbers.insert(number);
      }
    };
    for (const Rule& rule : catalog_.rules) each_condition(rule.when, look);
    return numbers;
  }

  const Catalog& catalog_;
  std::vector<Variable> variables_;
  Diagrams diagrams_;
};

/// The truth of a condition for everybody: two diagrams to 0 (no), 1 (unsure), 2 (yes).
struct TruthForAll {
  Diagrams::Ref least;
  Diagrams::Ref most;
};

/// The algebra in which the shipped evaluator runs for everybody at once. Leaves ask the shipped
/// evaluator about each single answer.
class ForAll {
 public:
  using Truth = TruthForAll;

  struct Sum {
    Truth halves;
    int most = 0;  ///< that it can come to
  };

  ForAll(Everybody& everybody, const Rulebook& book)
      : everybody_(everybody), d_(everybody.diagrams()), book_(book) {}

  Truth atom(Rulebook::Index i) {
    const Rulebook::Atom& atom = book_.atoms()[i];
    const QuestionId& id = book_.questions()[atom.question];
    const Question& question = *find(everybody_.catalog().questions, id);
    if (question.kind != QuestionKind::checklist) return one_answer(id, condition(id, atom));
    const std::vector<int> variables = everybody_.variables_of(id);
    const auto option =
        std::ranges::find(question.options, atom.option, &Option::id) - question.options.begin();
    const int ticked = variables[static_cast<std::size_t>(option) + 1];
    return {answered(variables[0], 0, d_.choice(ticked, each_tick(id, atom.option))),
            answered(variables[0], 2, d_.choice(ticked, each_tick(id, atom.option)))};
  }

  Truth yes() { return {d_.constant(2), d_.constant(2)}; }
  Truth no() { return {d_.constant(0), d_.constant(0)}; }
  Truth both(Truth a, Truth b) { return {d_.min(a.least, b.least), d_.min(a.most, b.most)}; }
  Truth either(Truth a, Truth b) { return {d_.max(a.least, b.least), d_.max(a.most, b.most)}; }

  Sum nothing() { return {no(), 0}; }
  void add(Sum& sum, int points, Truth truth) {
    sum.halves.least = d_.add(sum.halves.least, d_.mapped(truth.least, {0, points, 2 * points}));
    sum.halves.most = d_.add(sum.halves.most, d_.mapped(truth.most, {0, points, 2 * points}));
    sum.most += 2 * points;
  }
  Truth reaches(const Sum& sum, int points) {
    std::vector<int> reached(static_cast<std::size_t>(sum.most + 1), 0);
    for (int i = 2 * points; i <= sum.most; ++i) reached[static_cast<std::size_t>(i)] = 2;
    return {d_.mapped(sum.halves.least, reached), d_.mapped(sum.halves.most, reached)};
  }

 private:
  static backplan::Truth asked(const Condition& test, const QuestionId& id, const Value& value) {
    return evaluate(test, {{id, value}});
  }

  Truth one_answer(const QuestionId& id, const Condition& test) {
    const int variable = everybody_.variables_of(id).front();
    std::vector<Diagrams::Ref> least{d_.constant(0)};  // value 0: not answered
    std::vector<Diagrams::Ref> most{d_.constant(2)};
    for (const Value& value : everybody_.variables()[static_cast<std::size_t>(variable)].values) {
      const backplan::Truth truth = asked(test, id, value);
      least.push_back(d_.constant(static_cast<int>(truth.least)));
      most.push_back(d_.constant(static_cast<int>(truth.most)));
    }
    return {d_.choice(variable, least), d_.choice(variable, most)};
  }

  static Condition condition(const QuestionId& id, const Rulebook::Atom& atom) {
    if (atom.option.text.empty()) return {InRange{id, atom.least, atom.most}};
    return {AnyOption{id, {atom.option}}};
  }

  /// What an option makes of itself alone: not ticked, not sure, ticked.
  std::vector<Diagrams::Ref> each_tick(const QuestionId& id, const OptionId& option) {
    std::vector<Diagrams::Ref> truths;
    for (const Ticks& ticks : {Ticks{}, Ticks{{}, {option}}, Ticks{{option}, {}}}) {
      const backplan::Truth truth = asked({AnyOption{id, {option}}}, id, ticks);
      truths.push_back(d_.constant(static_cast<int>(truth.least)));
    }
    return truths;
  }

  Diagrams::Ref answered(int variable, int if_not, Diagrams::Ref ticked) {
    return d_.choice(variable, {d_.constant(if_not), ticked});
  }

  Everybody& everybody_;
  Diagrams& d_;
  const Rulebook& book_;
};

/// One rule for everybody.
struct RuleForAll {
  const Rule* rule;
  TruthForAll truth;
};

inline std::vector<TruthForAll> truths_for_all(Everybody& everybody, const Rulebook& book) {
  std::vector<TruthForAll> truths;
  evaluate_in(ForAll(everybody, book), book, truths);
  return truths;
}

inline TruthForAll for_all(Everybody& everybody, const Condition& condition) {
  const Rulebook book(condition);
  return truths_for_all(everybody, book)[book.roots().front()];
}

inline std::vector<RuleForAll> for_all(Everybody& everybody, std::span<const Rule> rules) {
  const Rulebook book(rules);
  const std::vector<TruthForAll> truths = truths_for_all(everybody, book);
  std::vector<RuleForAll> all;
  for (std::size_t i = 0; i < rules.size(); ++i) all.push_back({&rules[i], truths[book.roots()[i]]});
  return all;
}

inline std::vector<RuleForAll> all_rules(Everybody& everybody) {
  return for_all(everybody, everybody.catalog().rules);
}

}  // namespace backplan::proof
