#pragma once

#include <string>
#include <string_view>

namespace backplan::cli {

/// Shows a text that is longer than the terminal in a pager: $PAGER, or "less -FIRX" when that is not
/// set. False, and nothing is shown, when standard output is no terminal or a dumb one, the text fits,
/// PAGER is empty, or there is no such program. Only for texts to look things up in: what somebody must
/// see is never paged.
bool page(std::string_view text);

}  // namespace backplan::cli
