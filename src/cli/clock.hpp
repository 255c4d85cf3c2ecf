#pragma once

#include <chrono>

namespace backplan::cli {

using Time = std::chrono::sys_seconds;

/// By the clock of the machine.
Time now();

/// How far the local clock is ahead of UTC at `time`, which may be in summer when it is winter now.
std::chrono::seconds utc_offset(Time time);

/// The day on a local calendar, where the clock is `offset` ahead of UTC.
std::chrono::sys_days day_of(Time time, std::chrono::seconds offset);

/// The day on the local calendar now.
std::chrono::sys_days today();

}  // namespace backplan::cli
