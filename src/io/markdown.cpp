#include <fmt/format.h>

#include <algorithm>

#include "io/layout.hpp"

namespace backplan {
namespace {

/// Text that Markdown shows as it is.
std::string plain(std::string_view text) {
  static constexpr std::string_view special = "\\`*_[]<>|#~";
  std::string out;
  for (const char c : text) {
    if (special.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

std::string bullet(std::string_view text) { return "- " + plain(text) + "\n"; }

void write_answers(const Reason& reason, std::string& out) {
  for (const Said& said : reason.answers) {
    out += "  - you answered: " + plain(said.answer) + (said.unsure ? " (not sure)" : "") + "\n";
  }
}

void write_in_full(const Reason& reason, std::string& out) {
  out += "- **" + plain(reason.title) + "**: " + plain(reason.why) + "\n";
  write_answers(reason, out);
}

void write_reasons(const ScreeningReport& report, std::string& out) {
  const PersonalReasons reasons = personal_reasons(report);
  if (!reasons.decisive.empty()) out += "\n## Because of your answers\n\n";
  for (const Reason* reason : reasons.decisive) write_in_full(*reason, out);
  if (!reasons.others.empty()) out += fmt::format("\n## {}\n\n", reasons.others_heading);
  for (const Reason* reason : reasons.others) {
    out += "- **" + plain(reason->title) + "**\n";
    write_answers(*reason, out);
  }
}

void write_step(const PlanStep& step, std::string& out) {
  out += fmt::format("- [ ] **{}** ({}), {}\n", plain(step.name),
                     minutes(step.setup_seconds + step.work_seconds), plain(step.position));
  for (const std::string& thing : step.equipment) out += "  - Equipment: " + plain(thing) + "\n";
  out += "  - Dose: " + plain(in_words_with_source(step)) + "\n";
  if (!step.eased.empty()) out += "  - Kept short: " + plain(step.eased) + "\n";
  for (const std::string& line : step.steps) out += "  - " + plain(line) + "\n";
  out += "  - Breath: " + plain(step.breathing) + "\n";
  out += "  - You feel: " + plain(step.feel) + "\n";
  for (const std::string& sign : step.stop_if) out += "  - Stop if: " + plain(sign) + "\n";
  out += "  - Easier: " + plain(step.easier) + "\n";
  out += "  - Harder: " + plain(step.harder) + "\n";
}

}  // namespace

std::string to_markdown(const ScreeningReport& report, const Advice& advice) {
  const LevelAdvice& words = words_for(report, advice);
  std::string out = "# " + plain(words.heading);
  out += report.level && report.incomplete() ? " (at least)\n\n" : "\n\n";
  for (const std::string& line : words.lines) out += plain(line) + "\n\n";
  out += "Emergency: " + plain(advice.emergency_numbers) + "\n";
  write_reasons(report, out);
  if (report.incomplete()) out += "\n## Still to answer\n\n";
  for (const Missing& missing : report.missing) {
    out += bullet(missing.question.text + ": " + missing.ask);
  }
  const std::string follow_up = follow_up_of(report, advice);
  if (!follow_up.empty()) out += "\n" + plain(follow_up) + "\n";
  return out + "\n" + plain(advice.not_a_diagnosis) + "\n";
}

std::string to_markdown(const PlanReport& plan, const Advice& advice) {
  std::string out = fmt::format("# Upper back routine: {} of {}\n", minutes(plan.total_seconds),
                                minutes(plan.budget_seconds));
  if (plan.level == Disposition::modified) {
    out += "\n## " + plain(advice.levels.at(plan.level).heading) + "\n\n";
    for (const Reason& reason : plan.reasons) {
      if (reason.level == plan.level) write_in_full(reason, out);
    }
  }
  out += "\n## Before you start\n\nIf the answer to any of these is yes, do not start; screen again.\n\n";
  for (const std::string& line : plan.check_before) out += bullet(line);
  out += "\n## While you move\n\n";
  for (const std::string& line : plan.stop_signs) out += bullet(line);
  const Phase* before = nullptr;
  for (const PlanStep& step : plan.steps) {
    if (!before || *before != step.phase) out += "\n## " + heading(step.phase) + "\n\n";
    before = &step.phase;
    write_step(step, out);
  }
  if (!plan.omitted.empty()) out += "\n## Left out\n\n";
  for (const PlanOmission& omission : plan.omitted) {
    out += bullet(omission.name + ": " + omission.text);
  }
  out += "\n## Notes\n\n";
  for (const std::string& note : plan.notes) out += bullet(note);
  return out + bullet(fmt::format("backplan {}, library {}, seed {}", plan.version, plan.library, plan.seed));
}

}  // namespace backplan
