#include <doctest/doctest.h>
#include <sys/stat.h>

#include <cstdio>
#include <cstdlib>
#include <string>

#include "cli/database.hpp"
#include "cli/log_text.hpp"
#include "cli/log_use.hpp"
#include "cli/output.hpp"

namespace backplan::cli {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;
using std::chrono::seconds;

const Time noon{std::chrono::sys_days(std::chrono::year(2026) / 11 / 21) + 12h};

SessionRecord session(Time finished, std::vector<LoggedStep> steps = {}) {
  return {.finished = finished, .duration = 300s, .steps = std::move(steps)};
}

SessionRecord stiff(std::optional<int> before, std::optional<int> after) {
  SessionRecord made = session(noon);
  made.before = before;
  made.after = after;
  return made;
}

const LoggedStep roll{{"roll"}, Phase::release};
const LoggedStep swing{{"swing"}, Phase::warm_up};

TEST_CASE("what was done in the last seven days counts, and nothing from before or ahead") {
  const std::vector<SessionRecord> sessions{session(noon - days(7), {swing}),
                                            session(noon - days(7) + 1s, {swing, roll}),
                                            session(noon, {swing}), session(noon + 1s, {swing, roll})};
  CHECK(recently_done(sessions, noon) == std::map<TechniqueId, int>{{{"roll"}, 1}, {{"swing"}, 2}});
}

TEST_CASE("what was practised are the whole sessions of four weeks") {
  SessionRecord stopped = session(noon, {swing, roll});
  stopped.stopped = true;
  const std::vector<SessionRecord> sessions{
      session(noon - days(28), {swing}), session(noon - days(28) + 1s, {swing}), session(noon, {swing, roll}),
      stopped, session(noon + 1s, {roll})};
  CHECK(practised(sessions, noon) == std::map<TechniqueId, int>{{{"roll"}, 1}, {{"swing"}, 2}});
  const std::vector<SessionRecord> twice{session(noon, {swing, roll, swing})};
  CHECK(practised(twice, noon) == std::map<TechniqueId, int>{{{"roll"}, 1}, {{"swing"}, 1}});
}

TEST_CASE("release work comes on three days of seven at most, and once a day") {
  struct Row {
    const char* why;
    std::vector<int> days_ago;
    std::string waits;
  };
  const std::vector<Row> rows{
      {"never yet", {}, ""},
      {"today", {0}, "release work today"},
      {"yesterday", {1}, ""},
      {"two days", {1, 3}, ""},
      {"three days", {1, 3, 6}, "release work on 3 of the last 7 days"},
      {"the third is a week ago", {1, 3, 7}, ""},
      {"three times on two days", {1, 1, 3}, ""},
      {"tomorrow, by a clock that was wrong", {-1, -1}, ""},
  };
  for (const Row& row : rows) {
    INFO(row.why);
    std::vector<SessionRecord> sessions{session(noon, {swing})};
    for (const int ago : row.days_ago) sessions.push_back(session(noon - days(ago), {swing, roll}));
    CHECK(release_waits(sessions, noon, 0s) == row.waits);
  }
}

TEST_CASE("days are those of the person") {
  SessionRecord evening = session(noon + 11h, {roll});  // 23:00 UTC, past midnight in Berlin
  evening.utc_offset = 1h;
  CHECK(release_waits(std::vector{evening}, noon + 20h, 1h) == "release work today");
  evening.utc_offset = 0s;
  CHECK(release_waits(std::vector{evening}, noon + 20h, 0s).empty());
}

/// Three steps of a minute each.
PlanReport three_steps() {
  PlanReport plan;
  plan.total_seconds = 180;
  for (const char* id : {"a", "b", "c"}) {
    PlanStep step;
    step.id = {id};
    step.setup_seconds = 10;
    step.work_seconds = 50;
    plan.steps.push_back(step);
  }
  return plan;
}

TEST_CASE("a session has the steps that were done, and their time") {
  struct Row {
    std::vector<bool> done;
    std::vector<std::string> ids;
    seconds duration;
  };
  for (const Row& row :
       {Row{{true, true, true}, {"a", "b", "c"}, 180s}, Row{{true, false, true}, {"a", "c"}, 120s},
        Row{{false, true, false}, {"b"}, 60s}, Row{{false, false, false}, {}, 0s}}) {
    const SessionRecord made = session_of(three_steps(), row.done);
    std::vector<std::string> ids;
    for (const LoggedStep& step : made.steps) ids.push_back(step.technique.text);
    CHECK(ids == row.ids);
    CHECK(made.duration == row.duration);
  }
}

TEST_CASE("who says to have stopped after some time has done the steps that had begun") {
  const std::vector<std::pair<seconds, std::vector<bool>>> rows{
      {180s, {true, true, true}},  {121s, {true, true, true}}, {120s, {true, true, false}},
      {60s, {true, false, false}}, {1s, {true, false, false}}, {0s, {false, false, false}}};
  for (const auto& [passed, begun] : rows) {
    CAPTURE(passed.count());
    CHECK(begun_within(three_steps(), passed) == begun);
  }
}

std::string note_in_csv(const std::string& note) {
  SessionRecord made = session(noon);
  made.note = note;
  const std::string csv = log_csv(std::vector{made});
  const std::string before = "\r\n2026-11-21T12:00:00+00:00,300,,,no,,";
  const auto at = csv.find(before);
  REQUIRE(at != std::string::npos);
  REQUIRE(csv.ends_with("\r\n"));
  return csv.substr(at + before.size(), csv.size() - at - before.size() - 2);
}

TEST_CASE("no note is a formula in a spreadsheet, and each can be had back") {
  const std::vector<std::pair<std::string, std::string>> rows{
      {"fine", "fine"},
      {"", ""},
      {"a,b", "\"a,b\""},
      {"say \"ah\"", "\"say \"\"ah\"\"\""},
      {"two\nlines", "\"two\nlines\""},
      {"1+1", "1+1"},
      {"=1+1", "'=1+1"},
      {"+1", "'+1"},
      {"-1", "'-1"},
      {"@SUM(A1)", "'@SUM(A1)"},
      {"\t=1", "'\t=1"},
      {"\r=1", "\"'\r=1\""},
      {"  =1", "'  =1"},
      {"=HYPERLINK(\"x\",1)", "\"'=HYPERLINK(\"\"x\"\",1)\""},
      {"\uFF1D1", "'\uFF1D1"},
      {"'quoted'", "''quoted'"},
  };
  for (const auto& [note, field] : rows) {
    INFO(note);
    CHECK(note_in_csv(note) == field);
  }
}

TEST_CASE("times are those of the clock on the wall") {
  SessionRecord made = session(noon);
  made.utc_offset = -(3h + 30min);
  CHECK(log_csv(std::vector{made}).find("2026-11-21T08:30:00-03:30,") != std::string::npos);
  CHECK(log_json(std::vector{made}).find("\"2026-11-21T08:30:00-03:30\"") != std::string::npos);
  CHECK(log_text(std::vector{made}, 80) == "2026-11-21 08:30, 5:00 min\n");
}

TEST_CASE("a list shows what is in a file, and no more") {
  SessionRecord made = session(noon, {{{"evil\x1B[2J"}, Phase::release}});
  made.note = "a\x1B]0;b";
  made.stopped = true;
  CHECK(log_text(std::vector{made}, 80) ==
        "2026-11-21 12:00, 5:00 min, stopped early\n  evil\\u001b[2J\n  \"a\\u001b]0;b\"\n");
}

TEST_CASE("the plot has a column for each session that says how stiff one was") {
  const std::vector<SessionRecord> sessions{stiff(6, 3), session(noon), stiff(5, 5), stiff({}, 0)};
  CHECK(log_plot(sessions, 80) ==
        "Stiffness of 10: o before, * after, @ both the same\n"
        "10 |\n 9 |\n 8 |\n 7 |\n"
        " 6 |   o\n"
        " 5 |       @\n"
        " 4 |\n"
        " 3 |   *\n"
        " 2 |\n 1 |\n"
        " 0 |           *\n"
        "   +------------\n"
        "2026-11-21 to 2026-11-21, 3 shown. On average, the first: 6.0 before, 3.0 after;\n"
        "the last: 0.0 after.\n");
  CHECK(log_plot(std::vector{session(noon)}, 80) == "No session in the log says how stiff you were.\n");
}

TEST_CASE("the plot is never wider than asked, and shows the latest") {
  for (const int width : {40, 80, 200}) {
    for (const int count : {1, 2, 9, 18, 36, 37, 76, 100, 500}) {
      std::vector<SessionRecord> sessions(static_cast<std::size_t>(count - 1), stiff(9, 8));
      sessions.push_back(stiff(2, 1));
      const std::string plot = log_plot(sessions, width);
      std::size_t begin = 0;
      for (std::size_t end; (end = plot.find('\n', begin)) != std::string::npos; begin = end + 1) {
        INFO(plot.substr(begin, end - begin));
        // The heading has 51 columns, and is folded nowhere else.
        CHECK((end - begin <= static_cast<std::size_t>(width) || begin == 0));
      }
      CHECK(plot.find(" 1 |") != std::string::npos);
      CHECK(plot.substr(plot.find(" 1 |"), plot.find("\n 0 |") - plot.find(" 1 |")).ends_with('*'));
    }
  }
}

/// A folder that goes away.
class Folder {
 public:
  Folder() { REQUIRE(::mkdtemp(name_.data()) != nullptr); }
  ~Folder() { std::filesystem::remove_all(name_); }
  std::filesystem::path operator/(const char* file) const { return std::filesystem::path(name_) / file; }

