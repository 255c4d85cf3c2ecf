#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "backplan/report.hpp"

namespace backplan::cli {

/// A time on the clock of a session: from its start, pauses included.
using SessionTime = std::chrono::milliseconds;

/// What one step takes, none of it negative. A step of two sides is `side`, `change`, `side`.
struct StepTimes {
  SessionTime setup{0};   ///< moving, fetching and getting ready
  SessionTime side{0};    ///< the work, or one side of it
  SessionTime change{0};  ///< between the sides
  bool two_sides = false;
};

/// The times of a step of a plan. The two sides take the same time, whatever the document says.
StepTimes times_of(const PlanStep& step);

/// The stages of a step, in their order.
enum class Stage { get_ready, work, change_sides, other_side };

enum class CueKind { start, step, go, sides, pause, resume, skip, done, stop };

/// "start", "step", ...; the words of --events.
std::string_view name(CueKind kind);

/// Something to tell the person, at its time.
struct Cue {
  CueKind kind = CueKind::start;
  SessionTime at{0};      ///< when it was due, not when somebody looked
  std::size_t step = 0;   ///< counting from 0; of `done`: the last one
  int side = 0;           ///< of `go` and `sides`: 1 or 2 when the step has sides; 0 otherwise
  SessionTime length{0};  ///< of what begins, or what is left of the step; 0 at the end

  friend bool operator==(const Cue&, const Cue&) = default;
};

using Cues = std::vector<Cue>;

/// What a person can want of a session under way.
enum class Wish { pause, resume, next, previous, stop };

/// Where a session is.
struct Progress {
  std::size_t step = 0;
  Stage stage = Stage::get_ready;
  bool two_sides = false;
  bool paused = false;
  SessionTime stage_left{0};
  SessionTime step_left{0};
  SessionTime step_length{0};
  SessionTime all_left{0};  ///< of the steps from here on
  SessionTime all_length{0};
};

/// A session as a machine: times and wishes go in, cues come out. It has no clock. Each stage
/// begins when the one before was due to end, so a late look at the clock delays nothing that
/// follows. But a look that is later than `patience` after its time means that the session was frozen, or the
/// computer asleep: it is paused then, as of the look before. Times that are given must not go back.
class Session {
 public:
  Session(const std::vector<StepTimes>& steps, SessionTime patience);

  Cues start();  ///< at time 0
  Cues advance(SessionTime now);
  Cues wish(Wish wish, SessionTime now);

  /// When to look again: at the next cue, or when the countdown shows another second. None while it is
  /// paused, and when it is over.
  std::optional<SessionTime> next_look() const;

  /// For each step, whether it was done: its work ran to its end, on all sides, at least once. What was left
  /// with next, previous or stop was not.
  const std::vector<bool>& done() const { return done_; }

  Progress progress(SessionTime now) const;
  bool paused() const { return paused_at_.has_value(); }
  bool over() const { return over_; }

 private:
  struct Part {
    std::size_t step;
    Stage stage;
    SessionTime length;
    bool two_sides;
  };

  std::size_t first_part_of(std::size_t step) const;
  SessionTime from(std::size_t part) const;  ///< of this part and all that follow
  SessionTime left_in_step(SessionTime now) const;
  SessionTime end_of_part() const;
  void enter(std::size_t part, SessionTime at, Cues& cues);
  void leave_part(Cues& cues);
  void pause(SessionTime at, Cues& cues);
  void finish(CueKind kind, SessionTime at, Cues& cues);
  void skip_to(std::size_t step, SessionTime now, Cues& cues);

  std::vector<Part> parts_;
  std::vector<bool> done_;
  SessionTime patience_;
  std::size_t current_ = 0;
  SessionTime seen_{0};   ///< the latest time that was given
  SessionTime begun_{0};  ///< when the current part was due to begin, moved on by pauses
  std::optional<SessionTime> paused_at_;
  bool over_ = false;
};

}  // namespace backplan::cli
