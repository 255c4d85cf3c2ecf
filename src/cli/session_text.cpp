#include "cli/session_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "io/layout.hpp"

namespace backplan::cli {
namespace {

/// Whole seconds; a part of one is still to come, so it counts.
int seconds_of(SessionTime time) {
  return static_cast<int>(std::chrono::ceil<std::chrono::seconds>(time).count());
}

std::string clock(SessionTime time) { return minutes(seconds_of(time)); }

const PlanStep& step_of(const PlanReport& plan, const Cue& cue) { return plan.steps.at(cue.step); }

std::string joined(const std::vector<std::string>& words, std::string_view between) {
  std::string line;
  for (const std::string& word : words) line += (line.empty() ? "" : std::string(between)) + word;
  return line;
}

void announce(const PlanReport& plan, const Cue& cue, Page& page) {
  const PlanStep& step = step_of(plan, cue);
  page.blank();
  page.say("", fmt::format("Step {} of {}: {} ({})", cue.step + 1, plan.steps.size(), step.name,
                           clock(cue.length)));
  std::vector<std::string> where{step.position};
  where.insert(where.end(), step.equipment.begin(), step.equipment.end());
  page.say("  ", joined(where, ", "));
  page.say("  ", in_words(step.dose, step.sides));
  page.say("  ", step.cue);
  page.say("  Breath: ", step.breathing);
  page.say("  Get ready: ", fmt::format("{} s", step.setup_seconds));
}

std::string go_text(const Cue& cue) {
  const std::string side = cue.side == 0 ? "" : cue.side == 1 ? ", first side" : ", other side";
  return fmt::format("Go{}: {} s", side, seconds_of(cue.length));
}

/// "[###-----]", `width` columns with its brackets.
std::string bar(SessionTime left, SessionTime length, int width) {
  const auto inner = static_cast<long>(width - 2);
  const long filled = length.count() == 0 ? inner : inner * (length - left).count() / length.count();
  return "[" + std::string(static_cast<std::size_t>(filled), '#') +
         std::string(static_cast<std::size_t>(inner - filled), '-') + "]";
}

std::string stage_name(const Progress& progress) {
  if (progress.paused) return "paused";
  switch (progress.stage) {
    case Stage::get_ready:
      return "get ready";
    case Stage::work:
      return progress.two_sides ? "side 1" : "go";
    case Stage::change_sides:
      return "change";
    case Stage::other_side:
      return "side 2";
  }
  return "";
}

}  // namespace

std::string paragraph(std::string_view text, int width) {
  Page page(width);
  page.blank();
  page.say("", text);
  return page.take();
}

std::string check_text(const PlanReport& plan, int width) {
  Page page(width);
  page.say("",
           fmt::format("Upper back routine: {} steps, {}", plan.steps.size(), minutes(plan.total_seconds)));
  page.blank();
  page.say("", "Before you start:");
  for (const std::string& line : plan.check_before) page.say("  ? ", line);
  page.blank();
  page.say("", "While you move:");
  for (const std::string& line : plan.stop_signs) page.say("  ! ", line);
  return page.take();
}

std::string do_not_start(const PlanReport& plan, int width) {
  Page page(width);
  page.blank();
  page.say("", "Do not start. Answer the questions again: backplan screen");
  page.say("  ! ", plan.stop_signs.front());
  return page.take();
}

std::string cue_text(const PlanReport& plan, const Cue& cue, int width) {
  Page page(width);
  switch (cue.kind) {
    case CueKind::start:
      return "";
    case CueKind::step:
      announce(plan, cue, page);
      break;
    case CueKind::go:
      page.say("  ", go_text(cue));
      break;
    case CueKind::sides:
      page.say("  ", fmt::format("Change sides: {} s", seconds_of(cue.length)));
      break;
    case CueKind::pause:
      page.say("  ", "Paused; space goes on");
      break;
    case CueKind::resume:
      page.say("  ", "Going on: " + clock(cue.length) + " left of this step");
      break;
    case CueKind::skip:
      page.say("  ", "Skipped");
      break;
    case CueKind::done:
      page.blank();
      page.say("", "Done.");
      break;
    case CueKind::stop:
      page.blank();
      page.say("", "Stopped.");
      break;
  }
  return page.take();
}

std::string cue_speech(const PlanReport& plan, const Cue& cue) {
  switch (cue.kind) {
    case CueKind::step:
      return step_of(plan, cue).name + ". " + step_of(plan, cue).cue;
    case CueKind::go:
      return "Go";
    case CueKind::sides:
      return "Change sides";
    case CueKind::pause:
      return "Paused";
    case CueKind::resume:
      return "Going on";
    case CueKind::done:
      return "Done";
    case CueKind::start:
    case CueKind::skip:
    case CueKind::stop:
      return "";
  }
  return "";
}

std::string step_in_full(const PlanStep& step, int width) {
  Page page(width);
  page.say("", step.name + ", in full");
  for (const std::string& line : step.steps) page.say("  - ", line);
  page.say("  Breath: ", step.breathing);
  page.say("  You feel: ", step.feel);
  page.say("  Stop if: ", joined(step.stop_if, "; "));
  page.say("  Easier: ", step.easier);
  page.say("  Harder: ", step.harder);
  if (!step.eased.empty()) page.say("  Kept short: ", step.eased);
  return page.take();
}

std::string after_pain(const PlanReport& plan, const PlanStep& step, int width) {
  Page page(width);
  page.blank();
  for (const std::string& line : plan.stop_signs) page.say("  ! ", line);
  page.blank();
  page.say("", "Answer the questions again before the next routine: backplan screen");
  page.say("", "To leave this one out then: backplan generate --exclude " + step.id.text);
  return page.take();
}

std::string status_line(const Progress& progress, int width) {
  const std::string count = fmt::format("{:<9} {}", stage_name(progress), clock(progress.stage_left));
  const std::string all = "all " + clock(progress.all_left);
  const auto room = static_cast<std::size_t>(std::max(width, 1) - 1);
  const std::size_t taken = count.size() + all.size() + 3;  // and three spaces
  const std::size_t bars = room > taken ? std::min<std::size_t>((room - taken) / 2, 22) : 0;
  if (bars >= 5) {
    const int each = static_cast<int>(bars);
    return count + " " + bar(progress.step_left, progress.step_length, each) + " " + all + " " +
           bar(progress.all_left, progress.all_length, each);
  }
  return (room > taken ? count + " " + all : count).substr(0, room);
}

std::string event_line(const PlanReport& plan, const Cue& cue, std::chrono::milliseconds at,
                       std::chrono::milliseconds due) {
  const nlohmann::ordered_json event{{"event", name(cue.kind)},
                                     {"at_ms", at.count()},
                                     {"due_ms", due.count()},
                                     {"step", cue.step + 1},
                                     {"steps", plan.steps.size()},
                                     {"id", step_of(plan, cue).id.text},
                                     {"name", step_of(plan, cue).name},
                                     {"side", cue.side},
                                     {"seconds", seconds_of(cue.length)}};
  return event.dump() + "\n";
}

std::vector<std::pair<std::string, std::string>> event_environment(const PlanReport& plan, const Cue& cue) {
  return {{"BACKPLAN_EVENT", std::string(name(cue.kind))},
          {"BACKPLAN_STEP", std::to_string(cue.step + 1)},
          {"BACKPLAN_STEPS", std::to_string(plan.steps.size())},
          {"BACKPLAN_ID", step_of(plan, cue).id.text},
          {"BACKPLAN_NAME", step_of(plan, cue).name},
          {"BACKPLAN_CUE", step_of(plan, cue).cue},
          {"BACKPLAN_SIDE", std::to_string(cue.side)},
          {"BACKPLAN_SECONDS", std::to_string(seconds_of(cue.length))}};
}

}  // namespace backplan::cli
