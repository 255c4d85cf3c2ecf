#include "cli/log_store.hpp"

#include <sys/stat.h>

#include <array>
#include <map>

#include "cli/database.hpp"
#include "cli/output.hpp"
#include "io/wall_clock.hpp"

namespace backplan::cli {
namespace {

namespace fs = std::filesystem;
using std::chrono::seconds;

/// Never change a step that has been published: add one.
constexpr std::array<const char*, 1> versions{
    "CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;"
    "CREATE TABLE session ("
    "  id INTEGER PRIMARY KEY,"
    "  finished INTEGER NOT NULL,"    // seconds since 1970, UTC
    "  utc_offset INTEGER NOT NULL,"  // seconds
    "  seconds INTEGER NOT NULL,"
    "  before INTEGER CHECK (before BETWEEN 0 AND 10),"
    "  after INTEGER CHECK (after BETWEEN 0 AND 10),"
    "  stopped INTEGER NOT NULL CHECK (stopped IN (0, 1)),"
    "  note TEXT NOT NULL) STRICT;"
    "CREATE TABLE step ("
    "  session INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,"
    "  n INTEGER NOT NULL,"
    "  technique TEXT NOT NULL,"
    "  phase TEXT NOT NULL,"
    "  PRIMARY KEY (session, n)) STRICT, WITHOUT ROWID;"};

constexpr std::int64_t seconds_a_day = std::int64_t{24} * 60 * 60;

bool is_there(const fs::path& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0;
}

/// The file at `path`, of the latest version.
class LogDatabase : public Database {
 public:
  explicit LogDatabase(const fs::path& path) : Database(in_its_folder(path)) { migrate(*this, versions); }

 private:
  static fs::path in_its_folder(const fs::path& path) {
    make_state_folder(path.parent_path());
    return path;
  }
};

bool is_on(Database& database) {
  Statement setting(database, "SELECT 1 FROM setting WHERE name = 'log' AND value = 'on'");
  return setting.next();
}

void set(Database& database, const std::string& value) {
  Transaction transaction(database);
  Statement setting(database, "INSERT OR REPLACE INTO setting (name, value) VALUES ('log', ?)");
  setting.bind(1, value).next();
  transaction.keep();
}

Phase phase_named(const std::string& word) {
  for (int i = 0; i < 6; ++i) {
    if (word == name(static_cast<Phase>(i))) return static_cast<Phase>(i);
  }
  return Phase::mobilise;
}

std::map<std::int64_t, std::vector<LoggedStep>> read_steps(Database& database) {
  std::map<std::int64_t, std::vector<LoggedStep>> steps;
  Statement row(database, "SELECT session, technique, phase FROM step ORDER BY session, n");
  while (row.next()) steps[row.integer(0)].push_back({{row.text(1)}, phase_named(row.text(2))});
  return steps;
}

std::vector<SessionRecord> read_sessions(Database& database) {
  auto steps = read_steps(database);
  std::vector<SessionRecord> sessions;
  Statement row(database,
                "SELECT id, finished, utc_offset, seconds, before, after, stopped, note "
                "FROM session ORDER BY finished, id");
  while (row.next()) {
    sessions.push_back({.finished = Time(seconds(row.integer(1, 0, latest_time.time_since_epoch().count()))),
                        .utc_offset = seconds(row.integer(2, -seconds_a_day, seconds_a_day)),
                        .duration = seconds(row.integer(3, 0, seconds_a_day)),
                        .steps = std::move(steps[row.integer(0)]),
                        .before = row.maybe(4),
                        .after = row.maybe(5),
                        .stopped = row.integer(6) != 0,
                        .note = row.text(7)});
  }
  return sessions;
}

void insert(Database& database, const SessionRecord& session) {
  Statement row(database,
                "INSERT INTO session (finished, utc_offset, seconds, before, after, stopped, note) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)");
  row.bind(1, std::int64_t{session.finished.time_since_epoch().count()})
      .bind(2, std::int64_t{session.utc_offset.count()})
      .bind(3, std::int64_t{session.duration.count()})
      .bind(4, session.before)
      .bind(5, session.after)
      .bind(6, std::int64_t{session.stopped})
      .bind(7, session.note)
      .next();
  const std::int64_t id = sqlite3_last_insert_rowid(database.handle());
  Statement step(database, "INSERT INTO step (session, n, technique, phase) VALUES (?, ?, ?, ?)");
  std::int64_t n = 0;
  for (const LoggedStep& each : session.steps) {
    step.bind(1, id).bind(2, ++n).bind(3, each.technique.text).bind(4, std::string(name(each.phase)));
    step.next();
    step.reset();
  }
}

seconds time_of(const PlanStep& step) { return seconds(step.setup_seconds + step.work_seconds); }

}  // namespace

SessionRecord session_of(const PlanReport& plan, const std::vector<bool>& done) {
  SessionRecord session{.finished = now()};
  session.utc_offset = utc_offset(session.finished);
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    if (!done[i]) continue;
    session.steps.push_back({plan.steps[i].id, plan.steps[i].phase});
    session.duration += time_of(plan.steps[i]);
  }
  return session;
}

std::vector<bool> begun_within(const PlanReport& plan, seconds passed) {
  std::vector<bool> begun;
  seconds begins{0};
  for (const PlanStep& step : plan.steps) {
    begun.push_back(begins < passed);
    begins += time_of(step);
  }
  return begun;
}

fs::path log_file() {
  const auto folder = state_folder();
  if (!folder) throw WriteError("there is no home to keep a log in: set HOME or XDG_STATE_HOME");
  return *folder / "log.db";
}

Log read_log() {
  const auto folder = state_folder();
  if (!folder || !is_there(*folder / "log.db")) return {};
  LogDatabase database(*folder / "log.db");
  database.run("BEGIN");  // what is read belongs together
  Log log{.on = is_on(database), .sessions = read_sessions(database)};
  database.run("COMMIT");
  return log;
}

void turn_log_on() {
  LogDatabase database(log_file());
  set(database, "on");
}

void turn_log_off() {
  const fs::path path = log_file();
  if (!is_there(path)) return;
  LogDatabase database(path);
  set(database, "off");
}

bool record(const SessionRecord& session) {
  const fs::path path = log_file();
  if (!is_there(path)) return false;
  LogDatabase database(path);
  Transaction transaction(database);
  if (!is_on(database)) return false;
  insert(database, session);
  transaction.keep();
  return true;
}

}  // namespace backplan::cli
