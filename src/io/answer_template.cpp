#include "io/document.hpp"

namespace backplan {
namespace {

std::string_view kind_word(QuestionKind kind) {
  switch (kind) {
    case QuestionKind::scale:
      return "scale";
    case QuestionKind::choice:
      return "choice";
    case QuestionKind::checklist:
      return "checklist";
    case QuestionKind::number:
      return "number";
  }
  return "";
}

std::string how_to_answer(const Question& question) {
  switch (question.kind) {
    case QuestionKind::scale:
    case QuestionKind::choice:
      return "one of these, or unsure:";
    case QuestionKind::checklist:
      return "none, unsure, or a list of these such as [" + question.options.front().id.text + "]; \"" +
             question.options.front().id.text + "?\" when not sure of one:";
    case QuestionKind::number:
      return "a whole number from " + std::to_string(question.least) + " to " +
             std::to_string(question.most) + ", or unsure";
  }
  return "";
}

std::string joined(const std::vector<Condition>& conditions, const std::string& word);

/// "complaint: old-pain or new-pain"; of a gate, which counts no points.
std::string in_words(const Condition& gate) {
  if (const auto* all = std::get_if<All>(&gate.test)) return joined(all->of, " and ");
  if (const auto* any = std::get_if<Any>(&gate.test)) return joined(any->of, " or ");
  if (const auto* range = std::get_if<InRange>(&gate.test)) {
    return range->question.text + ": " + std::to_string(range->least) + " to " + std::to_string(range->most);
  }
  const auto& test = std::get<AnyOption>(gate.test);
  std::string words;
  for (const OptionId& option : test.options) words += (words.empty() ? "" : " or ") + option.text;
  return test.question.text + ": " + words;
}

std::string joined(const std::vector<Condition>& conditions, const std::string& word) {
  std::string words;
  for (const Condition& each : conditions) words += (words.empty() ? "(" : word + "(") + in_words(each) + ")";
  return words;
}

std::string commented(const Question& question) {
  std::string lines = "# " + question.ask + "\n# Why: " + question.why + "\n";
  if (question.gate) lines += "# Only with " + in_words(*question.gate) + "; else leave it empty\n";
  lines += "# Answer: " + how_to_answer(question) + "\n";
  for (const Option& option : question.options) {
    lines += "#   " + option.id.text + ": " + option.text + "\n";
  }
  return lines + question.id.text + ":\n\n";
}

std::string as_yaml(std::span<const Question> questions) {
  std::string sheet =
      "# An answer sheet for backplan. Fill in after the colons. A question may stay empty when its\n"
      "# answer can no longer change the advice; `backplan screen -a FILE` names those that are missing.\n"
      "schema: \"backplan/answers/1\"\n\n";
  for (const Question& question : questions) sheet += commented(question);
  sheet.pop_back();
  return sheet;
}

Tree as_tree(std::span<const Question> questions) {
  Tree list = Tree::array();
  for (const Question& question : questions) {
    Tree options = Tree::array();
    for (const Option& option : question.options) {
      options.push_back({{"id", option.id.text}, {"text", option.text}});
    }
    Tree entry{{"id", question.id.text},
               {"ask", question.ask},
               {"kind", kind_word(question.kind)},
               {"options", options},
               {"why", question.why}};
    if (question.kind == QuestionKind::number) {
      entry["least"] = question.least;
      entry["most"] = question.most;
      entry["unit"] = question.unit;
    }
    if (question.gate) entry["only_with"] = in_words(*question.gate);
    list.push_back(std::move(entry));
  }
  return {{"schema", "backplan/questions/1"}, {"questions", list}};
}

}  // namespace

std::string answer_template(std::span<const Question> questions, Format format) {
  return format == Format::json ? to_json(as_tree(questions)) : as_yaml(questions);
}

}  // namespace backplan
