#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/log_store.hpp"
#include "cli/log_text.hpp"
#include "cli/output.hpp"
#include "io/utf8.hpp"

namespace backplan::cli {
namespace {

constexpr std::size_t longest_note = 1000;  // bytes

std::optional<int> read_stiffness(const std::string& flag, const std::string& text) {
  if (text.empty()) return std::nullopt;
  return parse_number(flag, text, 0, 10);
}

std::string read_note(const std::string& text) {
  if (!control_character(text).empty() || text.find('\n') != std::string::npos) {
    throw UsageError("--note: one line of text, without tabs and control characters");
  }
  if (text.size() > longest_note) {
    throw UsageError(fmt::format("--note: at most {} bytes", longest_note));
  }
  return text;
}

SessionRecord read_session(const LogAddOptions& options) {
  std::optional<std::chrono::seconds> took;
  if (!options.minutes.empty()) took = parse_minutes(options.minutes);
  if (options.plan.empty() && !took) {
    throw UsageError("log add: name the PLAN that was done, or say how long: --minutes N");
  }
  if (options.stopped && !took) {
    throw UsageError("--stopped: say after how long, so that only what was done is recorded: --minutes N");
  }
  const std::optional<int> before = read_stiffness("--before", options.before);
  const std::optional<int> after = read_stiffness("--after", options.after);
  const std::string note = read_note(options.note);
  const PlanReport plan = options.plan.empty() ? PlanReport{} : read_plan(options.plan);
  // Only who stopped early has left steps out; others were faster or slower. The minutes are a rough figure,
  // so the step that was under way counts: it makes no dose rise, and holds release work back.
  SessionRecord session =
      session_of(plan, options.stopped ? begun_within(plan, *took) : std::vector(plan.steps.size(), true));
  if (took) session.duration = *took;
  session.before = before;
  session.after = after;
  session.stopped = options.stopped;
  session.note = note;
  return session;
}

void tell_when_empty(const Log& log) {
  if (!log.sessions.empty()) return;
  tell(log.on ? "backplan: the log is on, and empty\n"
              : "backplan: the log is off, and nothing is stored; to keep one: backplan log on\n");
}

}  // namespace

ExitCode log_on() {
  turn_log_on();
  print(
      fmt::format("The log is on. Of each session that you finish with run or log add, this is stored:\n"
                  "when, how long, which steps, whether you stopped early, your stiffness before and\n"
                  "after, and your note. No answers of the questionnaire. It is kept in\n"
                  "  {}\n"
                  "readable by you alone, and is sent nowhere. generate looks at the last four weeks of it.\n"
                  "backplan log off stops it, backplan forget deletes it.\n",
                  shown(log_file().string())));
  return done;
}

ExitCode log_off() {
  turn_log_off();
  print(read_log().sessions.empty()
            ? "The log is off. Nothing is recorded, and generate does not look at it.\n"
            : "The log is off. Nothing more is recorded, and generate does not look at it.\n"
              "What was recorded stays; backplan forget deletes it.\n");
  return done;
}

ExitCode log_add(const LogAddOptions& options) {
  const SessionRecord session = read_session(options);
  if (!record(session)) {
    throw UsageError("the log is off, and nothing was stored; turn it on with: backplan log on");
  }
  tell("backplan: recorded\n");
  return done;
}

ExitCode log_list(const LogListOptions& options) {
  const int width = parse_layout(options.print).width;
  const Log log = read_log();
  tell_when_empty(log);
  if (log.sessions.empty()) return done;
  deliver(options.plot ? log_plot(log.sessions, width) : log_text(log.sessions, width), options.print);
  return done;
}

ExitCode log_export(const PrintOptions& options) {
  static const std::vector<std::string> formats{"csv", "json"};
  const bool json = parse_format(options, formats) == "json";
  const Log log = read_log();
  tell_when_empty(log);
  deliver(json ? log_json(log.sessions) : log_csv(log.sessions), options);
  return done;
}

}  // namespace backplan::cli
