#include "io/utf8.hpp"

#include <doctest/doctest.h>

#include <clocale>
#include <cwchar>
#include <string>
#include <utility>
#include <vector>

#include "io/layout.hpp"

namespace backplan {
namespace {

/// From U+0080 on.
std::string utf8(char32_t c) {
  const auto tail = [](char32_t bits) { return static_cast<char>(0x80 | (bits & 0x3F)); };
  if (c < 0x800) return {static_cast<char>(0xC0 | (c >> 6)), tail(c)};
  if (c < 0x10000) return {static_cast<char>(0xE0 | (c >> 12)), tail(c >> 6), tail(c)};
  return {static_cast<char>(0xF0 | (c >> 18)), tail(c >> 12), tail(c >> 6), tail(c)};
}

TEST_CASE("characters are code points") {
  CHECK(characters("") == 0);
  CHECK(characters("abc") == 3);
  CHECK(characters("\u00E9\u4E2D\U0001F600") == 3);
  CHECK(characters("e\u0301") == 2);
}

// By Unicode Standard Annex 11 and the general categories.
TEST_CASE("columns of a terminal") {
  const std::vector<std::pair<const char*, std::size_t>> texts{
      {"", 0},
      {"abc", 3},
      {"caf\u00E9", 4},                 // one letter, composed
      {"cafe\u0301", 4},                // the same with a combining accent
      {"\u4E2D\u6587", 4},              // Han
      {"\u304B\u306A", 4},              // kana
      {"\uD55C\uAE00", 4},              // Hangul syllables
      {"\u1112\u1161\u11AB", 2},        // the first of these, letter by letter
      {"\uFF21", 2},                    // a full-width A
      {"\uFF76", 1},                    // half-width kana
      {"\u0E01\u0E34", 1},              // Thai with a vowel above
      {"\u0915\u094D\u0937", 2},        // Devanagari with a virama
      {"\u05D0\u05B8", 1},              // Hebrew with a point
      {"\u200B", 0},                    // zero width space
      {"a\u200Db", 2},                  // zero width joiner
      {"\U0001F600", 2},                // an emoji
      {"\u2764\uFE0F", 1},              // a text sign with a variation selector
      {"\u2192\u00B0\u00D7\u2013", 4},  // arrow, degree, times, dash
      {"\U00020000", 2},                // Han of plane 2
      {"\u00AD", 1},                    // a soft hyphen, which terminals show
  };
  for (const auto& [text, wanted] : texts) {
    INFO(text);
    CHECK(columns(text) == wanted);
  }
}

// Another witness. Its Unicode may be older or newer than ours, so a few may differ; what it does not know
// is left out.
TEST_CASE("columns are those of the C library's wcwidth") {
  const std::string before = std::setlocale(LC_CTYPE, nullptr);
  if (!std::setlocale(LC_CTYPE, "C.UTF-8")) return;
  int known = 0;
  int differ = 0;
  for (char32_t c = 0xA0; c < 0x30000; ++c) {
    if (0xD800 <= c && c < 0xE000) continue;
    const int wanted = ::wcwidth(static_cast<wchar_t>(c));
    if (wanted < 0) continue;
    ++known;
    differ += static_cast<int>(columns(utf8(c))) != wanted;
  }
  std::setlocale(LC_CTYPE, before.c_str());
  CHECK(known > 100'000);
  CHECK(differ < 400);
}

TEST_CASE("lines are as wide as they look") {
  Page page(10);
  page.say("\u2022 ", "\u4E2D\u6587 \u4E2D\u6587 e\u0301e\u0301e\u0301 abc");
  CHECK(page.take() == "\u2022 \u4E2D\u6587\n  \u4E2D\u6587 e\u0301e\u0301e\u0301\n  abc\n");
}

}  // namespace
}  // namespace backplan
