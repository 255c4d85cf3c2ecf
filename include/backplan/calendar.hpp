#pragma once

#include <chrono>
#include <string>

#include "backplan/report.hpp"

namespace backplan {

/// A calendar is for a plan of today's answers, so what repeats ends after two weeks: then it is
/// time to answer again.
enum class Repeat { none, daily, weekdays };

/// When a plan is done, by the clock of wherever one is.
struct CalendarEvent {
  std::chrono::sys_days day;   ///< the first; with `weekdays`, the next weekday from there
  std::chrono::minutes at{0};  ///< since midnight; less than a day
  Repeat repeat = Repeat::none;
};

/// An iCalendar file (RFC 5545) with one event. As calendars are shared, it has the names of the
/// steps and what to check before, and nothing that comes from answers. The same arguments give the
/// same bytes: DTSTAMP is midnight, UTC, of the event's `day`. The UID follows from the steps,
/// their doses and the time of day, so that a new file for the same routine replaces the old event.
std::string to_calendar(const PlanReport& plan, const CalendarEvent& event);

}  // namespace backplan
