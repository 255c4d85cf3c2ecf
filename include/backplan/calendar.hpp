#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "backplan/export.hpp"
#include "backplan/report.hpp"

namespace backplan {

/// A calendar is for a plan of today's answers, so what repeats ends after two weeks: then it is
/// time to answer again.
enum class Repeat { none, daily, weekdays };

/// What a zone's clock shows from `onset` on.
struct ZoneClock {
  std::chrono::local_seconds onset;  ///< by the clock before it
  std::chrono::seconds before{0};    ///< how far that one was ahead of UTC; east of Greenwich is positive
  std::chrono::seconds offset{0};    ///< and how far this one is
  std::string name;                  ///< "CEST"
  bool summer = false;
};

/// A time zone over the days of an event.
struct CalendarZone {
  std::string id;                 ///< of the time zone database, "Europe/Berlin"; or "UTC"
  std::vector<ZoneClock> clocks;  ///< the first from before the event on, then each change; none for UTC
};

/// When a plan is done.
struct CalendarEvent {
  std::chrono::sys_days day;   ///< the first, 1970 to 9998; with `weekdays`, the next weekday from there
  std::chrono::minutes at{0};  ///< since midnight; less than a day
  Repeat repeat = Repeat::none;
  std::optional<CalendarZone> zone;  ///< without: by the clock of wherever one is
};

/// An iCalendar file (RFC 5545) with one event. As calendars are shared, it has the names of the
/// steps and what to check before, and nothing that comes from answers. The same arguments give the
/// same bytes: DTSTAMP is midnight, UTC, of the event's `day`. The UID follows from all that the event
/// shows: its first day, time, zone and repetition, the steps and their doses. So the same event again
/// replaces itself, and two events on two days never each other.
BACKPLAN_EXPORT std::string to_calendar(const PlanReport& plan, const CalendarEvent& event);

}  // namespace backplan
