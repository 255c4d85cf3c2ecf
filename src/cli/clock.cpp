#include "cli/clock.hpp"

#include <ctime>

namespace backplan::cli {

using std::chrono::seconds;

Time now() { return std::chrono::floor<seconds>(std::chrono::system_clock::now()); }

seconds utc_offset(Time time) {
  const std::time_t at = time.time_since_epoch().count();
  std::tm local{};
  return ::localtime_r(&at, &local) ? seconds(local.tm_gmtoff) : seconds(0);
}

std::chrono::sys_days day_of(Time time, seconds offset) {
  return std::chrono::floor<std::chrono::days>(time + offset);
}

std::chrono::sys_days today() {
  const Time at = now();
  return day_of(at, utc_offset(at));
}

}  // namespace backplan::cli
