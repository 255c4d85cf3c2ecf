#include <fmt/format.h>

#include "io/layout.hpp"

namespace backplan {
namespace {

/// The action first. A level that is reached while questions are open says "at least".
void write_action(const ScreeningReport& report, const Advice& advice, Page& page) {
  const LevelAdvice& words = words_for(report, advice);
  const bool at_least = report.level && report.incomplete();
  page.say("", words.heading + (at_least ? " (at least)" : ""));
  for (const std::string& line : words.lines) page.say("", line);
  if (!plan_may_follow(report.level)) page.say("Emergency: ", advice.emergency_numbers);
  if (!at_least) return;
  page.say("", advice.incomplete.heading);
  for (const std::string& line : advice.incomplete.lines) page.say("", line);
}

std::string joined(const std::vector<std::string>& words) {
  std::string line;
  for (const std::string& word : words) line += (line.empty() ? "" : ", ") + word;
  return line;
}

void write_answers(const Reason& reason, Page& page) {
  for (const Said& said : reason.answers) {
    const bool whole = said.answer == "not sure";
    const std::string unsure = said.unsure && !whole ? " (not sure)" : "";
    page.say("    you answered: ", said.answer + unsure + (whole ? ", to: " + said.ask : ""));
  }
}

void write_in_full(const Reason& reason, Page& page) {
  page.say("  - ", reason.title);
  write_answers(reason, page);
  page.say("    ", reason.why);
  page.say("    source: ", joined(reason.sources));
}

void write_reasons(const ScreeningReport& report, Page& page) {
  const PersonalReasons reasons = personal_reasons(report);
  if (!reasons.decisive.empty()) {
    page.blank();
    page.say("", "Because of your answers:");
  }
  for (const Reason* reason : reasons.decisive) write_in_full(*reason, page);
  if (!reasons.others.empty()) {
    page.blank();
    page.say("", fmt::format("{}:", reasons.others_heading));
  }
  for (const Reason* reason : reasons.others) {
    page.say("  - ", reason->title);
    write_answers(*reason, page);
  }
}

void write_missing(const ScreeningReport& report, Page& page) {
  if (!report.incomplete()) return;
  page.blank();
  page.say("", "Still to answer:");
  for (const Missing& missing : report.missing) {
    page.say("  - ", missing.question.text + ": " + missing.ask);
  }
}

}  // namespace

std::string to_text(const ScreeningReport& report, const Advice& advice, const Layout& layout) {
  Page page(layout.width);
  write_action(report, advice, page);
  write_reasons(report, page);
  const std::string follow_up = follow_up_of(report, advice);
  if (!follow_up.empty()) {
    page.blank();
    page.say("Follow-up: ", follow_up);
  }
  write_missing(report, page);
  page.blank();
  page.say("", advice.not_a_diagnosis);
  return page.take();
}

}  // namespace backplan
