#include "backplan/questionnaire.hpp"

#include <algorithm>

namespace backplan {
namespace {

bool offers(const Question& question, const OptionId& id) {
  return std::ranges::find(question.options, id, &Option::id) != question.options.end();
}

bool offers(const Question& question, const std::set<OptionId>& ids) {
  return std::ranges::all_of(ids, [&](const OptionId& id) { return offers(question, id); });
}

}  // namespace

bool accepts(const Question& question, const Value& value) {
  if (std::holds_alternative<Unsure>(value)) return true;
  switch (question.kind) {
    case QuestionKind::scale:
    case QuestionKind::choice: {
      const OptionId* option = std::get_if<OptionId>(&value);
      return option && offers(question, *option);
    }
    case QuestionKind::checklist: {
      const Ticks* ticks = std::get_if<Ticks>(&value);
      return ticks && offers(question, ticks->yes) && offers(question, ticks->unsure);
    }
    case QuestionKind::number: {
      const int* number = std::get_if<int>(&value);
      return number && question.least <= *number && *number <= question.most;
    }
  }
  return false;
}

Value counted(const Question& question, Value value) {
  if (question.unsure_as && std::holds_alternative<Unsure>(value)) return *question.unsure_as;
  return value;
}

const Question* find(std::span<const Question> questions, const QuestionId& id) {
  const auto found = std::ranges::find(questions, id, &Question::id);
  return found == questions.end() ? nullptr : &*found;
}

}  // namespace backplan
