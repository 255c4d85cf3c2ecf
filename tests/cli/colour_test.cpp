#include "cli/colour.hpp"

#include <doctest/doctest.h>

#include <map>
#include <string>
#include <vector>

#include "cli/output.hpp"

namespace backplan::cli {
namespace {

TEST_CASE("colour is for terminals, and the person has the last word") {
  using Variables = std::map<std::string, std::string>;
  struct Row {
    const char* why;
    const char* choice;
    bool terminal;
    Variables variables;
    bool expected;
  };
  const std::vector<Row> rows{
      {"a terminal", "auto", true, {{"TERM", "xterm"}}, true},
      {"a pipe", "auto", false, {{"TERM", "xterm"}}, false},
      {"a dumb terminal", "auto", true, {{"TERM", "dumb"}}, false},
      {"a terminal of no name", "auto", true, {}, false},
      {"NO_COLOR", "auto", true, {{"TERM", "xterm"}, {"NO_COLOR", "1"}}, false},
      {"an empty NO_COLOR is none", "auto", true, {{"TERM", "xterm"}, {"NO_COLOR", ""}}, true},
      {"NO_COLOR before force", "auto", true, {{"NO_COLOR", "1"}, {"CLICOLOR_FORCE", "1"}}, false},
      {"forced in a pipe", "auto", false, {{"CLICOLOR_FORCE", "1"}}, true},
      {"forced by the other name", "auto", false, {{"FORCE_COLOR", "1"}}, true},
      {"0 forces nothing", "auto", false, {{"CLICOLOR_FORCE", "0"}}, false},
      {"always before NO_COLOR", "always", false, {{"NO_COLOR", "1"}}, true},
      {"never before force", "never", true, {{"TERM", "xterm"}, {"FORCE_COLOR", "1"}}, false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    const auto variable = [&](const std::string& name) {
      const auto found = row.variables.find(name);
      return found == row.variables.end() ? std::string() : found->second;
    };
    CHECK(wants_colour(row.choice, row.terminal, variable) == row.expected);
  }
  CHECK_THROWS_AS(wants_colour("red", true, [](const std::string&) { return ""; }), UsageError);
}

TEST_CASE("headings are bold, stop lines red, and nothing else changes") {
  const std::string text =
      "Upper back routine\nall of it\n\nA long heading\nover two lines:\n  ! Stop now\n    at "
      "once\n"
      "  - go on\n    slowly\n\nBreath: out\n        and in\n\nNOT FINISHED\nthe end\n";
  CHECK(in_colour(text) ==
        "\033[1mUpper back routine\033[0m\nall of it\n\n\033[1mA long heading\033[0m\n"
        "\033[1mover two lines:\033[0m\n\033[1;31m  ! Stop now\033[0m\n\033[1;31m    at once\033[0m\n"
        "  - go on\n    slowly\n\nBreath: out\n        and in\n\n\033[1mNOT FINISHED\033[0m\nthe "
        "end\n");
  CHECK(in_colour("") == "");
}

}  // namespace
}  // namespace backplan::cli
