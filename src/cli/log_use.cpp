#include "cli/log_use.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "cli/output.hpp"

namespace backplan::cli {
namespace {

using Day = std::chrono::sys_days;

bool has_release(const SessionRecord& session) {
  return std::ranges::any_of(session.steps,
                             [](const LoggedStep& step) { return step.phase == Phase::release; });
}

/// What lies ahead was recorded by a clock that was wrong.
bool within(const SessionRecord& session, Time now, std::chrono::days days) {
  return session.finished <= now && session.finished > now - days;
}

/// A technique counts once a session, however many steps it had there.
void count(const SessionRecord& session, std::map<TechniqueId, int>& times) {
  std::set<TechniqueId> done;
  for (const LoggedStep& step : session.steps) {
    if (done.insert(step.technique).second) ++times[step.technique];
  }
}

}  // namespace

Log log_if_readable() {
  try {
    return read_log();
  } catch (const WriteError& error) {
    tell(shown(std::string("backplan: the log is not used: ") + error.what() + "\n"));
    return {};
  }
}

std::map<TechniqueId, int> recently_done(std::span<const SessionRecord> sessions, Time now) {
  std::map<TechniqueId, int> times;
  for (const SessionRecord& session : sessions) {
    if (within(session, now, looking_back)) count(session, times);
  }
  return times;
}

std::map<TechniqueId, int> practised(std::span<const SessionRecord> sessions, Time now) {
  std::map<TechniqueId, int> times;
  for (const SessionRecord& session : sessions) {
    if (within(session, now, std::chrono::days(28)) && !session.stopped) count(session, times);
  }
  return times;
}

std::string release_waits(std::span<const SessionRecord> sessions, Time now, std::chrono::seconds offset) {
  const Day today = day_of(now, offset);
  std::set<Day> days;
  for (const SessionRecord& session : sessions) {
    const Day day = day_of(session.finished, session.utc_offset);
    if (has_release(session) && day <= today && day > today - looking_back) days.insert(day);
  }
  if (days.contains(today)) return "release work today";
  if (static_cast<int>(days.size()) < release_days_a_week) return "";
  return fmt::format("release work on {} of the last {} days", days.size(), looking_back.count());
}

}  // namespace backplan::cli
