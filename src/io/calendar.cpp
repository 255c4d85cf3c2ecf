#include "backplan/calendar.hpp"

#include <fmt/format.h>

#include "io/layout.hpp"
#include "io/wall_clock.hpp"

namespace backplan {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

/// RFC 5545, 3.1: at most 75 octets a line, and a blank first in what goes on. No character is cut.
std::string folded(std::string_view line) {
  constexpr std::size_t most = 75;
  std::string out;
  std::size_t room = most;
  while (line.size() > room) {
    std::size_t end = room;
    while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0) == 0x80) --end;
    if (end == 0) end = room;  // no UTF-8 at all
    out += std::string(line.substr(0, end)) + "\r\n ";
    line.remove_prefix(end);
    room = most - 1;
  }
  return out + std::string(line) + "\r\n";
}

/// RFC 5545, 3.3.11. Control characters other than line ends have no place in a text.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\\' || c == ';' || c == ',') {
      out += std::string("\\") + c;
    } else if (byte >= 0x20 && byte != 0x7F) {
      out += c;
    }
  }
  return out;
}

/// RFC 5545, 3.3.5: "20261121T103000".
std::string date_time(WallTime time) {
  std::string text = date_text(time) + "T" + time_text(time);
  std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
  return text;
}

sys_days first_day(const CalendarEvent& event) {
  const unsigned weekday = std::chrono::weekday(event.day).iso_encoding();  // Monday is 1
  if (event.repeat != Repeat::weekdays || weekday <= 5) return event.day;
  return event.day + days(8 - weekday);
}

std::string rule(Repeat repeat) {
  switch (repeat) {
    case Repeat::none:
      return "";
    case Repeat::daily:
      return "RRULE:FREQ=DAILY;COUNT=14";
    case Repeat::weekdays:
      return "RRULE:FREQ=WEEKLY;COUNT=10;BYDAY=MO,TU,WE,TH,FR";
  }
  return "";
}

std::string period(int seconds) { return fmt::format("PT{}M{}S", seconds / 60, seconds % 60); }

std::string description(const PlanReport& plan, Repeat repeat) {
  std::string text = "Before you start: if the answer to any of these is yes, do not start.\n";
  for (const std::string& line : plan.check_before) text += "- " + line + "\n";
  text += "\nThe steps:\n";
  int n = 0;
  for (const PlanStep& step : plan.steps) text += fmt::format("{}. {}\n", ++n, step.name);
  if (repeat != Repeat::none) text += "\nAfter two weeks, answer the questions again.\n";
  return text;
}

/// "DTSTART:20261121T103000", or the same in a zone.
std::string start(const CalendarEvent& event) {
  const std::string time = date_time(local_clock(first_day(event), event.at));
  if (!event.zone) return "DTSTART:" + time;
  if (event.zone->clocks.empty()) return "DTSTART:" + time + "Z";
  return "DTSTART;TZID=" + event.zone->id + ":" + time;
}

/// Of what the event shows and not of the plan's reasons: an answer must not be guessed from it.
std::string uid(const PlanReport& plan, const CalendarEvent& event) {
  std::string shown = start(event) + "\n" + rule(event.repeat);
  for (const PlanStep& step : plan.steps) {
    shown += "\n" + step.id.text + " " + in_words(step.dose, step.sides);
  }
  const Document document{"event", shown};
  return digest({&document, 1}) + "@backplan";
}

/// RFC 5545, 3.3.14: "+0545"; the seconds of clocks from long ago only when there are some.
std::string offset_text(std::chrono::seconds offset) {
  const std::chrono::hh_mm_ss ahead(offset);
  std::string text = fmt::format("{}{:02}{:02}", ahead.is_negative() ? '-' : '+', ahead.hours().count(),
                                 ahead.minutes().count());
  if (ahead.seconds().count() != 0) text += fmt::format("{:02}", ahead.seconds().count());
  return text;
}

std::vector<std::string> zone_lines(const CalendarZone& zone) {
  if (zone.clocks.empty()) return {};
  std::vector<std::string> lines{"BEGIN:VTIMEZONE", "TZID:" + zone.id};
  for (const ZoneClock& clock : zone.clocks) {
    const std::string kind = clock.summer ? "DAYLIGHT" : "STANDARD";
    lines.insert(
        lines.end(),
        {"BEGIN:" + kind, "DTSTART:" + date_time(clock.onset), "TZOFFSETFROM:" + offset_text(clock.before),
         "TZOFFSETTO:" + offset_text(clock.offset), "TZNAME:" + clock.name, "END:" + kind});
  }
  lines.push_back("END:VTIMEZONE");
  return lines;
}

}  // namespace

std::string to_calendar(const PlanReport& plan, const CalendarEvent& event) {
  std::string out;
  const auto line = [&out](std::string_view text) {
    if (!text.empty()) out += folded(text);
  };
  line("BEGIN:VCALENDAR");
  line("VERSION:2.0");
  line("PRODID:-//backplan//backplan " + plan.version + "//EN");
  if (event.zone) {
    for (const std::string& each : zone_lines(*event.zone)) line(each);
  }
  line("BEGIN:VEVENT");
  line("UID:" + uid(plan, event));
  line("DTSTAMP:" + date_time(utc_clock(event.day)) + "Z");
  line(start(event));
  line("DURATION:" + period(plan.total_seconds));
  line(rule(event.repeat));
  line("SUMMARY:Upper back routine");
  line("DESCRIPTION:" + escaped(description(plan, event.repeat)));
  line("CLASS:PRIVATE");
  line("TRANSP:TRANSPARENT");
  line("BEGIN:VALARM");
  line("ACTION:DISPLAY");
  line("TRIGGER:-PT5M");
  line("DESCRIPTION:Upper back routine");
  line("END:VALARM");
  line("END:VEVENT");
  line("END:VCALENDAR");
  return out;
}

}  // namespace backplan
