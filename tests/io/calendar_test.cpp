#include "backplan/calendar.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>

#include "cli/options.hpp"
#include "cli/output.hpp"

namespace backplan {
namespace {

using namespace std::chrono_literals;

PlanReport plan(const std::vector<std::string>& names) {
  PlanReport plan;
  plan.version = "0.1.0";
  plan.total_seconds = 125;
  plan.check_before = {"Fever?"};
  for (const std::string& name : names) {
    PlanStep step;
    step.id = {"id-of-" + name};
    step.name = name;
    plan.steps.push_back(step);
  }
  return plan;
}

const CalendarEvent saturday{.day = std::chrono::year(2026) / 11 / 21, .at = 10h + 30min};

std::string value(const std::string& calendar, const std::string& key) {
  const auto at = calendar.find("\r\n" + key + ":");
  REQUIRE(at != std::string::npos);
  const auto begin = at + key.size() + 3;
  return calendar.substr(begin, calendar.find("\r\n", begin) - begin);
}

std::string unfolded(std::string calendar) {
  for (auto at = calendar.find("\r\n "); at != std::string::npos; at = calendar.find("\r\n ", at)) {
    calendar.erase(at, 3);
  }
  return calendar;
}

TEST_CASE("a calendar, whole") {
  CHECK(to_calendar(plan({"Roll"}), saturday) ==
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//backplan//backplan 0.1.0//EN\r\n"
        "BEGIN:VEVENT\r\nUID:" +
            value(to_calendar(plan({"Roll"}), saturday), "UID") +
            "\r\n"
            "DTSTAMP:20261121T000000Z\r\nDTSTART:20261121T103000\r\nDURATION:PT2M5S\r\n"
            "SUMMARY:Upper back routine\r\n"
            "DESCRIPTION:Before you start: if the answer to any of these is yes\\, do not\r\n"
            "  start.\\n- Fever?\\n\\nThe steps:\\n1. Roll\\n\r\n"
            "CLASS:PRIVATE\r\nTRANSP:TRANSPARENT\r\n"
            "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT5M\r\nDESCRIPTION:Upper back "
            "routine\r\nEND:VALARM\r\n"
            "END:VEVENT\r\nEND:VCALENDAR\r\n");
}

TEST_CASE("what repeats begins on a day that it repeats on, and ends after two weeks") {
  struct Row {
    int day;
    Repeat repeat;
    std::string start;
  };
  for (const Row& row : std::vector<Row>{{20, Repeat::weekdays, "20261120T103000"},
                                         {21, Repeat::weekdays, "20261123T103000"},
                                         {22, Repeat::weekdays, "20261123T103000"},
                                         {23, Repeat::weekdays, "20261123T103000"},
                                         {21, Repeat::daily, "20261121T103000"},
                                         {21, Repeat::none, "20261121T103000"}}) {
    CalendarEvent event = saturday;
    event.day = std::chrono::year(2026) / 11 / row.day;
    event.repeat = row.repeat;
    const std::string calendar = unfolded(to_calendar(plan({"Roll"}), event));
    CHECK(value(calendar, "DTSTART") == row.start);
    CHECK((calendar.find("RRULE") != std::string::npos) == (row.repeat != Repeat::none));
    CHECK((calendar.find("answer the questions again") != std::string::npos) == (row.repeat != Repeat::none));
  }
}

std::string uid(const PlanReport& plan, const CalendarEvent& event) {
  return value(to_calendar(plan, event), "UID");
}

TEST_CASE("the UID follows from what the event shows, and from nothing that was answered") {
  PlanReport same = plan({"Roll"});
  same.level = Disposition::self_care;
  same.reasons.push_back({.rule = {"cancer"}, .title = "Cancer", .why = "why"});
  same.omitted.push_back({.id = {"arch"}, .name = "Arch", .reason = "rule"});
  same.notes = {"Cancer"};
  same.steps[0].eased = "Cancer";
  same.steps[0].why = "Cancer";
  CHECK(to_calendar(same, saturday) == to_calendar(plan({"Roll"}), saturday));
  PlanReport longer = plan({"Roll"});
  longer.steps[0].dose.repetitions = 7;
  CHECK(uid(longer, saturday) != uid(plan({"Roll"}), saturday));
  CHECK(uid(plan({"Roll", "Rest"}), saturday) != uid(plan({"Roll"}), saturday));
}

TEST_CASE("events on other days, at other times, of other zones or repeated otherwise never have one UID") {
  const CalendarZone berlin{.id = "Europe/Berlin", .clocks = {{.name = "CET"}}};
  std::set<std::string> uids;
  std::size_t events = 0;
  for (const int day : {16, 17, 18, 19, 20}) {  // Monday to Friday
    for (const std::chrono::minutes at : {std::chrono::minutes(0min), std::chrono::minutes(8h + 30min)}) {
      for (const Repeat repeat : {Repeat::none, Repeat::daily, Repeat::weekdays}) {
        for (const auto& zone :
             {std::optional<CalendarZone>(), std::optional(CalendarZone{"UTC", {}}), std::optional(berlin)}) {
          const CalendarEvent event{std::chrono::year(2026) / 11 / day, at, repeat, zone};
          uids.insert(uid(plan({"Roll"}), event));
          ++events;
        }
      }
    }
  }
  CHECK(uids.size() == events);
}

TEST_CASE("a series that is asked for on a weekend is that of the Monday after it") {
  CalendarEvent asked = saturday;
  asked.repeat = Repeat::weekdays;
  CalendarEvent monday = asked;
  monday.day += std::chrono::days(2);
  CHECK(uid(plan({"Roll"}), asked) == uid(plan({"Roll"}), monday));
}

TEST_CASE("an event can be in UTC, or in a zone that the file explains") {
  using std::chrono::local_days;
  using std::chrono::year;
  CalendarEvent event = saturday;
  event.zone = CalendarZone{.id = "UTC", .clocks = {}};
  const std::string utc = to_calendar(plan({"Roll"}), event);
  CHECK(value(utc, "DTSTART") == "20261121T103000Z");
  CHECK(utc.find("VTIMEZONE") == std::string::npos);
  event.zone =
      CalendarZone{.id = "America/St_Johns",
                   .clocks = {{local_days(year(2026) / 10 / 24), -(2h + 30min), -(2h + 30min), "NDT", true},
                              {local_days(year(2026) / 11 / 1) + 2h, -(2h + 30min), -(3h + 30min), "NST"}}};
  const std::string zoned = to_calendar(plan({"Roll"}), event);
  CHECK(zoned.find("VERSION:2.0\r\nPRODID:-//backplan//backplan 0.1.0//EN\r\n"
                   "BEGIN:VTIMEZONE\r\nTZID:America/St_Johns\r\n"
                   "BEGIN:DAYLIGHT\r\nDTSTART:20261024T000000\r\nTZOFFSETFROM:-0230\r\nTZOFFSETTO:-0230\r\n"
                   "TZNAME:NDT\r\nEND:DAYLIGHT\r\n"
                   "BEGIN:STANDARD\r\nDTSTART:20261101T020000\r\nTZOFFSETFROM:-0230\r\nTZOFFSETTO:-0330\r\n"
                   "TZNAME:NST\r\nEND:STANDARD\r\n"
                   "END:VTIMEZONE\r\nBEGIN:VEVENT\r\n") != std::string::npos);
  CHECK(zoned.find("\r\nDTSTART;TZID=America/St_Johns:20261121T103000\r\n") != std::string::npos);
}

TEST_CASE("lines are folded at 75 octets, and no character is cut") {
  for (int blanks = 0; blanks < 80; ++blanks) {
    std::string name(static_cast<std::size_t>(blanks), 'x');
    for (int i = 0; i < 40; ++i) name += "\u00E9\u8098\U0001F642";
    const std::string calendar = to_calendar(plan({name}), saturday);
    std::string unfolded;
    std::size_t begin = 0;
    for (std::size_t end; (end = calendar.find("\r\n", begin)) != std::string::npos; begin = end + 2) {
      CHECK(end - begin <= 75);
      const bool more = calendar[begin] == ' ';
      const char first = calendar[begin + (more ? 1 : 0)];
      CHECK((static_cast<unsigned char>(first) & 0xC0) != 0x80);
      unfolded +=
          more ? calendar.substr(begin + 1, end - begin - 1) : "\n" + calendar.substr(begin, end - begin);
    }
    CHECK(begin == calendar.size());
    CHECK(unfolded.find("1. " + name + "\\n") != std::string::npos);
  }
}

TEST_CASE("a name cannot add a line of its own") {
  const std::string calendar = unfolded(to_calendar(plan({"a;b,c\\d\r\nATTENDEE:x\x1B"}), saturday));
  CHECK(calendar.find("a\\;b\\,c\\\\d\\nATTENDEE:x\\n") != std::string::npos);
  CHECK(calendar.find("\nATTENDEE") == std::string::npos);
}

TEST_CASE("a calendar needs a time, and nothing else has one") {
  using cli::parse_calendar;
  const std::chrono::sys_days today = saturday.day;
  CHECK_FALSE(parse_calendar({}, false, today));
  CHECK(parse_calendar({.at = "00:00"}, true, today)->at == 0min);
  CHECK(parse_calendar({.at = "23:59"}, true, today)->at == 23h + 59min);
  CHECK(parse_calendar({.at = "10:30"}, true, today)->day == today);
  CHECK(parse_calendar({.at = "10:30"}, true, today)->repeat == Repeat::none);
  CHECK(parse_calendar({.at = "10:30", .repeat = "weekdays"}, true, today)->repeat == Repeat::weekdays);
  CHECK(parse_calendar({.at = "10:30", .from = "2028-02-29"}, true, today)->day ==
        std::chrono::sys_days(std::chrono::year(2028) / 2 / 29));
  CHECK_THROWS_AS(parse_calendar({}, true, today), cli::UsageError);
  CHECK_THROWS_AS(parse_calendar({.at = "10:30"}, false, today), cli::UsageError);
  CHECK_THROWS_AS(parse_calendar({.repeat = "daily"}, false, today), cli::UsageError);
  CHECK_THROWS_AS(parse_calendar({.from = "2026-11-21"}, false, today), cli::UsageError);
  CHECK_THROWS_AS(parse_calendar({.zone = "UTC"}, false, today), cli::UsageError);
  CHECK(parse_calendar({.at = "10:30", .from = "9998-12-31"}, true, today)->day ==
        std::chrono::sys_days(std::chrono::year(9998) / 12 / 31));
  for (const char* at : {"24:00", "10:60", "1030", "10:3", "9:30", "+9:30", "10.30", "10:30 ", "aa:bb"}) {
    INFO(at);
    CHECK_THROWS_AS(parse_calendar({.at = at}, true, today), cli::UsageError);
  }
  for (const char* from : {"2026-02-29", "2026-13-01", "2026-00-10", "2026-11-00", "26-11-21", "2026-1-1",
                           "0000-01-01", "9999-12-31", "20261121", "2026-11-2x"}) {
    INFO(from);
    CHECK_THROWS_AS(parse_calendar({.at = "10:30", .from = from}, true, today), cli::UsageError);
  }
  CHECK_THROWS_AS(parse_calendar({.at = "10:30", .repeat = "weekly"}, true, today), cli::UsageError);
}

}  // namespace
}  // namespace backplan
