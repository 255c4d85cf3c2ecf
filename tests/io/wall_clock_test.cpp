#include "io/wall_clock.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

namespace backplan {
namespace {

using namespace std::chrono_literals;
using std::chrono::seconds;
using std::chrono::sys_seconds;

TEST_CASE("a time is shown as it is, and in no zone of the machine") {
  struct Row {
    sys_seconds time;
    seconds offset;
    const char* wall;
  };
  const std::vector<Row> rows{
      {sys_seconds(0s), 0s, "1970-01-01 00:00:00"},
      {sys_seconds(0s), -1s, "1969-12-31 23:59:59"},
      {sys_seconds(1'999'999'999s), 0s, "2033-05-18 03:33:19"},
      {sys_seconds(2'147'483'648s), 0s, "2038-01-19 03:14:08"},
      {sys_seconds(2'147'483'648s), 5h + 45min, "2038-01-19 08:59:08"},
      {sys_seconds(4'107'553'200s), -5h, "2100-02-28 22:00:00"},
      {sys_seconds(4'107'553'200s), 0s, "2100-03-01 03:00:00"},
      {latest_time, 0s, "9999-12-31 23:59:59"},
  };
  for (const char* zone : {"UTC0", "EST5", "<+0545>-5:45", "NZST-12"}) {
    ::setenv("TZ", zone, 1);
    ::tzset();
    for (const Row& row : rows) {
      const WallTime wall = local_clock(row.time, row.offset);
      CHECK(date_text(wall) + " " + time_text(wall) == row.wall);
      CHECK(minute_text(wall) == std::string(row.wall).substr(0, 16));
    }
    CHECK(utc_clock(latest_time) == local_clock(latest_time, 0s));
  }
  ::unsetenv("TZ");
  ::tzset();
}

}  // namespace
}  // namespace backplan
