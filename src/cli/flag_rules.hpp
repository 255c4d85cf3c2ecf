#pragma once

#include <CLI/CLI.hpp>

namespace backplan::cli {

/// Looks at the flags of the command that `app` parsed: none is empty, and each has something to do beside
/// the others. Throws UsageError. A flag of every command that this one has no use for is told.
void check_flags(const CLI::App& app);

}  // namespace backplan::cli
