#include "cli/log_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "cli/output.hpp"
#include "io/document.hpp"
#include "io/layout.hpp"
#include "io/wall_clock.hpp"

namespace backplan::cli {
namespace {

using Sessions = std::vector<SessionRecord>;

WallTime on_the_wall(const SessionRecord& session) {
  return local_clock(session.finished, session.utc_offset);
}

/// "2026-11-21T10:52:00+01:00".
std::string stamp(const SessionRecord& session) {
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(session.utc_offset).count();
  const WallTime clock = on_the_wall(session);
  return fmt::format("{}T{}{}{:02}:{:02}", date_text(clock), time_text(clock), minutes < 0 ? '-' : '+',
                     std::abs(minutes) / 60, std::abs(minutes) % 60);
}

std::string stiffness(const SessionRecord& session) {
  const auto said = [](std::optional<int> level) { return level ? std::to_string(*level) : "?"; };
  if (!session.before && !session.after) return "";
  return fmt::format(", stiffness {} -> {} of 10", said(session.before), said(session.after));
}

std::string ids(const SessionRecord& session, std::string_view between) {
  std::string all;
  for (const LoggedStep& step : session.steps) {
    all += (all.empty() ? "" : std::string(between)) + step.technique.text;
  }
  return all;
}

// The plot.

constexpr std::string_view margin = "    ";  // "10 |"

bool has_stiffness(const SessionRecord& session) { return session.before || session.after; }

char mark(const SessionRecord& session, int level) {
  const bool before = session.before == level;
  const bool after = session.after == level;
  return before && after ? '@' : before ? 'o' : after ? '*' : ' ';
}

std::string row(const Sessions& sessions, int level, std::size_t step) {
  std::string line = fmt::format("{:2} |", level);
  for (const SessionRecord& session : sessions) line += std::string(step - 1, ' ') + mark(session, level);
  return line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
}

std::string day(const SessionRecord& session) { return date_text(on_the_wall(session)); }

/// "4.5 before, 2.0 after" on average; what was never given is left out.
std::string averages(std::span<const SessionRecord> sessions) {
  std::string words;
  const auto add = [&](std::optional<int> SessionRecord::*level, const char* word) {
    int sum = 0;
    int count = 0;
    for (const SessionRecord& session : sessions) {
      if (!(session.*level)) continue;
      sum += *(session.*level);
      ++count;
    }
    if (count == 0) return;
    // Tenths, rounded by hand: nothing depends on how a machine rounds.
    const int tenths = (20 * sum + count) / (2 * count);
    words += fmt::format("{}{}.{} {}", words.empty() ? "" : ", ", tenths / 10, tenths % 10, word);
  };
  add(&SessionRecord::before, "before");
  add(&SessionRecord::after, "after");
  return words;
}

/// The averages of the first and of the last third.
std::string trend(std::span<const SessionRecord> sessions) {
  const std::size_t third = std::max<std::size_t>(1, sessions.size() / 3);
  if (sessions.size() == 1) return "One session: " + averages(sessions) + ".";
  const std::string several = third == 1 ? "" : fmt::format(" {}", third);
  return fmt::format("On average, the first{}: {}; the last{}: {}.", several, averages(sessions.first(third)),
                     several, averages(sessions.last(third)));
}

// The table.

/// What a spreadsheet could take for a formula, also the full-width forms, and behind blanks.
bool looks_like_formula(std::string_view text) {
  static constexpr std::array<std::string_view, 11> starts{"=",  "+",      "-",      "@",      "\t",    "\r",
                                                           "\n", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"};
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  return std::ranges::any_of(starts, [&](std::string_view start) { return text.starts_with(start); });
}

std::string field(const std::string& text) {
  const bool marked = looks_like_formula(text) || text.starts_with('\'');
  std::string harmless = (marked ? "'" : "") + text;
  if (harmless.find_first_of(",\"\r\n") == std::string::npos) return harmless;
  std::string quoted = "\"";
  for (const char c : harmless) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

std::string number(std::optional<int> level) { return level ? std::to_string(*level) : ""; }

}  // namespace

std::string local_time(const SessionRecord& session) { return minute_text(on_the_wall(session)); }

std::string log_text(std::span<const SessionRecord> sessions, int width) {
  Page page(width);
  for (const SessionRecord& session : sessions) {
    page.say("", fmt::format("{}, {} min{}{}", local_time(session),
                             minutes(static_cast<int>(session.duration.count())), stiffness(session),
                             session.stopped ? ", stopped early" : ""));
    if (!session.steps.empty()) page.say("  ", shown(ids(session, ", ")));
    if (!session.note.empty()) page.say("  \"", shown(session.note) + "\"");
  }
  return page.take();
}

std::string log_plot(std::span<const SessionRecord> sessions, int width) {
  Sessions known;
  std::ranges::copy_if(sessions, std::back_inserter(known), has_stiffness);
  if (known.empty()) return "No session in the log says how stiff you were.\n";
  const std::size_t columns = static_cast<std::size_t>(width) - margin.size();
  if (known.size() > columns) known.erase(known.begin(), known.end() - static_cast<long>(columns));
  const std::size_t step = std::clamp<std::size_t>(columns / known.size(), 1, 4);

  Page page(width);
  page.line("Stiffness of 10: o before, * after, @ both the same");
  std::string plot = page.take();
  for (int level = 10; level >= 0; --level) plot += row(known, level, step);
  plot += "   +" + std::string(known.size() * step, '-') + "\n";
  Page words(width);
  words.say("", fmt::format("{} to {}, {} shown. {}", day(known.front()), day(known.back()), known.size(),
                            trend(known)));
  return plot + words.take();
}

std::string log_csv(std::span<const SessionRecord> sessions) {
  std::string csv = "finished,seconds,stiffness_before,stiffness_after,stopped,steps,note\r\n";
  for (const SessionRecord& session : sessions) {
    csv += fmt::format("{},{},{},{},{},{},{}\r\n", stamp(session), session.duration.count(),
                       number(session.before), number(session.after), session.stopped ? "yes" : "no",
                       field(ids(session, " ")), field(session.note));
  }
  return csv;
}

std::string log_json(std::span<const SessionRecord> sessions) {
  Tree list = Tree::array();
  for (const SessionRecord& session : sessions) {
    Tree steps = Tree::array();
    for (const LoggedStep& step : session.steps) {
      steps.push_back({{"id", step.technique.text}, {"phase", name(step.phase)}});
    }
    Tree entry{{"finished", stamp(session)}, {"seconds", session.duration.count()}};
    if (session.before) entry["stiffness_before"] = *session.before;
    if (session.after) entry["stiffness_after"] = *session.after;
    entry["stopped"] = session.stopped;
    entry["steps"] = std::move(steps);
    entry["note"] = session.note;
    list.push_back(std::move(entry));
  }
  return to_json(Tree{{"schema", "backplan/log/1"}, {"sessions", std::move(list)}});
}

}  // namespace backplan::cli
