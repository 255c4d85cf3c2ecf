#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "cli/options.hpp"

namespace backplan::cli {

/// The value of a variable of the environment, or "".
using Variable = std::function<std::string(const std::string& name)>;

/// Whether to write colour: `choice` (auto, always, never), then NO_COLOR, CLICOLOR_FORCE and
/// FORCE_COLOR, then whether it is a terminal and not a dumb one. Throws UsageError.
bool wants_colour(const std::string& choice, bool terminal, const Variable& variable);

/// As above, for a stream of this process.
bool wants_colour(const PrintOptions& options, int descriptor);

/// Text for people with its headings bold and its stop lines red. The words say it all without.
std::string in_colour(std::string_view text);

}  // namespace backplan::cli
