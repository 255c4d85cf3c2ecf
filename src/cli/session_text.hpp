#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "backplan/report.hpp"
#include "cli/session.hpp"

namespace backplan::cli {

// What is said about a session, as pure functions: on the terminal, to programs, and aloud.

/// A paragraph below an empty line.
std::string paragraph(std::string_view text, int width);

/// What to check before a session, and when to stop.
std::string check_text(const PlanReport& plan, int width);

/// When the check does not let it start.
std::string do_not_start(const PlanReport& plan, int width);

/// What is written at a cue: whole lines, "" for nothing.
std::string cue_text(const PlanReport& plan, const Cue& cue, int width);

/// What is spoken at a cue; "" for nothing.
std::string cue_speech(const PlanReport& plan, const Cue& cue);

/// A step with all its texts.
std::string step_in_full(const PlanStep& step, int width);

/// What to do after stopping early. `step` is where it was.
std::string after_pain(const PlanReport& plan, const PlanStep& step, int width);

/// One line, shorter than `width`: the countdown, and bars for the step and the whole where they
/// fit.
std::string status_line(const Progress& progress, int width);

/// One line of JSON with its end. `at` and `due` count from the start, in real time.
std::string event_line(const PlanReport& plan, const Cue& cue, std::chrono::milliseconds at,
                       std::chrono::milliseconds due);

/// The same for the environment of a command: BACKPLAN_EVENT and others.
std::vector<std::pair<std::string, std::string>> event_environment(const PlanReport& plan, const Cue& cue);

}  // namespace backplan::cli
