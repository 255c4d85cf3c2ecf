#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "backplan/report.hpp"
#include "cli/state.hpp"

namespace backplan::cli {

// The log: finished sessions in an SQLite file of the person's own, and only when the person turned
// it on. It holds no answers of a screening.

struct LoggedStep {
  TechniqueId technique;
  Phase phase = Phase::mobilise;  ///< kept, as the technique may be gone when the log is read

  friend bool operator==(const LoggedStep&, const LoggedStep&) = default;
};

/// A session that was done, or stopped early.
struct SessionRecord {
  Time finished;
  std::chrono::seconds utc_offset{0};  ///< of the local clock then; east of Greenwich is positive
  std::chrono::seconds duration{0};    ///< of what was done, without pauses; 0 to 24 hours
  std::vector<LoggedStep> steps;       ///< those that were done to their end, in the order of the plan
  std::optional<int> before;           ///< stiffness, 0 to 10
  std::optional<int> after;
  bool stopped = false;  ///< before its end
  std::string note;      ///< one line of the person's own words

  friend bool operator==(const SessionRecord&, const SessionRecord&) = default;
};

/// A session of `plan` that ends now, with the steps that were done and the time that the plan gives them.
/// `done` has a value for each step.
SessionRecord session_of(const PlanReport& plan, const std::vector<bool>& done);

/// For each step, whether it had begun when that much of the plan had passed.
std::vector<bool> begun_within(const PlanReport& plan, std::chrono::seconds passed);

/// log.db in the state folder. Throws WriteError when there is no home.
std::filesystem::path log_file();

struct Log {
  bool on = false;                      ///< whether sessions are recorded
  std::vector<SessionRecord> sessions;  ///< oldest first
};

// Each of these opens the file, does one thing in one transaction, and closes it. A writer waits up
// to five seconds for another. They throw WriteError: cannot be opened, damaged, or of a newer
// version.

/// What is stored; nothing, and no file is made, when there is none.
Log read_log();

/// Makes the file when it is missing.
void turn_log_on();

/// Makes nothing when there is no file. What was recorded stays.
void turn_log_off();

/// Stores a session when the person turned the log on; otherwise stores nothing and returns false.
/// `before` and `after` must be 0 to 10 and `note` without control characters.
bool record(const SessionRecord& session);

}  // namespace backplan::cli