 private:
  std::string name_ = "/tmp/backplan-log-XXXXXX";
};

int tables(Database& database) { return database.number("SELECT count(*) FROM sqlite_master"); }

TEST_CASE("a file is migrated step by step, and not at all when a step fails") {
  const Folder folder;
  Database database(folder / "log.db");
  const std::vector<const char*> one{"CREATE TABLE a (x)"};
  const std::vector<const char*> broken{"CREATE TABLE a (x)", "CREATE TABLE b (x)", "CREATE TABLE a (x)"};
  const std::vector<const char*> two{"CREATE TABLE a (x)", "CREATE TABLE b (x)"};
  migrate(database, one);
  CHECK(database.number("PRAGMA user_version") == 1);
  CHECK(tables(database) == 1);
  CHECK_THROWS_AS(migrate(database, broken), WriteError);
  CHECK(database.number("PRAGMA user_version") == 1);
  CHECK(tables(database) == 1);
  migrate(database, two);
  CHECK(database.number("PRAGMA user_version") == 2);
  CHECK(tables(database) == 2);
  migrate(database, two);
  CHECK_THROWS_WITH(migrate(database, one),
                    "the log is of version 2, and this backplan knows 1 at most; use the newer backplan");
  CHECK(tables(database) == 2);
}

TEST_CASE("new files are for their owner alone while a database is open, and not after") {
  const mode_t own = ::umask(022);
  {
    const OwnerOnly owner_only;
    CHECK(::umask(077) == 077);
  }
  CHECK(::umask(own) == 022);
}

TEST_CASE("what is bound is data") {
  const Folder folder;
  Database database(folder / "log.db");
  database.run("CREATE TABLE a (x)");
  const std::string nasty("'); DROP TABLE a; --\0\"", 21);
  Statement insert(database, "INSERT INTO a VALUES (?)");
  insert.bind(1, nasty).next();
  Statement row(database, "SELECT x FROM a");
  REQUIRE(row.next());
  CHECK(row.text(0) == nasty);
}

}  // namespace
}  // namespace backplan::cli
