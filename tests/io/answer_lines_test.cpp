#include "io/answer_lines.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "backplan/catalog.hpp"
#include "io/words.hpp"
#include "proof/people.hpp"

namespace backplan {
namespace {

const Catalog& library() {
  static const Catalog catalog = parse_catalog(builtin_documents());
  return catalog;
}

nlohmann::json as_json(const Value& value) {
  if (const int* number = std::get_if<int>(&value)) return *number;
  if (const auto* option = std::get_if<OptionId>(&value)) return option->text;
  const auto* ticks = std::get_if<Ticks>(&value);
  if (!ticks) return "unsure";
  nlohmann::json list = nlohmann::json::array();
  for (const OptionId& id : ticks->yes) list.push_back(id.text);
  for (const OptionId& id : ticks->unsure) list.push_back(id.text + "?");
  return list.empty() ? nlohmann::json("none") : list;
}

std::string as_line(const Answers& answers) {
  nlohmann::json sheet = nlohmann::json::object();
  for (const auto& [question, value] : answers) sheet[question.text] = as_json(value);
  return sheet.dump();
}

bool same(const Sheet& a, const Sheet& b) {
  return a.yes == b.yes && a.unsure == b.unsure && a.answered == b.answered;
}

TEST_CASE("a line says what the same text says as an answer sheet") {
  const Compiled compiled(library().questions, library().rules);
  AnswerLineReader reader(compiled);
  People people(library().questions, 7);
  for (int i = 0; i < 300; ++i) {
    const std::string line = as_line(people.draw({0.2, 0.1, 0.2}));
    INFO(line);
    std::string padded = line + std::string(AnswerLineReader::padding, ' ');
    REQUIRE(reader.read(std::string_view(padded).substr(0, line.size())));
    CHECK(same(reader.sheet(), compiled.pack(parse_answers({"line", line}, library().questions))));
  }
}

TEST_CASE("what is refused as an answer sheet is refused as a line, and the other way round") {
  const Compiled compiled(library().questions, library().rules);
  AnswerLineReader reader(compiled);
  for (const std::string value :
       {"1", "0", "120", "121", "-1", "-0", "1.0", "1e1", "010", "\"34\"", "\"unsure\"", "\"none\"", "\"yes\"",
        "\"no\"", "true", "null", "[]", "{}", "[1]", "[\"knees\"]", "\"knees\"", "[\"knees?\"]", "\"knees?\"",
        "[\"knees\",\"knees\"]", "[\"knees\",\"knees?\"]", "[\"none\"]", "[\"unsure\"]", "[\"?\"]", "[null]",
        "\"stiff-only\"", "\"Stiff-only\"", "[\"stiff-only\"]", "[[\"knees\"]]", "99999999999999999999"}) {
    for (const std::string question : {"age", "severity", "movement-limits", "complaint", "aorta-risk", "pregnancy",
                                       "already-checked", "nothing-like-it"}) {
      const std::string line = "{\"" + question + "\": " + value + "}";
      INFO(line);
      bool sheet = true;
      try {
        parse_answers({"line", line}, library().questions);
      } catch (const InputError&) {
        sheet = false;
      }
      std::string padded = line + std::string(AnswerLineReader::padding, ' ');
      CHECK(reader.read(std::string_view(padded).substr(0, line.size())) == sheet);
    }
  }
}

TEST_CASE("words are found by their place, and near misses are not") {
  const Words words({"a", "ab", "age", "aged", "seven77", "eight888", "first-middle-last", "first-muddle-last"});
  for (std::size_t i = 0; i < words.all().size(); ++i) CHECK(words.find(words.all()[i]) == i);
  for (const char* word : {"", "b", "ba", "agee", "seven78", "eight889", "first-maddle-last", "first-middle-lastt"}) {
    INFO(word);
    CHECK(words.find(word) == Words::none);
  }
}

}  // namespace
}  // namespace backplan
