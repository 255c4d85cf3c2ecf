// The shipped rules must meet tables that were written without them: floors.txt, exclusions.csv,
// techniques.csv and must_ask.txt, beside this file.

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "backplan/catalog.hpp"
#include "backplan/report.hpp"
#include "backplan/screening.hpp"

namespace backplan {
namespace {

const Catalog& shipped() {
  static const Catalog catalog = parse_catalog(builtin_documents());
  return catalog;
}

/// An answer sheet of somebody of 35 with nothing to report; a fragment of YAML overrides it.
Answers sheet(const std::string& fragment) {
  Answers answers;
  for (const Question& question : shipped().questions) {
    switch (question.kind) {
      case QuestionKind::scale:
      case QuestionKind::choice: answers[question.id] = question.options.front().id; break;
      case QuestionKind::checklist: answers[question.id] = Ticks{}; break;
      case QuestionKind::number: answers[question.id] = question.id.text == "age" ? 35 : 0; break;
    }
  }
  answers[{"already-checked"}] = OptionId{"no"};
  for (const auto& [id, value] : parse_answers({"fragment", fragment}, shipped().questions)) {
    answers[id] = value;
  }
  return answers;
}

std::vector<std::string> lines_of(const std::string& file) {
  std::ifstream stream(std::string(SOURCE_DIR "/tests/spec/") + file);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) {
    if (!line.empty() && line.front() != '#') lines.push_back(line);
  }
  return lines;
}

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(' ');
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

/// The first `count - 1` fields of a line, and the rest.
std::vector<std::string> split(const std::string& line, char by, std::size_t count) {
  std::vector<std::string> fields;
  std::size_t start = 0;
  while (fields.size() + 1 < count) {
    const auto end = line.find(by, start);
    if (end == std::string::npos) break;
    fields.push_back(trimmed(line.substr(start, end - start)));
    start = end + 1;
  }
  fields.push_back(trimmed(line.substr(start)));
  return fields;
}

int rank(const std::string& level) {
  for (int i = 0; i <= 4; ++i) {
    if (name(static_cast<Disposition>(i)) == level) return i;
  }
  FAIL("unknown level " << level);
  return -1;
}

TEST_CASE("no answer leads to milder advice than the clinical reference asks for") {
  const auto lines = lines_of("floors.txt");
  CHECK(lines.size() > 150);
  for (const std::string& line : lines) {
    INFO(line);
    const auto fields = split(line, '|', 4);
    REQUIRE(fields.size() == 4);
    const Screening screening = screen(assess(shipped().rules, sheet(fields[3])));
    const int level = static_cast<int>(screening.total.disposition);
    INFO("level " << name(screening.total.disposition));
    CHECK(level >= rank(fields[1]));
    if (fields[2] != "-") CHECK(level <= rank(fields[2]));
    CHECK(complete(screening));
  }
}

TEST_CASE("every cell of the matrix of conditions and demands is kept") {
  const auto lines = lines_of("exclusions.csv");
  REQUIRE(lines.size() >= 38);
  const auto header = split(lines.front(), ',', 16);
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const auto fields = split(lines[i], ',', 16);
    REQUIRE(fields.size() == 16);
    if (fields[0] == "R39") continue;  // no plan at all: a level, in floors.txt
    std::string fragment = fields[15];
    std::erase(fragment, '"');
    const Consequence total = screen(assess(shipped().rules, sheet(fragment))).total;
    for (std::size_t column = 1; column < 15; ++column) {
      std::string demand = header[column];
      std::ranges::replace(demand, '_', '-');
      INFO(fields[0] << " " << demand << " " << fields[column]);
      if (fields[column] == "X") CHECK(total.exclude.contains({demand}));
      const bool careful = total.exclude.contains({demand}) || total.ease.contains({demand});
      if (fields[column] == "C") CHECK(careful);
    }
  }
}

TEST_CASE("every technique demands at least what its description asks of a body") {
  const auto lines = lines_of("techniques.csv");
  CHECK(lines.size() == 1 + shipped().techniques.size());
  for (const Technique& technique : shipped().techniques) {
    INFO(technique.id.text);
    const auto line = std::ranges::find_if(lines, [&](const std::string& each) { return each.starts_with(technique.id.text + ","); });
    REQUIRE(line != lines.end());
    CHECK(technique.demands.contains({"any-technique"}));
    std::istringstream words(line->substr(line->find(',') + 1));
    for (std::string demand; words >> demand;) {
      INFO(demand);
      CHECK(technique.demands.contains({demand}));
    }
  }
}

TEST_CASE("nobody is cleared while a question that must be asked is open") {
  const auto lines = lines_of("must_ask.txt");
  CHECK(lines.size() >= 25);
  for (const std::string& line : lines) {
    INFO(line);
    const auto fields = split(line, '|', 2);
    Answers answers = sheet(fields.size() == 2 && !fields[1].empty() ? fields[1] : "{}");
    answers.erase({fields[0]});
    CHECK_FALSE(cleared(screen(assess(shipped().rules, answers))));
  }
}

}  // namespace
}  // namespace backplan
