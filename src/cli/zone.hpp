#pragma once

#include <string>

#include "backplan/calendar.hpp"
#include "cli/clock.hpp"

namespace backplan::cli {

// Time zones by their names in the time zone database of the system, "Europe/Berlin"; and "UTC", which needs
// none. These throw UsageError when a name is not in it.

/// The day in a zone at `time`; with "", on the local calendar.
std::chrono::sys_days day_in(const std::string& zone, Time time);

/// What its clocks show from two days before `first` on for more than two weeks.
CalendarZone calendar_zone(const std::string& zone, std::chrono::sys_days first);

}  // namespace backplan::cli
