#include "backplan/calendar.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "io/layout.hpp"

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

/// Of what the event shows and not of the plan's reasons: an answer must not be guessed from it.
std::string uid(const PlanReport& plan, const CalendarEvent& event) {
  std::string shown = std::to_string(event.at.count());
  for (const PlanStep& step : plan.steps) {
    shown += "\n" + step.id.text + " " + in_words(step.dose, step.sides);
  }
  const Document document{"event", shown};
  return digest({&document, 1}) + "@backplan";
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
  line("BEGIN:VEVENT");
  line("UID:" + uid(plan, event));
  line(fmt::format("DTSTAMP:{:%Y%m%d}T000000Z", event.day));
  // Neither a zone nor Z: the time on the clock of wherever one is.
  line(fmt::format("DTSTART:{:%Y%m%d}T{:%H%M}00", first_day(event), event.at));
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
