#include "cli/options.hpp"

#include <doctest/doctest.h>

#include <string>

#include "cli/output.hpp"

namespace backplan::cli {
namespace {

TEST_CASE("times that are understood") {
  const std::vector<std::pair<std::string, int>> good{{"1", 60},   {"10", 600}, {"60", 3600},   {"8m", 480},
                                                      {"90s", 90}, {"60s", 60}, {"3600s", 3600}};
  for (const auto& [text, seconds] : good) {
    INFO(text);
    CHECK(parse_minutes(text).count() == seconds);
  }
}

TEST_CASE("times that are not") {
  for (const char* text : {"",    "0",   "61",  "010",   "0x10", "10.5",        "10,5",
                           " 10", "10 ", "+10", "-1",    "1e1",  "59s",         "3601s",
                           "0m",  "m",   "s",   "10min", "ten",  "99999999999", "\xEF\xBC\x91\xEF\xBC\x90"}) {
    INFO(text);
    CHECK_THROWS_AS(parse_minutes(text), UsageError);
  }
}

TEST_CASE("a wrong word of a flag names the nearest") {
  CHECK_THROWS_WITH(parse_word("--place", "ofice", {"office", "home"}),
                    "--place: unknown word 'ofice'; did you mean 'office'? (one of office, home)");
}

TEST_CASE("lists may be given with commas, several times, or both") {
  CHECK(split({"a,b", "c", ",d,,"}) == std::vector<std::string>{"a", "b", "c", "d"});
}

TEST_CASE("the format follows from the name of the file, and -f wins") {
  CHECK(parse_format({}) == Format::text);
  CHECK(parse_format({.file = "plan.yaml"}) == Format::yaml);
  CHECK(parse_format({.file = "plan.json"}) == Format::json);
  CHECK(parse_format({.file = "plan.md"}) == Format::markdown);
  CHECK(parse_format({.format = "json", .file = "plan.yaml"}) == Format::json);
  CHECK(parse_format({.file = "PLAN.YML"}) == Format::yaml);
  CHECK(parse_format({.file = "plan.d/plan.txt"}) == Format::text);
  CHECK(parse_format({.file = "plan.d/plan"}) == Format::text);
  CHECK(parse_format({.format = "text", .file = "plan.pdf"}) == Format::text);
  CHECK(parse_format({.file = "log"}, {"csv", "json"}) == "csv");
  CHECK(parse_format({.file = "log.Json"}, {"csv", "json"}) == "json");
  CHECK_THROWS_AS(parse_format({.format = "jsn"}), UsageError);
  CHECK_THROWS_AS(parse_format({.file = "plan.ics"}), UsageError);
  CHECK_THROWS_WITH(
      parse_format({.file = "log.md"}, {"csv", "json"}),
      "--output: '.md' says no format that this can have (.json, .csv); -f names one for any name");
}

TEST_CASE("what could move the cursor or turn letters round is shown as its code") {
  CHECK(shown("plain \xC3\xA9\n") == "plain \xC3\xA9\n");
  CHECK(shown("\x1b[2J") == "\\u001b[2J");
  CHECK(shown("a\tb\rc\x7f") == "a\\u0009b\\u000dc\\u007f");
  CHECK(shown("\xC2\x9B") == "\\u009b");
  CHECK(shown("\xE2\x80\xAEx") == "\\u202ex");
  CHECK(shown("\xFFx\xC3") == "\\u00ffx\\u00c3");
  CHECK(shown(std::string("a\0b", 3)) == "a\\u0000b");
}

}  // namespace
}  // namespace backplan::cli
