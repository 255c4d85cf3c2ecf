#pragma once

#include <string_view>

namespace backplan::cli {

/// Whether `text` is what backplan writes with -o, as a whole and, as far as that can be seen, unchanged: a
/// sheet that is not filled in, or a document, table, calendar or report. What a person writes is never,
/// also when it quotes one of these.
bool is_ours(std::string_view text);

}  // namespace backplan::cli
