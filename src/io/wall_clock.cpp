#include "io/wall_clock.hpp"

#include <fmt/format.h>

namespace backplan {

using std::chrono::days;
using std::chrono::floor;

WallTime local_clock(std::chrono::sys_seconds time, std::chrono::seconds offset) {
  return WallTime(time.time_since_epoch() + offset);
}

WallTime utc_clock(std::chrono::sys_seconds time) { return local_clock(time, std::chrono::seconds(0)); }

std::string date_text(WallTime time) {
  const std::chrono::year_month_day date(floor<days>(time));
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

std::string time_text(WallTime time) {
  const std::chrono::hh_mm_ss of_day(time - floor<days>(time));
  return fmt::format("{:02}:{:02}:{:02}", of_day.hours().count(), of_day.minutes().count(),
                     of_day.seconds().count());
}

std::string minute_text(WallTime time) { return date_text(time) + " " + time_text(time).substr(0, 5); }

}  // namespace backplan
