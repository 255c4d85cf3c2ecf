#pragma once

#include <chrono>
#include <string>

namespace backplan {

/// What a calendar and a clock on the wall show, in the years 0 to 9999. It has no zone, so nothing that
/// prints it can bring in another: fmt 9 prints a time point in local time, fmt 10 in UTC.
using WallTime = std::chrono::local_seconds;

/// The last second of the year 9999: of times that are read, none lies before 1970 or after this.
inline constexpr std::chrono::sys_seconds latest_time =
    std::chrono::sys_days(std::chrono::year(10000) / 1 / 1) - std::chrono::seconds(1);

/// The clock on the wall where it is `offset` ahead of UTC; east of Greenwich is positive.
WallTime local_clock(std::chrono::sys_seconds time, std::chrono::seconds offset);

/// The clock of UTC.
WallTime utc_clock(std::chrono::sys_seconds time);

std::string date_text(WallTime time);    ///< "2026-11-21"
std::string time_text(WallTime time);    ///< "10:52:07"
std::string minute_text(WallTime time);  ///< "2026-11-21 10:52"

}  // namespace backplan
