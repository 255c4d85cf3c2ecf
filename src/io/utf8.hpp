#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace backplan {

/// The longest text that is read from a file or a pipe, in bytes: 1 MiB.
inline constexpr std::size_t document_limit = std::size_t{1} << 20;

/// The offset of the first byte that is not part of well-formed UTF-8.
std::optional<std::size_t> first_invalid_utf8(std::string_view text);

/// The offset of the first character, in well-formed UTF-8, that could change what a terminal does
/// or the order in which it shows letters: C0 except tab and line feed, delete, C1, the direction
/// marks and overrides, line and paragraph separators, and a byte order mark inside the text.
std::optional<std::size_t> first_control_character(std::string_view text);

/// Whether `text` has one of those, or a tab: a value of a field has no use for it.
bool has_control_character(std::string_view text);

/// The characters of well-formed UTF-8: code points.
std::size_t characters(std::string_view text);

/// The columns that well-formed UTF-8 takes on a terminal: two for an East Asian wide character and most
/// emoji, none for a mark that combines with the one before it, or one for each character.
std::size_t columns(std::string_view text);

}  // namespace backplan
