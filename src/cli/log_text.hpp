#pragma once

#include <span>
#include <string>

#include "cli/log_store.hpp"

namespace backplan::cli {

/// "2026-11-21 10:52", by the local clock of the time.
std::string local_time(const SessionRecord& session);

/// Two lines a session, oldest first.
std::string log_text(std::span<const SessionRecord> sessions, int width);

/// The stiffness of the sessions that have one, a column each, the latest that fit in `width`
/// columns; 40 at least. ASCII, and a last line in words for those who cannot see it.
std::string log_plot(std::span<const SessionRecord> sessions, int width);

/// RFC 4180 with a header. A text that a spreadsheet could take for a formula, or that begins with
/// an apostrophe, gets an apostrophe before it: take one away and it is as it was.
std::string log_csv(std::span<const SessionRecord> sessions);

/// `backplan/log/1`, with every text as it is.
std::string log_json(std::span<const SessionRecord> sessions);

}  // namespace backplan::cli
