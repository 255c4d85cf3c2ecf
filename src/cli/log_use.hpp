#pragma once

#include <map>
#include <span>
#include <string>

#include "backplan/plan.hpp"
#include "cli/log_store.hpp"

namespace backplan::cli {

/// How far back `generate` looks.
inline constexpr std::chrono::days looking_back{7};

/// Massage and pressure on tight spots come on at most this many days of any seven, and once a day.
/// No source gives a number of days and no trial a safe frequency; once a day is the cap of the
/// rolling studies, and the days between are those of the thoracic trials (twice a week) and of
/// strength work (two to three days). An assumption of this project, see docs/decisions.md.
inline constexpr int release_days_a_week = 3;

/// The log for plans and sessions. One that cannot be read is said and counts as off: it must not keep
/// anybody from either.
Log log_if_readable();

/// How often each technique was done within the last seven days.
std::map<TechniqueId, int> recently_done(std::span<const SessionRecord> sessions, Time now);

/// How often each technique was done within the last four weeks, in sessions that were not stopped early:
/// who paused for longer starts at the least dose again.
std::map<TechniqueId, int> practised(std::span<const SessionRecord> sessions, Time now);

/// Why release work must wait: "release work on 3 of the last 7 days", "release work today".
/// Empty when it need not. `offset` is that of the local clock now: days are those of the person.
std::string release_waits(std::span<const SessionRecord> sessions, Time now, std::chrono::seconds offset);

}  // namespace backplan::cli
