#include "backplan/contradiction.hpp"

#include <algorithm>

#include "core/one_person.hpp"
#include "core/says_nothing.hpp"

namespace backplan {
namespace {

/// Whether a rule finds this one answer to be more than "no".
bool counts(const Rulebook& rules, const QuestionId& question, const Value& value) {
  const std::vector<Truth> truths = evaluate(rules, {{question, value}});
  return std::ranges::any_of(std::span(truths).first(rules.atoms().size()),
                             [](Truth truth) { return truth.least != Tri::no; });
}

bool reports(const Rulebook& rules, const QuestionId& question, const Value& value) {
  return !says_nothing(value) || counts(rules, question, value);
}

bool contradicts(const Question& question, const Rulebook& rules, const Answers& answers) {
  const auto answer = answers.find(question.id);
  if (!question.gate || answer == answers.end()) return false;
  if (closed(question, answers)) return reports(rules, question.id, answer->second);
  const bool none = answer->second == Value{Ticks{}};
  return question.one_applies && none && evaluate(*question.gate, answers).least == Tri::yes;
}

}  // namespace

bool says_nothing(const Value& value) {
  const auto* option = std::get_if<OptionId>(&value);
  return std::holds_alternative<int>(value) || value == Value{Ticks{}} || (option && option->text == "no");
}

bool closed(const Question& question, const Answers& answers) {
  return question.gate && evaluate(*question.gate, answers).most == Tri::no;
}

bool reports(std::span<const Rule> rules, const QuestionId& question, const Value& value) {
  return reports(Rulebook(rules), question, value);
}

std::vector<Contradiction> contradictions(std::span<const Question> questions, std::span<const Rule> rules,
                                          const Answers& answers) {
  const Rulebook book(rules);
  std::vector<Contradiction> all;
  for (const Question& question : questions) {
    if (!contradicts(question, book, answers)) continue;
    std::set<QuestionId> gate = questions_of(*question.gate);
    std::erase_if(gate, [&](const QuestionId& id) { return !answers.contains(id); });
    all.push_back({question.id, std::move(gate)});
  }
  return all;
}

}  // namespace backplan
