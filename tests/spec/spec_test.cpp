// The shipped rules must meet tables that were written without them: floors.txt, exclusions.csv,
// techniques.csv and must_ask.txt, beside this file.

#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>
#include <string>

#include "backplan/screening.hpp"
#include "spec/tables.hpp"

namespace backplan::spec {
namespace {

TEST_CASE("no answer leads to milder advice than the clinical reference asks for") {
  const auto all = floors();
  CHECK(all.size() > 150);
  for (const Floor& floor : all) {
    INFO(floor.line);
    const Screening screening = screen(assess(shipped().rules, floor.answers));
    const int level = static_cast<int>(screening.total().disposition);
    INFO("level " << name(screening.total().disposition));
    CHECK(level >= floor.least);
    CHECK(level <= floor.most);
    CHECK(complete(screening));
  }
}

TEST_CASE("every cell of the matrix of conditions and demands is kept") {
  const auto rows = matrix();
  REQUIRE(rows.size() >= 37);
  for (const MatrixRow& row : rows) {
    const Consequence total = screen(assess(shipped().rules, row.answers)).total();
    for (const auto& [demand, cell] : row.cells) {
      INFO(row.id << " " << demand.text << " " << cell);
      CHECK(kept(cell, demand, total));
    }
  }
}

TEST_CASE("every technique demands at least what its description asks of a body") {
  const auto lines = lines_of("techniques.csv");
  CHECK(lines.size() == 1 + shipped().techniques.size());
  for (const Technique& technique : shipped().techniques) {
    INFO(technique.id.text);
    const auto line = std::ranges::find_if(
        lines, [&](const std::string& each) { return each.starts_with(technique.id.text + ","); });
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
    CHECK_FALSE(plan_may_follow(screen(assess(shipped().rules, answers))));
  }
}

}  // namespace
}  // namespace backplan::spec
