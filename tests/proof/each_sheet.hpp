#pragma once

#include <optional>
#include <random>
#include <set>
#include <vector>

#include "backplan/questionnaire.hpp"
#include "proof/each_condition.hpp"

namespace backplan::proof {

/// All that can be ticked among `options`: no, not sure and yes of each.
inline std::vector<Value> all_ticks(const std::set<OptionId>& options) {
  std::vector<Ticks> all{Ticks{}};
  for (const OptionId& option : options) {
    const std::size_t before = all.size();
    for (std::size_t i = 0; i < before; ++i) {
      all.push_back(all[i]);
      all.back().unsure.insert(option);
      all.push_back(all[i]);
      all.back().yes.insert(option);
    }
  }
  return {all.begin(), all.end()};
}

/// The answers to one question between which `rule` can tell; none stands for silence.
inline std::vector<std::optional<Value>> answers_to(const Question& question, const Rule& rule) {
  std::set<OptionId> options;
  std::set<int> numbers{question.least};
  each_condition(rule.when, [&](const Condition& condition) {
    const auto* test = std::get_if<AnyOption>(&condition.test);
    if (test && test->question == question.id) options.insert(test->options.begin(), test->options.end());
    const auto* range = std::get_if<InRange>(&condition.test);
    if (!range || range->question != question.id) return;
    numbers.insert({range->least - 1, range->least, range->most, range->most + 1});
  });
  std::vector<std::optional<Value>> all{std::nullopt, Value{Unsure{}}};
  if (question.kind == QuestionKind::checklist) {
    for (const Value& value : all_ticks(options)) all.emplace_back(value);
  } else if (question.kind == QuestionKind::number) {
    for (const int number : numbers) {
      if (accepts(question, number)) all.emplace_back(Value{number});
    }
  } else {
    for (const Option& option : question.options) all.emplace_back(Value{option.id});
  }
  return all;
}

struct Walked {
  std::size_t sheets = 0;
  bool whole = true;  ///< all that there are, and not only some of them
};

/// Shows `visit` all answers to the questions of a rule; when they are more than `most`, so many drawn at
/// random.
template <class Visit>
Walked each_sheet(std::span<const Question> questions, const Rule& rule, std::size_t most, Visit visit) {
  std::vector<QuestionId> ids;
  std::vector<std::vector<std::optional<Value>>> choices;
  double size = 1;
  for (const QuestionId& id : questions_of(rule.when)) {
    ids.push_back(id);
    choices.push_back(answers_to(*find(questions, id), rule));
    size *= static_cast<double>(choices.back().size());
  }
  Walked walked{.whole = size <= static_cast<double>(most)};
  std::mt19937 random(7);
  for (std::size_t n = 0; n < (walked.whole ? static_cast<std::size_t>(size) : most); ++n) {
    Answers answers;
    std::size_t rest = n;
    for (std::size_t i = 0; i < ids.size(); ++i) {
      const auto& value = choices[i][(walked.whole ? rest : random()) % choices[i].size()];
      rest /= choices[i].size();
      if (value) answers.emplace(ids[i], *value);
    }
    visit(answers);
    ++walked.sheets;
  }
  return walked;
}

}  // namespace backplan::proof
