#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "io/layout.hpp"

namespace backplan {
namespace {

std::string title(const PlanReport& plan) {
  return fmt::format("Upper back routine: {} of {}", minutes(plan.total_seconds),
                     minutes(plan.budget_seconds));
}

int seconds_of(const PlanReport& plan, Phase phase) {
  int seconds = 0;
  for (const PlanStep& step : plan.steps) {
    if (step.phase == phase) seconds += step.setup_seconds + step.work_seconds;
  }
  return seconds;
}

std::string phases(const PlanReport& plan) {
  std::string line;
  for (int i = 0; i < 6; ++i) {
    const Phase phase = static_cast<Phase>(i);
    const int seconds = seconds_of(plan, phase);
    if (seconds == 0) continue;
    line += (line.empty() ? "" : ", ") + std::string(name(phase)) + " " + minutes(seconds);
  }
  return line;
}

void write_adaptations(const PlanReport& plan, const Advice& advice, Page& page) {
  if (plan.level != Disposition::modified) return;
  page.blank();
  page.say("", advice.levels.at(plan.level).heading + ", because of your answers:");
  for (const Reason& reason : plan.reasons) {
    if (reason.level == Disposition::modified) page.say("  - ", reason.title + ". " + reason.why);
  }
}

void write_checks(const PlanReport& plan, Page& page) {
  page.blank();
  page.say("", "Before you start. If the answer to any of these is yes, do not start; screen again.");
  for (const std::string& line : plan.check_before) page.say("  ? ", line);
  page.blank();
  page.say("", "While you move:");
  for (const std::string& line : plan.stop_signs) page.say("  ! ", line);
}

std::string where(const PlanStep& step) {
  std::string words = step.position;
  for (const std::string& thing : step.equipment) words += ", " + thing;
  return words;
}

void write_step(const PlanStep& step, int number, Page& page) {
  page.say(
      fmt::format("{:2}. ", number),
      fmt::format("{}  [{}]  {}", step.name, minutes(step.setup_seconds + step.work_seconds), where(step)));
  page.say("    ", in_words_with_source(step));
  if (!step.eased.empty()) page.say("    ", "kept short: " + step.eased);
  for (const std::string& line : step.steps) page.say("    - ", line);
  page.say("    Breath: ", step.breathing);
  page.say("    You feel: ", step.feel);
  std::string stop;
  for (const std::string& sign : step.stop_if) stop += (stop.empty() ? "" : "; ") + sign;
  page.say("    Stop if: ", stop);
  page.say("    Easier: ", step.easier);
  page.say("    Harder: ", step.harder);
}

void write_steps(const PlanReport& plan, Page& page) {
  const Phase* before = nullptr;
  int number = 0;
  for (const PlanStep& step : plan.steps) {
    if (!before || *before != step.phase) {
      page.blank();
      page.say("", fmt::format("{} ({})", heading(step.phase), minutes(seconds_of(plan, step.phase))));
    }
    before = &step.phase;
    write_step(step, ++number, page);
  }
}

/// What is left out, by reason: one line for each reason.
void write_omissions(const PlanReport& plan, Page& page) {
  if (plan.omitted.empty()) return;
  page.blank();
  page.say("", "Left out:");
  std::vector<std::pair<std::string, std::string>> lines;
  for (const PlanOmission& omission : plan.omitted) {
    const auto same = std::ranges::find(lines, omission.text, &std::pair<std::string, std::string>::first);
    if (same == lines.end()) {
      lines.emplace_back(omission.text, omission.name);
    } else {
      same->second += ", " + omission.name;
    }
  }
  for (const auto& [reason, names] : lines) page.say("  - ", names + ": " + reason);
}

void write_notes(const PlanReport& plan, Page& page) {
  page.blank();
  for (const std::string& note : plan.notes) page.say("", note);
  page.blank();
  page.say("", fmt::format("backplan {}, library {}, seed {}", plan.version, plan.library, plan.seed));
}

/// One line a step. The safety lines stay.
std::string brief(const PlanReport& plan, const Layout& layout) {
  Page page(layout.width);
  page.say("", title(plan) + " (" + phases(plan) + ")");
  for (const std::string& line : plan.check_before) page.say("  ? ", line);
  page.say("  ! ", "Yes to any: do not start; screen again.");
  if (!plan.stop_signs.empty()) page.say("  ! ", plan.stop_signs.front());
  int number = 0;
  for (const PlanStep& step : plan.steps) {
    page.say(fmt::format("{:2}. ", ++number),
             fmt::format("{} {}, {}. {}", minutes(step.setup_seconds + step.work_seconds), step.name,
                         in_words(step.dose, step.sides), step.cue));
  }
  return page.take();
}

std::string list_of(const std::vector<Said>& answers) {
  std::string line;
  for (const Said& said : answers) {
    line += (line.empty() ? "" : "; ") + said.answer + (said.unsure ? " (not sure)" : "");
  }
  return line;
}

}  // namespace

std::string to_text(const PlanReport& plan, const Advice& advice, const Layout& layout) {
  if (layout.brief) return brief(plan, layout);
  Page page(layout.width);
  page.say("", title(plan));
  page.say("", phases(plan));
  write_adaptations(plan, advice, page);
  write_checks(plan, page);
  write_steps(plan, page);
  write_omissions(plan, page);
  write_notes(plan, page);
  return page.take();
}

namespace {

std::string name_of(const PlanReport& plan, const TechniqueId& id) {
  const auto step = std::ranges::find(plan.steps, id, &PlanStep::id);
  if (step != plan.steps.end()) return step->name;
  const auto omission = std::ranges::find(plan.omitted, id, &PlanOmission::id);
  return omission == plan.omitted.end() ? id.text : omission->name;
}

std::string names_of(const PlanReport& plan, const std::vector<TechniqueId>& ids) {
  std::string names;
  for (const TechniqueId& id : ids) names += (names.empty() ? "" : ", ") + name_of(plan, id);
  return names;
}

void explain_steps(const PlanReport& plan, Page& page) {
  page.say("", "Why each step is in:");
  int number = 0;
  for (const PlanStep& step : plan.steps) {
    std::string line =
        fmt::format("{} ({}): {}; adds {} points", step.name, step.id.text, step.why, step.points);
    if (!step.eased.empty()) line += "; kept at its least dose because of: " + step.eased;
    page.say(fmt::format("{:2}. ", ++number), line);
    for (const std::string& source : step.sources) page.say("    source ", source);
  }
}

void explain_worth(const PlanReport& plan, Page& page) {
  const bool proved = plan.points == plan.most_points;
  page.say("", fmt::format("Together {} points; {}. Points say what each technique, what it moves and the "
                           "balance of the phases count for. They are assumptions of this project; no "
                           "clinician has reviewed them.",
                           plan.points,
                           proved ? "no plan for this request has more"
                                  : fmt::format("none can have more than {}", plan.most_points)));
  if (const auto& next = plan.next_best) {
    page.say("", fmt::format("The {} plan has {}:", proved ? "next best" : "best other", next->points));
    const auto say = [&](const char* what, const std::vector<TechniqueId>& ids) {
      if (!ids.empty()) page.say("  - ", what + names_of(plan, ids));
    };
    say("without ", next->without);
    say("with ", next->with);
    say("with another dose of ", next->other_dose);
  }
  page.blank();
  page.say("", "What limited it, and what the best plan would gain without that:");
  for (const PlanLimit& limit : plan.limited_by) {
    page.say("  - ", fmt::format("{}: {} points", limit.text, limit.points));
  }
  if (plan.limited_by.empty()) page.say("  - ", "nothing that was looked at");
  const auto by_rule = std::ranges::count(plan.omitted, "rule", &PlanOmission::reason);
  if (by_rule > 0) {
    page.say("  - ", fmt::format("your answers leave out {}; that has no price", by_rule));
  }
}

}  // namespace

std::string explain(const PlanReport& plan, const Layout& layout) {
  Page page(layout.width);
  page.say("", title(plan));
  page.blank();
  explain_steps(plan, page);
  page.blank();
  explain_worth(plan, page);
  page.blank();
  page.say("", "Why the others are out:");
  for (const PlanOmission& omission : plan.omitted) {
    page.say("  - ", fmt::format("{} ({}): {}", omission.name, omission.id.text, omission.text));
    if (!omission.answers.empty()) page.say("    you answered: ", list_of(omission.answers));
  }
  page.blank();
  page.say("", "Rules that had a say, and the answers behind them:");
  for (const Reason& reason : plan.reasons) {
    page.say("  - ", fmt::format("{} ({})", reason.title, reason.rule.text));
    if (!reason.answers.empty()) page.say("    you answered: ", list_of(reason.answers));
    page.say("    ", reason.why);
  }
  return page.take();
}

}  // namespace backplan
