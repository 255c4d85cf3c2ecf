#include "cli/zone.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "cli/output.hpp"
#include "io/wall_clock.hpp"

namespace backplan::cli {
namespace {

using namespace std::chrono_literals;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::year;

/// "2026-10-25 03:00 +7200>+3600 CET", or with "*" in summer.
std::string said(const ZoneClock& clock) {
  return minute_text(clock.onset) + " " + std::to_string(clock.before.count()) + ">" +
         std::to_string(clock.offset.count()) + " " + clock.name + (clock.summer ? "*" : "");
}

TEST_CASE("a zone has the clock from before the event on, and each change of the two weeks") {
  struct Row {
    const char* zone;
    sys_days first;
    std::vector<std::string> clocks;
  };
  const std::vector<Row> rows{
      {"UTC", year(2026) / 3 / 20, {}},
      {"Asia/Kathmandu", year(2026) / 3 / 20, {"2026-03-18 05:45 20700>20700 +0545"}},
      {"Europe/Berlin",
       year(2026) / 3 / 20,
       {"2026-03-18 01:00 3600>3600 CET", "2026-03-29 02:00 3600>7200 CEST*"}},
      {"Europe/Berlin",
       year(2026) / 10 / 12,
       {"2026-10-10 02:00 7200>7200 CEST*", "2026-10-25 03:00 7200>3600 CET"}},
      {"Europe/Berlin",
       year(2026) / 10 / 26,
       {"2026-10-24 02:00 7200>7200 CEST*", "2026-10-25 03:00 7200>3600 CET"}},
      {"Europe/Berlin", year(2026) / 10 / 28, {"2026-10-26 01:00 3600>3600 CET"}},
      {"America/New_York",
       year(2100) / 3 / 1,
       {"2100-02-26 19:00 -18000>-18000 EST", "2100-03-14 02:00 -18000>-14400 EDT*"}},
      {"Pacific/Auckland",
       year(2038) / 4 / 1,
       {"2038-03-30 13:00 46800>46800 NZDT*", "2038-04-04 03:00 46800>43200 NZST"}},
      {"Australia/Lord_Howe",  // by half an hour
       year(2026) / 4 / 1,
       {"2026-03-30 11:00 39600>39600 +11*", "2026-04-05 02:00 39600>37800 +1030"}},
      {"Pacific/Apia",  // the 30th of December was left out
       year(2011) / 12 / 28,
       {"2011-12-25 14:00 -36000>-36000 -10*", "2011-12-30 00:00 -36000>50400 +14*"}},
      {"Africa/Casablanca",  // twice in five weeks, and here once
       year(2026) / 2 / 10,
       {"2026-02-08 01:00 3600>3600 +01", "2026-02-15 03:00 3600>0 +00*"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.zone);
    const CalendarZone zone = calendar_zone(row.zone, row.first);
    CHECK(zone.id == row.zone);
    std::vector<std::string> clocks;
    for (const ZoneClock& clock : zone.clocks) clocks.push_back(said(clock));
    CHECK(clocks == row.clocks);
  }
}

TEST_CASE("today is that of the zone") {
  const Time evening = sys_days(year(2026) / 7 / 1) + 22h + 30min;
  CHECK(day_in("UTC", evening) == sys_days(year(2026) / 7 / 1));
  CHECK(day_in("Europe/Berlin", evening) == sys_days(year(2026) / 7 / 2));
  CHECK(day_in("America/New_York", evening) == sys_days(year(2026) / 7 / 1));
  CHECK(day_in("Pacific/Kiritimati", evening - 12h - 31min) == sys_days(year(2026) / 7 / 1));
}

TEST_CASE("a zone that the system does not know is refused, and the local clock stays what it was") {
  const Time noon = sys_days(year(2026) / 7 / 1) + 12h;
  ::setenv("TZ", "EST5", 1);
  ::tzset();
  for (const char* name :
       {"Europe/Berln", "europe/berlin", "Europe", "Europe/", "/usr/share/zoneinfo/UTC", "CEST", "+1",
        "../zoneinfo/Europe/Berlin", "Europe/../Europe/Berlin", "right/Europe/Berlin", "posixrules",
        "zone.tab", "Europe/Berlin\nX:1", "Europe/Berlin;X=1", "EST5", " UTC"}) {
    CAPTURE(name);
    CHECK_THROWS_AS(calendar_zone(name, year(2026) / 7 / 1), UsageError);
    CHECK_THROWS_AS(day_in(name, noon), UsageError);
    CHECK(utc_offset(noon) == -5h);
  }
  calendar_zone("Europe/Berlin", year(2026) / 7 / 1);
  CHECK(utc_offset(noon) == -5h);
  CHECK(std::string(std::getenv("TZ")) == "EST5");
  ::unsetenv("TZ");
  ::tzset();
  calendar_zone("Europe/Berlin", year(2026) / 7 / 1);
  CHECK(std::getenv("TZ") == nullptr);
}

}  // namespace
}  // namespace backplan::cli
