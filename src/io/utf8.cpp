#include "io/utf8.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "io/width_ranges.hpp"

namespace backplan {
namespace {

struct Decoded {
  char32_t character = 0;
  std::size_t bytes = 0;  ///< 0: not well-formed
};

bool continues(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

/// Table 3-7 of the Unicode standard: no overlong forms, no surrogates, nothing over U+10FFFF.
Decoded decode(std::string_view text) {
  if (text.empty()) return {};
  const auto first = static_cast<unsigned char>(text[0]);
  if (first < 0x80) return {first, 1};
  const std::size_t bytes = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < bytes) return {};
  char32_t character = first & (0xFFU >> (bytes + 1));
  for (std::size_t i = 1; i < bytes; ++i) {
    if (!continues(text[i])) return {};
    character = (character << 6) | (static_cast<unsigned char>(text[i]) & 0x3FU);
  }
  const bool overlong = (bytes == 3 && character < 0x800) || (bytes == 4 && character < 0x10000);
  const bool surrogate = 0xD800 <= character && character <= 0xDFFF;
  if (overlong || surrogate || character > 0x10FFFF) return {};
  return {character, bytes};
}

/// Characters that leave no mark of their own, or change how others are shown.
struct Hidden {
  char32_t first;
  char32_t last;
  bool controls;  ///< has no place in any text; the others have, in some language
  std::string_view name;
};

constexpr std::array hidden_characters{
    Hidden{0x00, 0x08, true, "a control character"},
    Hidden{'\t', '\t', true, "a tab"},
    Hidden{0x0B, 0x1F, true, "a control character"},
    Hidden{0x7F, 0x9F, true, "a control character"},
    Hidden{0x00A0, 0x00A0, false, "a non-breaking space"},
    Hidden{0x00AD, 0x00AD, false, "a soft hyphen"},
    Hidden{0x034F, 0x034F, false, "a grapheme joiner"},
    Hidden{0x061C, 0x061C, true, "a direction mark"},
    Hidden{0x115F, 0x1160, false, "a filler"},
    Hidden{0x1680, 0x1680, false, "a typographic space"},
    Hidden{0x17B4, 0x17B5, false, "a vowel that is not shown"},
    Hidden{0x180B, 0x180D, false, "a variation selector"},
    Hidden{0x180E, 0x180E, false, "a vowel separator"},
    Hidden{0x180F, 0x180F, false, "a variation selector"},
    Hidden{0x2000, 0x200A, false, "a typographic space"},
    Hidden{0x200B, 0x200B, false, "a zero-width space"},
    Hidden{0x200C, 0x200C, false, "a zero-width non-joiner"},
    Hidden{0x200D, 0x200D, false, "a zero-width joiner"},
    Hidden{0x200E, 0x200F, true, "a direction mark"},
    Hidden{0x2028, 0x2028, true, "a line separator"},
    Hidden{0x2029, 0x2029, true, "a paragraph separator"},
    Hidden{0x202A, 0x202E, true, "a direction mark"},
    Hidden{0x202F, 0x202F, false, "a narrow non-breaking space"},
    Hidden{0x205F, 0x205F, false, "a typographic space"},
    Hidden{0x2060, 0x2060, false, "a word joiner"},
    Hidden{0x2061, 0x2065, false, "an operator that is not shown"},
    Hidden{0x2066, 0x2069, true, "a direction mark"},
    Hidden{0x206A, 0x206F, false, "a format character"},
    Hidden{0x2800, 0x2800, false, "a blank braille pattern"},
    Hidden{0x3000, 0x3000, false, "an ideographic space"},
    Hidden{0x3164, 0x3164, false, "a filler"},
    Hidden{0xFE00, 0xFE0F, false, "a variation selector"},
    Hidden{0xFEFF, 0xFEFF, true, "a byte order mark"},
    Hidden{0xFFA0, 0xFFA0, false, "a filler"},
    Hidden{0xFFF0, 0xFFFB, false, "a format character"},
    Hidden{0x1D173, 0x1D17A, false, "a format character"},
    Hidden{0xE0000, 0xE007F, false, "a tag character"},
    Hidden{0xE0080, 0xE0FFF, false, "a variation selector"},
};

constexpr Hidden no_utf8{0x80, 0xFF, true, "a byte that is not UTF-8"};

/// A character as it stands in a text, or one byte that is no UTF-8.
struct Character {
  char32_t code = 0;
  std::string_view bytes;

  bool broken() const { return code > 0x7F && bytes.size() == 1; }

