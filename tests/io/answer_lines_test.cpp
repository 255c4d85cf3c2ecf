#include "io/answer_lines.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <random>
#include <set>

#include "backplan/catalog.hpp"
#include "core/cohort.hpp"
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

bool same(Sheet a, Sheet b) {
  for (Sheet* sheet : {&a, &b}) {
    for (auto* list : {&sheet->yes, &sheet->unsure}) std::ranges::sort(*list);
    for (auto* list : {&sheet->answered, &sheet->reporting}) std::ranges::sort(*list);
  }
  return a.yes == b.yes && a.unsure == b.unsure && a.answered == b.answered && a.reporting == b.reporting;
}

/// What a reader says of a line, in words.
std::string reading(AnswerLineReader& reader, const std::string& line) {
  const std::string padded = line + std::string(AnswerLineReader::padding, '"');
  if (!reader.read(std::string_view(padded).substr(0, line.size()))) {
    return std::string(reader.id()) + " error: " + reader.error();
  }
  std::string said(reader.id());
  const Sheet& sheet = reader.sheet();
  const auto add = [&](auto list) {
    std::ranges::sort(list);
    for (const auto index : list) said += " " + std::to_string(index);
    said += ";";
  };
  add(sheet.yes);
  add(sheet.unsure);
  add(sheet.answered);
  add(sheet.reporting);
  return said;
}

/// The same text with its first letter in quotes written as \u00XX. Such a line is read exactly.
std::string spelled_out(std::string line) {
  const std::size_t quote = line.find('"');
  const char letter = quote == std::string::npos || quote + 1 == line.size() ? ' ' : line[quote + 1];
  if (letter < 'a' || letter > 'z') return line;
  constexpr const char* digits = "0123456789abcdef";
  return line.replace(quote + 1, 1, std::string(R"(\u00)") + digits[letter / 16] + digits[letter % 16]);
}

TEST_CASE("the fast road says what the exact one says") {
  const Compiled compiled(library().questions, library().rules);
  AnswerLineReader fast(compiled);
  AnswerLineReader exact(compiled);
  const auto same = [&](const std::string& line) {
    INFO(line);
    CHECK(reading(fast, line) == reading(exact, spelled_out(line)));
  };
  for (const char* line : {R"({"age":34})",
                           R"({"age":34} {"age":34})",
                           R"({"age":34}x)",
                           R"({"age":34)",
                           R"({"age":34,})",
                           R"({"aorta-risk":"no"})",
                           R"({"aorta-risk":"no":"no"})",
                           R"({"aorta-risk":"no" "no"})",
                           R"({"aorta-risk":"no"x})",
                           R"({"aorta-risk" "no"})",
                           R"({"aorta-risk":"no","aorta-risk":"no"})",
                           R"({"aorta-risk":"no","aorta-risk":null})",
                           R"({"aorta-risk":null,"aorta-risk":"no"})",
                           R"({"aorta-risk":"n\u006f"})",
                           R"({"aorta-risk":"no","\u0061orta-risk":"no"})",
                           R"({"id":"\u0061"})",
                           R"( { "aorta-risk" : "no" , "age" : 34 } )",
                           R"({"aorta-risk":["no"]})",
                           R"({"aorta-risk":{"no":1}})",
                           R"({"injury":"none","age":"unsure"})",
                           R"({"injury":["none"]})",
                           R"({"injury":[]})",
                           R"({"injury":[[]]})",
                           R"({"injury":"none"]})",
                           R"(["injury"])",
                           R"("injury")",
                           R"({"age":[34]})",
                           R"({"age":tru})",
                           R"({"age":nul})",
                           R"({"age":34.0})",
                           R"({"age":034})",
                           R"({"age":-1})",
                           R"({"age":1e1})",
                           R"({"schema":"backplan/answers/1","age":1})",
                           R"({"schema":"backplan/answers/1","schema":1})",
                           R"({"id":18446744073709551615,"age":1})",
                           R"({"id":18446744073709551616})",
                           R"({"id":"","age":1})"}) {
    same(line);
  }
}

TEST_CASE("the fast road says what the exact one says of spoilt lines") {
  const Compiled compiled(library().questions, library().rules);
  AnswerLineReader fast(compiled);
  AnswerLineReader exact(compiled);
  People people(library().questions, 11);
  std::mt19937 random(12);
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random()) % n; };
  const std::string odd =
      "{}[]\",:? \t\x01\xff\\\xc3\xa9"
      "0a-";
  std::size_t good = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string line = as_line(people.draw({0.2, 0.6, 0.2}));
    for (std::size_t spoilt = below(3); spoilt > 0 && !line.empty(); --spoilt) {
      const std::size_t at = below(line.size());
      const std::size_t length = std::min(below(12), line.size() - at);
      switch (below(3)) {
        case 0:
          line.replace(at, 1, 1, odd[below(odd.size())]);
          break;
        case 1:
          line.insert(at, line.substr(below(line.size()), length));
          break;
        default:
          line.erase(at, length);
      }
    }
    const std::string said = reading(fast, line);
    INFO(line);
    REQUIRE(said == reading(exact, spelled_out(line)));
    if (said.find("error") == std::string::npos) ++good;
  }
  CHECK(good > 5000);  // both kinds are there
  CHECK(good < 15000);
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
    CHECK(same(reader.sheet(), compiled.sheet(parse_answers({"line", line}, library()))));
  }
}

