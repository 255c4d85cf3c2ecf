#pragma once

#include <cstddef>
#include <optional>
#include <string>
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

/// What the first of those in `text` is called, or a tab: "a tab", else "". A value of a field has no use
/// for it.
std::string_view control_character(std::string_view text);

/// The offset of the first character that leaves no mark, or a tab.
std::optional<std::size_t> first_hidden_character(std::string_view text);

/// Text from outside as a terminal may show it: control characters, tabs and bytes that are no UTF-8
/// become \u001b. Line ends stay.
std::string shown(std::string_view text);

/// The same for a message about a text: in it, whatever leaves no mark becomes \u00a0, also blanks that
/// are not the usual one, and the message ends with their names: "(it has a non-breaking space)".
std::string spelt_out(std::string_view message);

/// What the first character of `text` is called when it is one that `spelt_out` names; else "".
std::string_view hidden_name(std::string_view text);

/// At most 80 characters of `text`, then "...": a value may be as long as a document.
std::string shortened(std::string_view text);

/// The same in quotes, as every message shows a value that it is about.
std::string in_quotes(std::string_view text);

/// `word` as it was probably meant, to compare with the words that are known: in small letters and usual
/// hyphens, without what leaves no mark and without quotes and blanks around it.
std::string folded(std::string_view word);

/// The characters of well-formed UTF-8: code points.
std::size_t characters(std::string_view text);

/// The columns that well-formed UTF-8 takes on a terminal: two for an East Asian wide character and most
/// emoji, none for a mark that combines with the one before it, or one for each character.
std::size_t columns(std::string_view text);

}  // namespace backplan
