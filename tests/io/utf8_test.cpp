#include "io/utf8.hpp"

#include <doctest/doctest.h>

#include <clocale>
#include <cwchar>
#include <string>
#include <utility>
#include <vector>

#include "backplan/diagnostic.hpp"
#include "io/layout.hpp"

namespace backplan {
namespace {

std::string utf8(char32_t c) {
  const auto byte = [](char32_t bits) { return static_cast<char>(bits); };
  const auto more = [&](int shift) { return byte(0x80 | ((c >> shift) & 0x3F)); };
  if (c < 0x80) return {byte(c)};
  if (c < 0x800) return {byte(0xC0 | (c >> 6)), more(0)};
  if (c < 0x10000) return {byte(0xE0 | (c >> 12)), more(6), more(0)};
  return {byte(0xF0 | (c >> 18)), more(12), more(6), more(0)};
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

TEST_CASE("a message spells out what leaves no mark, and names it") {
  CHECK(spelt_out("plain \u00E9 \U0001F642\n") == "plain \u00E9 \U0001F642\n");
  CHECK(spelt_out("'none\u00A0' is wrong") == "'none\\u00a0' is wrong (it has a non-breaking space)");
  CHECK(spelt_out("\tx\u200Bx\u200Bx") == "\\u0009x\\u200bx\\u200bx (it has a tab and a zero-width space)");
  CHECK(spelt_out("\xFF") == "\\u00ff (it has a byte that is not UTF-8)");
  CHECK(spelt_out("a\U000E0041") == "a\\U000e0041 (it has a tag character)");
}

TEST_CASE("nothing that cannot be seen is left as it is") {
  std::vector<std::pair<char32_t, char32_t>> unseen{
      {0x00A0, 0x00A0}, {0x00AD, 0x00AD}, {0x2000, 0x200F}, {0x2028, 0x202F},   {0x205F, 0x206F},
      {0x3000, 0x3000}, {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF}, {0xE0000, 0xE007F}, {0xE0100, 0xE01EF},
      {0x061C, 0x061C}, {0x180B, 0x180F}, {0x1680, 0x1680}, {0x3164, 0x3164},   {0x007F, 0x009F}};
  for (const auto& [first, last] : unseen) {
    for (char32_t c = first; c <= last; ++c) {
      INFO(static_cast<unsigned>(c));
      const std::string text = utf8(c);
      CHECK(spelt_out(text).starts_with("\\"));
      CHECK(spelt_out(text).find(std::string(hidden_name(text))) != std::string::npos);
      CHECK(folded("no" + text + "ne") == "none");
    }
  }
}

TEST_CASE("at most 80 characters of a value are shown, and none is cut") {
  const std::string eighty(80, 'x');
  CHECK(in_quotes(eighty) == "'" + eighty + "'");
  CHECK(in_quotes(eighty + "x") == "'" + eighty + "...'");
  std::string letters;
  for (int i = 0; i < 81; ++i) letters += "\u00E9";
  CHECK(in_quotes(letters) == "'" + letters.substr(0, 160) + "...'");
  CHECK(in_quotes(std::string(1000, '\xFF')).size() == 85);
}

TEST_CASE("what was meant is found under capitals, blanks, quotes and other hyphens") {
  const std::vector<std::string> known{"none", "unsure", "stiff-only", "no", "yes", "office"};
  for (const auto& [word, meant] :
       std::vector<std::pair<std::string, std::string>>{{"None", "none"},
                                                        {"NONE ", "none"},
                                                        {" NO", "no"},
                                                        {"Stiff_Only", "stiff-only"},
                                                        {"STIFF ONLY", "stiff-only"},
                                                        {"stiff\u2011only", "stiff-only"},
                                                        {"\u201CYES\u201D", "yes"},
                                                        {"OFFICE\u00A0", "office"},
                                                        {"ofice", "office"},
                                                        {"entirely else", ""},
                                                        {std::string(1000, 'x'), ""}}) {
    INFO(word);
    CHECK(nearest(word, known) == meant);
  }
  CHECK(nearest("x", std::vector{std::string(1'000'000, 'x')}) == "");
}

}  // namespace
}  // namespace backplan
