#include "io/answers.hpp"

#include <algorithm>
#include <array>

#include "backplan/contradiction.hpp"
#include "io/utf8.hpp"

namespace backplan {
namespace {

using yaml::Node;
using yaml::Reader;

bool has(const std::vector<std::string>& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

/// The options, and the words that are answers of their own.
std::vector<std::string> known_words(const Question& question) {
  std::vector<std::string> words;
  for (const Option& option : question.options) words.push_back(option.id.text);
  if (question.kind == QuestionKind::checklist) words.emplace_back("none");
  words.emplace_back("unsure");
  return words;
}

/// What some programs and people write for words that we know.
constexpr std::array<std::array<std::string_view, 3>, 4> other_names{{
    {"yes", "yes", ",y,true,on,1,"},
    {"no", "none", ",n,no,false,off,0,nothing,na,n/a,null,nil,"},
    {"unsure", "unsure", ",not-sure,dont-know,don't-know,do-not-know,unknown,maybe,?,"},
    {"none", "no", ",none,nothing,"},
}};

/// The word that `word` was probably meant to be, or "".
std::string meant_word(const Question& question, std::string_view word) {
  const std::vector<std::string> known = known_words(question);
  std::string near = nearest(word, known);
  const std::string listed = "," + folded(word) + ",";
  for (const auto& [name, or_else, others] : other_names) {
    if (!near.empty() || others.find(listed) == std::string_view::npos) continue;
    if (has(known, name)) return std::string(name);
    if (has(known, or_else)) return std::string(or_else);
  }
  return near;
}

/// The way out of an answer that is none. `among`: how many stand in its list; 0 without a list.
std::string hint_for(const Question& question, const Node& node, std::size_t among) {
  std::string number = yaml::number_hint(node, question.least, question.most);
  if (question.kind == QuestionKind::number && !number.empty()) return number;
  const std::string meant = meant_word(question, node.text);
  if (meant.empty()) return expected_answer(question);
  const bool whole = meant == "none" || meant == "unsure";  // about all options at once
  if (whole && among == 1) return "write " + meant + ", not [" + shortened(node.text) + "]";
  if (whole && among > 1) return "leave it out, or write " + meant + " alone";
  return "did you mean '" + meant + "'?";
}

std::optional<OptionId> option(const Node& node, const std::string& word, const Question& question,
                               Reader& reader, std::size_t among = 0) {
  if (std::ranges::find(question.options, OptionId{word}, &Option::id) != question.options.end()) {
    return OptionId{word};
  }
  reader.note(node, question.id.text, in_quotes(node.text) + " is not an answer",
              hint_for(question, node, among));
  return std::nullopt;
}

/// One ticked option; a question mark at its end says "not sure about this one".
void tick(const Node& node, const Question& question, Reader& reader, Ticks& ticks, std::size_t among = 0) {
  std::string word = reader.text(node, question.id.text);
  if (word.empty() && node.kind != Node::Kind::scalar) return;  // not text, and noted as that
  const bool unsure = word.ends_with('?');
  if (unsure) word.pop_back();
  const auto id = option(node, word, question, reader, among);
  if (!id) return;
  if (ticks.yes.contains(*id) || ticks.unsure.contains(*id)) {
    reader.note(node, question.id.text, in_quotes(word) + " is given twice", "keep one of them");
  }
  (unsure ? ticks.unsure : ticks.yes).insert(*id);
}

std::optional<Value> read_ticks(const Node& node, const Question& question, Reader& reader) {
  Ticks ticks;
  if (node.kind == Node::Kind::scalar) {
    if (node.text != "none") tick(node, question, reader, ticks);
    return ticks;
  }
  if (node.items.empty()) {
    reader.note(node, question.id.text, "an empty list", "write none for none of these");
    return std::nullopt;
  }
  for (const Node& item : node.items) tick(item, question, reader, ticks, node.items.size());
  return ticks;
}

/// What a sheet says, and, for an option, in the words of the question.
struct Quoted {
  std::string ids;
  std::string texts;

  void add(const std::string& id, const std::string& text) {
    ids += (ids.empty() ? "'" : ", '") + id + "'";
    texts += (texts.empty() ? "" : "; ") + text;
  }
};

Quoted quoted_parts(const Question& question, const Value& value) {
  Quoted words;
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
  const Quoted words = quoted_parts(question, value);
  return words.ids + (words.texts.empty() ? "" : " (" + words.texts + ")");
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

namespace {

/// Of a list where one word is wanted: the word in it, when it would do.
std::string hint_instead(const Node& node, const Question& question) {
  if (node.items.size() == 1 && node.items[0].kind == Node::Kind::scalar) {
    Reader reader("");
    const std::string& word = node.items[0].text;
    if (read_answer(node.items[0], question, reader)) return "write " + word + ", not [" + word + "]";
  }
  return expected_answer(question);
}

}  // namespace

std::optional<Value> read_answer(const Node& node, const Question& question, Reader& reader) {
  const bool list = node.kind == Node::Kind::list && question.kind == QuestionKind::checklist;
  if (node.kind != Node::Kind::scalar && !list) {
    reader.note(node, question.id.text, "not an answer", hint_instead(node, question));
    return std::nullopt;
  }
  if (node.text == "unsure") return counted(question, Unsure{});
  if (question.kind == QuestionKind::checklist) return read_ticks(node, question, reader);
  const auto number = yaml::number_of(node);
  if (number && accepts(question, *number)) return *number;
  return option(node, node.text, question, reader);
}

Answers read_answers(const Node& map, std::span<const Question> questions, Reader& reader,
                     std::span<const std::string> reserved) {
  if (map.kind != Node::Kind::map) {
    reader.note(map, "", "must be a map of questions to answers" + yaml::instead(map),
                "write lines such as age: 34");
    return {};
  }
  Answers answers;
  for (const auto& [key, node] : map.entries) {
    if (std::ranges::find(reserved, key.text) != reserved.end()) continue;
    const Question* question = find(questions, QuestionId{key.text});
    if (!question) {
      std::vector<std::string> known;
      for (const Question& each : questions) known.push_back(each.id.text);
      reader.note(key, shortened(key.text), "unknown question", yaml::suggestion(key.text, known));
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
                    Mistakes& mistakes) {
  for (const Contradiction& each : contradictions(catalog.questions, catalog.rules, answers)) {
    Diagnostic mistake = diagnostic(each, answers, catalog.questions);
    mistake.at = places.at(each.question);
    mistakes.push_back(std::move(mistake));
  }
}

void check_together(const AnswerSheet& sheet, const Catalog& catalog) {
  Mistakes mistakes;
  check_together(sheet.answers, catalog, sheet.places, mistakes);
  if (!mistakes.empty()) throw InputError(mistakes.all());
}

AnswerSheet read_sheet(const Node& map, std::span<const Question> questions, Reader& reader) {
  static const std::vector<std::string> reserved{"schema"};
  AnswerSheet sheet{read_answers(map, questions, reader, reserved), places_of(map, reader)};
  if (!reader.mistakes().empty()) throw InputError(reader.mistakes().all());
  return sheet;
}

AnswerSheet read_sheet(const Document& document, std::span<const Question> questions) {
  static const std::vector<std::string> schemas{"backplan/answers/1"};
  Reader reader(document.name);
  const auto root = yaml::parse(document, reader.mistakes());
  if (!root) throw InputError(reader.mistakes().all());
  if (root->kind == Node::Kind::map) {
    yaml::Fields fields(*root, "", reader);
    if (fields.find("schema")) fields.word("schema", schemas);
  }
  return read_sheet(*root, questions, reader);
}

void put_over(AnswerSheet more, AnswerSheet& all) {
  more.answers.merge(all.answers);
  more.places.merge(all.places);
  all = std::move(more);
}

Answers parse_answers(std::span<const Document> documents, const Catalog& catalog) {
  AnswerSheet sheet;
  for (const Document& document : documents) put_over(read_sheet(document, catalog.questions), sheet);
  check_together(sheet, catalog);
  return sheet.answers;
}

Answers parse_answers(const Document& document, const Catalog& catalog) {
  return parse_answers(std::span(&document, 1), catalog);
}

}  // namespace backplan
