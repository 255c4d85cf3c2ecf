#include "io/answers.hpp"

#include <algorithm>

namespace backplan {
namespace {

using yaml::Node;
using yaml::Reader;

std::vector<std::string> option_names(const Question& question) {
  std::vector<std::string> names;
  for (const Option& option : question.options) names.push_back(option.id.text);
  return names;
}

std::optional<OptionId> option(const Node& node, const std::string& word, const Question& question,
                               Reader& reader) {
  const std::vector<std::string> names = option_names(question);
  if (std::ranges::find(names, word) != names.end()) return OptionId{word};
  const std::string near = yaml::suggestion(word, names);
  reader.note(node, question.id.text, "'" + word + "' is not an answer",
              near.empty() ? expected_answer(question) : near);
  return std::nullopt;
}

/// One ticked option; a question mark at its end says "not sure about this one".
void tick(const Node& node, const Question& question, Reader& reader, Ticks& ticks) {
  std::string word = reader.text(node, question.id.text);
  if (word.empty() && node.kind != Node::Kind::scalar) return;  // not text, and noted as that
  const bool unsure = word.ends_with('?');
  if (unsure) word.pop_back();
  const auto id = option(node, word, question, reader);
  if (!id) return;
  if (ticks.yes.contains(*id) || ticks.unsure.contains(*id)) {
    reader.note(node, question.id.text, "'" + word + "' is given twice", "keep one of them");
  }
  (unsure ? ticks.unsure : ticks.yes).insert(*id);
}

std::optional<Value> read_ticks(const Node& node, const Question& question, Reader& reader) {
  Ticks ticks;
  if (node.kind == Node::Kind::scalar) {
    if (node.text == "none") return ticks;
    tick(node, question, reader, ticks);
    return ticks;
  }
  if (node.kind != Node::Kind::list) {
    reader.note(node, question.id.text, "not an answer", expected_answer(question));
    return std::nullopt;
  }
  if (node.items.empty()) {
    reader.note(node, question.id.text, "an empty list", "write none for none of these");
    return std::nullopt;
  }
  for (const Node& item : node.items) tick(item, question, reader, ticks);
  return ticks;
}

}  // namespace

std::string expected_answer(const Question& question) {
  if (question.kind == QuestionKind::number) {
    return "answer with a whole number from " + std::to_string(question.least) + " to " +
           std::to_string(question.most) + ", or unsure";
  }
  if (question.kind == QuestionKind::checklist) {
    return "answer with none, unsure, or a list of its options";
  }
  std::string words;
  for (const Option& option : question.options) words += option.id.text + ", ";
  return "answer with " + words + "or unsure";
}

std::optional<Value> read_answer(const Node& node, const Question& question, Reader& reader) {
  const bool unsure = node.kind == Node::Kind::scalar && node.text == "unsure";
  if (unsure) return counted(question, Unsure{});
  if (question.kind == QuestionKind::checklist) return read_ticks(node, question, reader);
  if (node.kind != Node::Kind::scalar) {
    reader.note(node, question.id.text, "not an answer", expected_answer(question));
    return std::nullopt;
  }
  if (question.kind == QuestionKind::number) {
    const auto number = node.quoted ? std::nullopt : yaml::whole_number(node.text);
    if (number && accepts(question, *number)) return *number;
    reader.note(node, question.id.text, "'" + node.text + "' is not an answer", expected_answer(question));
    return std::nullopt;
  }
  return option(node, node.text, question, reader);
}

Answers read_answers(const Node& map, std::span<const Question> questions, Reader& reader,
                     std::span<const std::string> reserved) {
  if (map.kind != Node::Kind::map) {
    reader.note(map, "", "must be a map of questions to answers", "write lines such as age: 34");
    return {};
  }
  Answers answers;
  for (const auto& [key, node] : map.entries) {
    if (std::ranges::find(reserved, key.text) != reserved.end()) continue;
    const Question* question = find(questions, QuestionId{key.text});
    if (!question) {
      std::vector<std::string> known;
      for (const Question& each : questions) known.push_back(each.id.text);
      reader.note(key, key.text, "unknown question", yaml::suggestion(key.text, known));
      continue;
    }
    if (node.kind == Node::Kind::null) continue;
    if (const auto value = read_answer(node, *question, reader)) {
      answers.emplace(question->id, *value);
    }
  }
  return answers;
}

Answers parse_answers(const Document& document, std::span<const Question> questions) {
  Reader reader(document.name);
  const auto root = yaml::parse(document, reader.mistakes());
  if (!root) throw InputError(reader.mistakes());
  static const std::vector<std::string> reserved{"schema"};
  if (root->kind == Node::Kind::map) {
    yaml::Fields fields(*root, "", reader);
    static const std::vector<std::string> schemas{"backplan/answers/1"};
    if (fields.find("schema")) fields.word("schema", schemas);
  }
  Answers answers = read_answers(*root, questions, reader, reserved);
  if (!reader.mistakes().empty()) throw InputError(reader.mistakes());
  return answers;
}

}  // namespace backplan
