#include "io/yaml_reader.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace backplan {
namespace {

/// The first mistake in `text`, or "" when it can be used.
std::string mistake(const std::string& text) {
  Mistakes mistakes;
  yaml::parse({"f.yaml", text}, mistakes);
  return mistakes.empty() ? "" : to_string(mistakes.all().front());
}

struct Case {
  std::string name;
  std::string text;
  std::string mistake;
};

const std::vector<Case> refused{
    {"an empty file", "", "f.yaml: an empty file"},
    {"only a comment", "# nothing\n", "f.yaml: an empty file"},
    {"a doubled key", "a: 1\nb: 2\na: 3\n", "f.yaml:3:1: a: given twice; keep one of them"},
    {"an anchor", "a: &x 1\n", "f.yaml:1:4: an anchor; write the value out where it is needed"},
    {"an alias", "a: &x 1\nb: *x\n", "f.yaml:1:4: an anchor; write the value out where it is needed"},
    {"an anchor on a map", "a: &x\n  b: 1\n",
     "f.yaml:1:4: an anchor; write the value out where it is needed"},
    {"a tag", "a: !!int 1\n", "f.yaml:1:4: a tag; remove it"},
    {"a second document", "a: 1\n---\nb: 2\n", "f.yaml:2:1: a second document; keep one document in a file"},
    {"a text after the end", "a: 1\n...\nb: 2\n",
     "f.yaml:3:1: a second document; keep one document in a file"},
    {"two texts", "\"a\" \"b\"\n", "f.yaml:1:5: a second document; keep one document in a file"},
    {"one comma", ",", "f.yaml:1:1: a second document; keep one document in a file"},
    {"a map as a key", "{a: 1}: 2\n", "f.yaml:1:1: a key that is not a word"},
    {"bytes that are not UTF-8", "a: \xFF\n", "f.yaml:1:4: not UTF-8; save it as UTF-8 text"},
    {"an overlong slash", "a: \xC0\xAF\n", "f.yaml:1:4: not UTF-8; save it as UTF-8 text"},
    {"a surrogate", "a: \xED\xA0\x80\n", "f.yaml:1:4: not UTF-8; save it as UTF-8 text"},
    {"a NUL", std::string("a: b\0c\n", 7), "f.yaml:1:5: a control character; remove it"},
    {"an escape character", "a: \x1B[2J\n", "f.yaml:1:4: a control character; remove it"},
    {"an escaped escape character", "a: \"\\x1b[2J\"\n", "f.yaml:1:4: a control character in a text"},
    {"letters turned round",
     "a: \xE2\x80\xAE"
     "b\n",
     "f.yaml:1:4: a direction mark; remove it"},
    {"an old Mac line end", "a: 1\rb: 2\n", "f.yaml:1:5: a control character; remove it"},
    {"a byte order mark inside", "a: \xEF\xBB\xBF\n", "f.yaml:1:4: a byte order mark; remove it"},
    {"longer than 1 MiB", std::string((1U << 20) + 1, 'a'),
     "f.yaml: longer than 1 MiB; split it or make it shorter"},
    {"nested too deeply", std::string(40, '['), "f.yaml:1:17: nested too deeply"},
};

TEST_CASE("what cannot be used is refused at its place") {
  for (const Case& each : refused) {
    INFO(each.name);
    CHECK(mistake(each.text) == each.mistake);
  }
}

TEST_CASE("deep nesting, long scalars and many keys end quickly") {
  CHECK(mistake(std::string(100000, '[')) != "");
  CHECK(mistake(std::string(100000, '{')) != "");
  CHECK(mistake("a: \"" + std::string(500000, 'x')) != "");
  std::string keys;
  for (int i = 0; i < 50000; ++i) keys += "k" + std::to_string(i) + ": 1\n";
  CHECK(mistake(keys) == "");
}

TEST_CASE("a byte order mark, Windows line ends and a missing last line end change nothing") {
  for (const std::string& text : {std::string("a: 1\nb: x\n"),
                                  std::string("\xEF\xBB\xBF"
                                              "a: 1\nb: x\n"),
                                  std::string("a: 1\r\nb: x\r\n"), std::string("a: 1\nb: x")}) {
    Mistakes mistakes;
    const auto root = yaml::parse({"f", text}, mistakes);
    REQUIRE(root);
    REQUIRE(root->entries.size() == 2);
    CHECK(root->entries[1].value.text == "x");
  }
}

TEST_CASE("characters that JSON spells in halves are read") {
  const auto value = [](const std::string& text) {
    Mistakes mistakes;
    const auto root = yaml::parse({"f", text}, mistakes);
    return root ? root->entries.at(0).value.text : to_string(mistakes.all().front());
  };
  CHECK(value(R"({"a": "x\ud83d\ude42\u00e9\uDBFF\uDFFF"})") == "x\U0001F642\u00E9\U0010FFFF");
  CHECK(value(R"({"a": "\\ud83d\\ude42"})") == R"(\ud83d\ude42)");
  CHECK(value(R"({"a": "\\\ud83d\ude42"})") == "\\\U0001F642");
  CHECK(value(R"({"a": "\ud83d"})").find("invalid unicode") != std::string::npos);
  CHECK(value(R"({"a": "\ude42\ud83d"})").find("invalid unicode") != std::string::npos);
  CHECK(value("a: '\\ud83d\\ude42'\n") == R"(\ud83d\ude42)");
}

TEST_CASE("whole numbers are written plainly") {
  using yaml::whole_number;
  for (const auto& [text, number] : std::vector<std::pair<std::string, int>>{
           {"0", 0}, {"7", 7}, {"10", 10}, {"-3", -3}, {"2147483647", 2147483647}}) {
    CHECK(whole_number(text) == number);
  }
  for (const char* text : {"", "-", "010", "00", "-01", "0x10", "0o7", "1e3", "1.0", "+5", " 5", "5 ",
                           "1_000", "10,5", "2147483648", "\xEF\xBC\x95", "five", "~", ".inf"}) {
    INFO(text);
    CHECK_FALSE(whole_number(text));
  }
}

}  // namespace
}  // namespace backplan
