#include "io/utf8.hpp"

#include <algorithm>
#include <span>

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

bool is_control(char32_t c) {
  if (c < 0x20) return c != '\t' && c != '\n';
  if (0x7F <= c && c <= 0x9F) return true;
  if (c == 0x061C || c == 0x200E || c == 0x200F || c == 0xFEFF) return true;
  return (0x2028 <= c && c <= 0x202E) || (0x2066 <= c && c <= 0x2069);
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
  for (std::size_t i = 0; i < text.size();) {
    const Decoded decoded = decode(text.substr(i));
    if (decoded.bytes == 0) return i;
    i += decoded.bytes;
  }
  return std::nullopt;
}

std::optional<std::size_t> first_control_character(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const Decoded decoded = decode(text.substr(i));
    if (decoded.bytes == 0) return i;
    if (is_control(decoded.character)) return i;
    i += decoded.bytes;
  }
  return std::nullopt;
}

bool has_control_character(std::string_view text) {
  return text.find('\t') != std::string_view::npos || first_control_character(text).has_value();
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
