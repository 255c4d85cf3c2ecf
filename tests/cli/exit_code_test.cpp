#include "cli/exit_code.hpp"

#include <doctest/doctest.h>

#include <set>

#include "backplan/screening.hpp"

namespace backplan::cli {
namespace {

TEST_CASE("exit 0 is for whom a plan may follow, and each other level has a code of its own") {
  std::set<ExitCode> codes{incomplete};
  for (int i = 0; i < disposition_count; ++i) {
    INFO(i);
    const ScreeningReport report{.level = static_cast<Disposition>(i)};
    const ExitCode code = exit_code(report);
    CHECK((code == done) == plan_may_follow(report.level));
    if (code != done) CHECK(codes.insert(code).second);
  }
}

TEST_CASE("what is incomplete is 13, whatever is established") {
  CHECK(exit_code({.level = std::nullopt, .missing = {{}}}) == incomplete);
  CHECK(exit_code({.level = Disposition::same_day, .missing = {{}}}) == incomplete);
}

}  // namespace
}  // namespace backplan::cli
