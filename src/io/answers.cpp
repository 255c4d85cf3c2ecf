#include "io/answers.hpp"

#include <algorithm>

#include "backplan/contradiction.hpp"

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

/// What a sheet says, and, for an option, in the words of the question.
struct Words {
  std::string ids;
  std::string texts;

  void add(const std::string& id, const std::string& text) {
    ids += (ids.empty() ? "'" : ", '") + id + "'";
    texts += (texts.empty() ? "" : "; ") + text;
  }
};

Words words_of(const Question& question, const Value& value) {
  Words words;
  const Ticks* ticks = std::get_if<Ticks>(&value);
  for (const Option& option : question.options) {
    if (ticks && ticks->unsure.contains(option.id))
      words.add(option.id.text + "?", "not sure: " + option.text);
    const bool yes = ticks ? ticks->yes.contains(option.id) : value == Value{option.id};
    if (yes) words.add(option.id.text, option.text);
  }
  if (ticks && words.ids.empty()) words.add("none", "none of these");
  if (std::holds_alternative<Unsure>(value)) words.add("unsure", "not sure");
  if (const int* number = std::get_if<int>(&value)) words.ids = "'" + std::to_string(*number) + "'";
  return words;
}

std::string quoted(const Question& question, const Value& value) {
  const Words words = words_of(question, value);
  return words.ids + (words.texts.empty() ? "" : " (" + words.texts + ")");
}

/// Takes over what is in `more`, also where `all` has something else.
template <class Map>
void put_over(Map more, Map& all) {
  more.merge(all);
  all = std::move(more);
}

/// Reads one more sheet, which counts more than those before.
void read_sheet(const Document& document, std::span<const Question> questions, Answers& answers,
                Places& places, std::vector<Diagnostic>& mistakes) {
  static const std::vector<std::string> reserved{"schema"};
  static const std::vector<std::string> schemas{"backplan/answers/1"};
  Reader reader(document.name);
  const auto root = yaml::parse(document, reader.mistakes());
  if (root && root->kind == Node::Kind::map) {
    yaml::Fields fields(*root, "", reader);
    if (fields.find("schema")) fields.word("schema", schemas);
  }
  if (root) {
    put_over(read_answers(*root, questions, reader, reserved), answers);
    put_over(places_of(*root, reader), places);
  }
  mistakes.insert(mistakes.end(), reader.mistakes().begin(), reader.mistakes().end());
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

Diagnostic diagnostic(const Contradiction& contradiction, const Answers& answers,
                      std::span<const Question> questions) {
  std::string text;
  const auto add = [&](const QuestionId& id) { text += quoted(*find(questions, id), answers.at(id)); };
  add(contradiction.question);
  for (const QuestionId& id : contradiction.gate) {
    text += (id == *contradiction.gate.begin() ? " does not go with " : " and ") + id.text + ": ";
    add(id);
  }
  return {{}, contradiction.question.text, text, "change one of them"};
}

Places places_of(const Node& map, const Reader& reader) {
  Places places;
  for (const auto& [key, value] : map.entries) {
    if (value.kind != Node::Kind::null) places[{key.text}] = {reader.file(), value.line, value.column};
  }
  return places;
}

void check_together(const Answers& answers, const Catalog& catalog, const Places& places,
                    std::vector<Diagnostic>& mistakes) {
  for (const Contradiction& each : contradictions(catalog.questions, catalog.rules, answers)) {
    mistakes.push_back(diagnostic(each, answers, catalog.questions));
    mistakes.back().at = places.at(each.question);
  }
}

Answers parse_answers(std::span<const Document> documents, const Catalog& catalog) {
  Answers answers;
  Places places;
  std::vector<Diagnostic> mistakes;
  for (const Document& document : documents) {
    read_sheet(document, catalog.questions, answers, places, mistakes);
  }
  check_together(answers, catalog, places, mistakes);
  if (!mistakes.empty()) throw InputError(std::move(mistakes));
  return answers;
}

Answers parse_answers(const Document& document, const Catalog& catalog) {
  return parse_answers(std::span(&document, 1), catalog);
}

}  // namespace backplan
