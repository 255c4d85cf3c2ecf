#include "cli/session.hpp"

#include <algorithm>

namespace backplan::cli {

StepTimes times_of(const PlanStep& step) {
  using std::chrono::seconds;
  const SessionTime setup = seconds(step.setup_seconds);
  const SessionTime work = seconds(step.work_seconds);
  if (step.sides != Sides::each) return {.setup = setup, .side = work};
  const SessionTime side = std::min<SessionTime>(duration(step.dose), work / 2);
  return {.setup = setup, .side = side, .change = work - 2 * side, .two_sides = true};
}

std::string_view name(CueKind kind) {
  switch (kind) {
    case CueKind::start:
      return "start";
    case CueKind::step:
      return "step";
    case CueKind::go:
      return "go";
    case CueKind::sides:
      return "sides";
    case CueKind::pause:
      return "pause";
    case CueKind::resume:
      return "resume";
    case CueKind::skip:
      return "skip";
    case CueKind::done:
      return "done";
    case CueKind::stop:
      return "stop";
  }
  return "";
}

Session::Session(const std::vector<StepTimes>& steps, SessionTime patience)
    : done_(steps.size()), patience_(patience), over_(steps.empty()) {
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const StepTimes& times = steps[i];
    parts_.push_back({i, Stage::get_ready, times.setup, times.two_sides});
    parts_.push_back({i, Stage::work, times.side, times.two_sides});
    if (!times.two_sides) continue;
    parts_.push_back({i, Stage::change_sides, times.change, true});
    parts_.push_back({i, Stage::other_side, times.side, true});
  }
}

Cues Session::start() {
  if (over_) return {};
  Cues cues{{.kind = CueKind::start, .length = from(0)}};
  enter(0, SessionTime{0}, cues);
  for (const Cue& cue : advance(SessionTime{0})) cues.push_back(cue);
  return cues;
}

Cues Session::advance(SessionTime now) {
  Cues cues;
  const auto look = next_look();
  if (look && now > *look + patience_) pause(seen_, cues);
  seen_ = now;
  while (!over_ && !paused() && now >= end_of_part()) leave_part(cues);
  return cues;
}

Cues Session::wish(Wish wish, SessionTime now) {
  Cues cues = advance(now);
  if (over_) return cues;
  const std::size_t step = parts_[current_].step;
  switch (wish) {
    case Wish::pause:
      if (!paused()) pause(now, cues);
      break;
    case Wish::resume:
      if (!paused()) break;
      begun_ += now - *paused_at_;
      paused_at_.reset();
      cues.push_back({CueKind::resume, now, step, 0, left_in_step(now)});
      break;
    case Wish::next:
      skip_to(step + 1, now, cues);
      break;
    case Wish::previous:
      skip_to(step == 0 ? 0 : step - 1, now, cues);
      break;
    case Wish::stop:
      finish(CueKind::stop, now, cues);
      break;
  }
  return cues;
}

std::optional<SessionTime> Session::next_look() const {
  if (over_ || paused()) return std::nullopt;
  using std::chrono::seconds;
  const auto shown = std::chrono::ceil<seconds>(end_of_part() - seen_);
  return end_of_part() - (shown - seconds(1));
}

Progress Session::progress(SessionTime now) const {
  if (parts_.empty()) return {};
  const Part& part = parts_[current_];
  const SessionTime passed = std::min(paused_at_.value_or(now) - begun_, part.length);
  const std::size_t first = first_part_of(part.step);
  const SessionTime after = from(first_part_of(part.step + 1));
  return {.step = part.step,
          .stage = part.stage,
          .two_sides = part.two_sides,
          .paused = paused(),
          .stage_left = part.length - passed,
          .step_left = from(current_) - passed - after,
          .step_length = from(first) - after,
          .all_left = from(current_) - passed,
          .all_length = from(0)};
}

std::size_t Session::first_part_of(std::size_t step) const {
  const auto found = std::ranges::lower_bound(parts_, step, {}, &Part::step);
  return static_cast<std::size_t>(found - parts_.begin());
}

SessionTime Session::from(std::size_t part) const {
  SessionTime length{0};
  for (; part < parts_.size(); ++part) length += parts_[part].length;
  return length;
}

SessionTime Session::left_in_step(SessionTime now) const { return progress(now).step_left; }

SessionTime Session::end_of_part() const { return begun_ + parts_[current_].length; }

void Session::enter(std::size_t index, SessionTime at, Cues& cues) {
  current_ = index;
  begun_ = at;
  const Part& part = parts_[index];
  switch (part.stage) {
    case Stage::get_ready:
      cues.push_back({CueKind::step, at, part.step, 0, left_in_step(at)});
      break;
    case Stage::work:
      cues.push_back({CueKind::go, at, part.step, part.two_sides ? 1 : 0, part.length});
      break;
    case Stage::change_sides:
      cues.push_back({CueKind::sides, at, part.step, 2, part.length});
      break;
    case Stage::other_side:
      cues.push_back({CueKind::go, at, part.step, 2, part.length});
      break;
  }
}

void Session::leave_part(Cues& cues) {
  const SessionTime at = end_of_part();
  const std::size_t step = parts_[current_].step;
  const std::size_t next = current_ + 1;
  if (next == first_part_of(step + 1)) done_[step] = true;
  if (next == parts_.size()) {
    finish(CueKind::done, at, cues);
  } else {
    enter(next, at, cues);
  }
}

void Session::pause(SessionTime at, Cues& cues) {
  paused_at_ = at;
  cues.push_back({CueKind::pause, at, parts_[current_].step, 0, left_in_step(at)});
}

void Session::finish(CueKind kind, SessionTime at, Cues& cues) {
  over_ = true;
  cues.push_back({kind, at, parts_[current_].step, 0, SessionTime{0}});
}

/// A paused session stays paused, at the start of the other step.
void Session::skip_to(std::size_t step, SessionTime now, Cues& cues) {
  cues.push_back({CueKind::skip, now, parts_[current_].step, 0, left_in_step(now)});
  if (step == done_.size()) {
    finish(CueKind::done, now, cues);
    return;
  }
  if (paused()) paused_at_ = now;
  enter(first_part_of(step), now, cues);
  for (const Cue& cue : advance(now)) cues.push_back(cue);
}

}  // namespace backplan::cli
