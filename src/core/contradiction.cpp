#include "backplan/contradiction.hpp"

#include <algorithm>

#include "core/evaluate.hpp"

namespace backplan {
namespace {

/// Whether a condition looks at one answer and finds it to be more than "no".
struct Counting {
  using Truth = bool;

  const QuestionId& question;
  const Answers& only;  ///< that answer

  bool leaf(const AnyOption& test) const { return counts(test.question, {test}); }
  bool leaf(const InRange& test) const { return counts(test.question, {test}); }
  static bool all(const std::vector<bool>& parts) { return any(parts); }
  static bool any(const std::vector<bool>& parts) { return std::ranges::find(parts, true) != parts.end(); }
  static bool points(const Points&, const std::vector<bool>& parts) { return any(parts); }

 private:
  bool counts(const QuestionId& asked, const Condition& leaf) const {
    return asked == question && evaluate(leaf, only).least != Tri::no;
  }
};

/// An answer that says that there is nothing, whatever the question takes for granted.
bool says_nothing(const Value& value) {
  const auto* option = std::get_if<OptionId>(&value);
  return std::holds_alternative<int>(value) || value == Value{Ticks{}} || (option && option->text == "no");
}

bool contradicts(const Question& question, std::span<const Rule> rules, const Answers& answers) {
  const auto answer = answers.find(question.id);
  if (!question.gate || answer == answers.end()) return false;
  if (closed(question, answers)) return reports(rules, question.id, answer->second);
  const bool none = answer->second == Value{Ticks{}};
  return question.one_applies && none && evaluate(*question.gate, answers).least == Tri::yes;
}

}  // namespace

bool closed(const Question& question, const Answers& answers) {
  return question.gate && evaluate(*question.gate, answers).most == Tri::no;
}

bool reports(std::span<const Rule> rules, const QuestionId& question, const Value& value) {
  if (!says_nothing(value)) return true;
  const Answers only{{question, value}};
  Counting counting{question, only};
  return std::ranges::any_of(rules, [&](const Rule& rule) { return evaluate_in(counting, rule.when); });
}

std::vector<Contradiction> contradictions(std::span<const Question> questions, std::span<const Rule> rules,
                                          const Answers& answers) {
  std::vector<Contradiction> all;
  for (const Question& question : questions) {
    if (!contradicts(question, rules, answers)) continue;
    std::set<QuestionId> gate = questions_of(*question.gate);
    std::erase_if(gate, [&](const QuestionId& id) { return !answers.contains(id); });
    all.push_back({question.id, std::move(gate)});
  }
  return all;
}

}  // namespace backplan