TEST_CASE("what is refused as an answer sheet is refused as a line, and the other way round") {
  const Compiled compiled(library().questions, library().rules);
  AnswerLineReader reader(compiled);
  for (const std::string value : {"1",
                                  "0",
                                  "120",
                                  "121",
                                  "-1",
                                  "-0",
                                  "1.0",
                                  "1e1",
                                  "010",
                                  "\"34\"",
                                  "\"unsure\"",
                                  "\"none\"",
                                  "\"yes\"",
                                  "\"no\"",
                                  "true",
                                  "null",
                                  "[]",
                                  "{}",
                                  "[1]",
                                  "[\"knees\"]",
                                  "\"knees\"",
                                  "[\"knees?\"]",
                                  "\"knees?\"",
                                  "[\"knees\",\"knees\"]",
                                  "[\"knees\",\"knees?\"]",
                                  "[\"none\"]",
                                  "[\"unsure\"]",
                                  "[\"?\"]",
                                  "[null]",
                                  "\"stiff-only\"",
                                  "\"Stiff-only\"",
                                  "[\"stiff-only\"]",
                                  "[[\"knees\"]]",
                                  "99999999999999999999"}) {
    for (const std::string question : {"age", "severity", "movement-limits", "complaint", "aorta-risk",
                                       "pregnancy", "already-checked", "nothing-like-it"}) {
      const std::string line = "{\"" + question + "\": " + value + "}";
      INFO(line);
      bool sheet = true;
      try {
        parse_answers({"line", line}, library());
      } catch (const InputError&) {
        sheet = false;
      }
      std::string padded = line + std::string(AnswerLineReader::padding, ' ');
      CHECK(reader.read(std::string_view(padded).substr(0, line.size())) == sheet);
    }
  }
}

TEST_CASE("a line that contradicts itself is refused in words in which a file is") {
  const Compiled compiled(library().questions, library().rules);
  AnswerLineReader reader(compiled);
  Cohort cohort(compiled);
  People people(library().questions, 11);
  std::vector<std::string> lines{
      R"({"injury":"older-crash","crack-aftermath":["numb-or-weak?","breath-or-chest?"]})",
      R"({"complaint":"stiff-only","severity":9})", R"({"severity":9,"complaint":"stiff-only"})"};
  for (int i = 0; i < 300; ++i) {
    lines.push_back(as_line(i % 3 == 0 ? people.draw({0.2, 0.05, 0.1}) : people.draw_any({0.2, 0.05, 0.1})));
  }
  std::size_t refused = 0;
  for (const std::string& line : lines) {
    INFO(line);
    std::set<std::string> said;  // all of them, by their place
    try {
      parse_answers({"line", line}, library());
    } catch (const InputError& error) {
      for (const Diagnostic& each : error.diagnostics()) {
        said.insert(each.field + ": " + each.message + "; " + each.hint);
      }
    }
    const std::string padded = line + std::string(AnswerLineReader::padding, ' ');
    const std::string_view text = std::string_view(padded).substr(0, line.size());
    REQUIRE(reader.read(text));
    cohort.clear();
    cohort.add(reader.sheet());
    cohort.screen();
    CHECK(cohort.contradicts(0) == !said.empty());
    if (said.empty()) continue;
    CHECK(said.contains(reader.contradiction(text)));
    ++refused;
  }
  CHECK(refused > 100);
  CHECK(refused < lines.size());
}

TEST_CASE("a line is refused in the words in which a file is") {
  const Compiled compiled(library().questions, library().rules);
  AnswerLineReader reader(compiled);
  for (const std::string question : {"age", "movement-limits", "complaint", "aorta-risk"}) {
    for (const std::string value :
         {R"("41")", "200", "41.0", "true", "{}", "[]", "[41]", R"("None")", R"(["none"])",
          R"(["knees","none"])", R"(["knees","knees"])", R"("No ")", R"("TRUE")", R"("none\u00a0")",
          R"(["no"])", R"("elbow")", R"([["knees"]])", R"([null])"}) {
      const std::string line = "{\"" + question + "\":" + value + "}";
      INFO(line);
      std::string said;
      try {
        parse_answers({"line", line}, library());
      } catch (const InputError& error) {
        const Diagnostic& first = error.diagnostics().front();
        said = first.field + ": " + first.message + (first.hint.empty() ? "" : "; " + first.hint);
      }
      REQUIRE(said != "");
      std::string padded = line + std::string(AnswerLineReader::padding, ' ');
      CHECK_FALSE(reader.read(std::string_view(padded).substr(0, line.size())));
      CHECK(reader.error() == said);
    }
  }
}
}  // namespace
}  // namespace backplan