  /// Null for a character that leaves a mark, for the usual blank and for a line end.
  const Hidden* hidden() const {
    if (' ' <= code && code <= '~') return nullptr;
    if (broken()) return &no_utf8;
    const auto at = std::ranges::lower_bound(hidden_characters, code, {}, &Hidden::last);
    return at != hidden_characters.end() && at->first <= code ? &*at : nullptr;
  }
};

/// Takes the first character off `text`, which is not empty.
Character take(std::string_view& text) {
  const Decoded decoded = decode(text);
  const bool broken = decoded.bytes == 0;
  const char32_t code = broken ? static_cast<unsigned char>(text[0]) : decoded.character;
  const Character character{code, text.substr(0, broken ? 1 : decoded.bytes)};
  text.remove_prefix(character.bytes.size());
  return character;
}

/// As JSON spells it; beyond its four digits as C++ and YAML do.
std::string spelt(char32_t code) {
  constexpr std::string_view digits = "0123456789abcdef";
  const bool large = code > 0xFFFF;
  std::string text = large ? "\\U" : "\\u";
  for (int shift = large ? 28 : 12; shift >= 0; shift -= 4) text += digits[(code >> shift) & 0xF];
  return text;
}

/// The offset of the first character that is `wanted`.
template <class Wanted>
std::optional<std::size_t> first(std::string_view text, Wanted wanted) {
  for (std::string_view left = text; !left.empty();) {
    const std::size_t offset = text.size() - left.size();
    if (wanted(take(left))) return offset;
  }
  return std::nullopt;
}

bool controls(const Character& character) {
  const Hidden* found = character.hidden();
  return found && found->controls;
}

bool among(std::span<const CodeRange> ranges, char32_t c) {
  const auto range = std::ranges::lower_bound(ranges, c, {}, &CodeRange::last);
  return range != ranges.end() && range->first <= c;
}

std::size_t columns_of(char32_t c) {
  if (c < 0xA0) return 1;
  return among(no_columns, c) ? 0 : among(two_columns, c) ? 2 : 1;
}

}  // namespace

std::optional<std::size_t> first_invalid_utf8(std::string_view text) {
  return first(text, [](const Character& character) { return character.broken(); });
}

std::optional<std::size_t> first_control_character(std::string_view text) {
  return first(text,
               [](const Character& character) { return character.code != '\t' && controls(character); });
}

std::string_view control_character(std::string_view text) {
  const auto at = first(text, controls);
  return at ? hidden_name(text.substr(*at)) : "";
}

std::optional<std::size_t> first_hidden_character(std::string_view text) {
  return first(text, [](const Character& character) { return character.hidden() != nullptr; });
}

std::string shown(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const Character character = take(text);
    out += controls(character) ? spelt(character.code) : std::string(character.bytes);
  }
  return out;
}

std::string spelt_out(std::string_view message) {
  std::string out;
  std::vector<std::string_view> names;
  while (!message.empty()) {
    const Character character = take(message);
    const Hidden* hidden = character.hidden();
    out += hidden ? spelt(character.code) : std::string(character.bytes);
    if (hidden && std::ranges::find(names, hidden->name) == names.end()) names.push_back(hidden->name);
  }
  for (std::size_t i = 0; i < names.size(); ++i)
    out += (i == 0 ? " (it has " : " and ") + std::string(names[i]);
  return names.empty() ? out : out + ")";
}

std::string_view hidden_name(std::string_view text) {
  const Hidden* hidden = take(text).hidden();
  return hidden ? hidden->name : "";
}

std::string shortened(std::string_view text) {
  constexpr int most = 80;
  std::string_view left = text;
  for (int count = 0; count < most && !left.empty(); ++count) take(left);
  return std::string(text.substr(0, text.size() - left.size())) + (left.empty() ? "" : "...");
}

std::string in_quotes(std::string_view text) { return "'" + shortened(text) + "'"; }

std::string folded(std::string_view word) {
  std::string out;
  while (!word.empty()) {
    const Character character = take(word);
    const char32_t c = character.code;
    const bool hyphen = c == '_' || (0x2010 <= c && c <= 0x2015) || c == 0x2212;
    const bool quote = c == '"' || c == '\'' || (0x2018 <= c && c <= 0x201F) || c == 0xAB || c == 0xBB;
    if (hyphen) {
      out += '-';
    } else if ('A' <= c && c <= 'Z') {
      out += static_cast<char>(c - 'A' + 'a');
    } else if (!quote && !character.hidden()) {
      out += character.bytes;
    }
  }
  out.erase(out.find_last_not_of(' ') + 1);
  out.erase(0, out.find_first_not_of(' '));
  std::ranges::replace(out, ' ', '-');
  return out;
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return !continues(c); }));
}

std::size_t columns(std::string_view text) {
  std::size_t count = 0;
  while (!text.empty()) {
    const Decoded decoded = decode(text);
    count += decoded.bytes == 0 ? 1 : columns_of(decoded.character);
    text.remove_prefix(std::max<std::size_t>(1, decoded.bytes));
  }
  return count;
}

}  // namespace backplan
