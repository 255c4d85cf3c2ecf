#include "cli/zone.hpp"

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <optional>

#include "cli/output.hpp"
#include "io/wall_clock.hpp"

namespace backplan::cli {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::seconds;

/// Names of zones begin with a capital; the database also has folders with other clocks ("right") and lists,
/// which do not. None leads out of it.
bool could_be_a_zone(const std::string& name) {
  const auto fits = [](char c) {
    return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') || ('0' <= c && c <= '9') || c == '/' ||
           c == '_' || c == '-' || c == '+';
  };
  return !name.empty() && 'A' <= name[0] && name[0] <= 'Z' && std::ranges::all_of(name, fits);
}

bool is_zone_file(const std::string& path) {
  char begin[4] = {};
  std::ifstream(path).read(begin, sizeof begin);
  return std::string_view(begin, sizeof begin) == "TZif";
}

/// The C library takes a name that it does not know for UTC and says nothing, so we look first.
std::string zone_file(const std::string& name) {
  const char* folder = std::getenv("TZDIR");
  const std::string path = std::string(folder ? folder : "/usr/share/zoneinfo") + "/" + name;
  if (!could_be_a_zone(name) || !is_zone_file(path)) {
    throw UsageError("--zone: '" + name +
                     "' is no time zone that this system knows; UTC, or one such as Europe/Berlin");
  }
  return path;
}

/// While it lives, the local clock is that of a zone.
class LocalZone {
 public:
  explicit LocalZone(const std::string& name) {
    if (const char* before = std::getenv("TZ")) before_ = before;
    set(":" + zone_file(name));
  }
  ~LocalZone() { set(before_); }
  LocalZone(const LocalZone&) = delete;
  LocalZone& operator=(const LocalZone&) = delete;

 private:
  static void set(const std::optional<std::string>& zone) {
    if (zone) ::setenv("TZ", zone->c_str(), 1);
    if (!zone) ::unsetenv("TZ");
    ::tzset();
  }

  std::optional<std::string> before_;
};

/// The local clock at `time`, as if it had begun then.
ZoneClock clock_at(Time time) {
  const std::time_t at = time.time_since_epoch().count();
  std::tm local{};
  ::localtime_r(&at, &local);
  const seconds offset(local.tm_gmtoff);
  return {.onset = local_clock(time, offset),
          .before = offset,
          .offset = offset,
          .name = local.tm_zone,
          .summer = local.tm_isdst > 0};
}

/// The first second from `from` on that has another clock than the one before it; `to` when there is none.
Time next_change(Time from, Time to) {
  const seconds offset = utc_offset(from);
  while (from < to && utc_offset(from + hours(1)) == offset) from += hours(1);
  if (from >= to) return to;
  Time changed = from + hours(1);
  while (changed - from > seconds(1)) {
    const Time middle = from + (changed - from) / 2;
    (utc_offset(middle) == offset ? from : changed) = middle;
  }
  return changed;
}

}  // namespace

std::chrono::sys_days day_in(const std::string& zone, Time time) {
  if (zone.empty()) return day_of(time, utc_offset(time));
  if (zone == "UTC") return day_of(time, seconds(0));
  const LocalZone local(zone);
  return day_of(time, utc_offset(time));
}

CalendarZone calendar_zone(const std::string& zone, std::chrono::sys_days first) {
  if (zone == "UTC") return {.id = zone, .clocks = {}};
  const LocalZone local(zone);
  const Time begin = first - days(2);
  const Time end = first + days(18);
  CalendarZone made{.id = zone, .clocks = {clock_at(begin)}};
  for (Time at = next_change(begin, end); at < end; at = next_change(at, end)) {
    ZoneClock clock = clock_at(at);
    clock.before = made.clocks.back().offset;
    clock.onset = local_clock(at, clock.before);
    made.clocks.push_back(clock);
  }
  return made;
}

}  // namespace backplan::cli
