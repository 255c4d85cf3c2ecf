#include <fmt/format.h>
#include <poll.h>
#include <sys/wait.h>
#include <time.h>

#include <algorithm>
#include <span>

#include "cli/children.hpp"
#include "cli/commands.hpp"
#include "cli/display.hpp"
#include "cli/log_store.hpp"
#include "cli/log_use.hpp"
#include "cli/output.hpp"
#include "cli/session.hpp"
#include "cli/session_text.hpp"
#include "cli/terminal.hpp"

namespace backplan::cli {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;

/// Only goes forward, also while the computer sleeps: what was slept through is noticed and was not done.
struct BootClock {
  using duration = nanoseconds;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<BootClock>;
  static constexpr bool is_steady = true;

  static time_point now() {
    timespec time{};
    ::clock_gettime(CLOCK_BOOTTIME, &time);
    return time_point(std::chrono::seconds(time.tv_sec) + nanoseconds(time.tv_nsec));
  }
};

/// How late a look at the clock may be. A busy machine takes a second at times; nobody takes part in what is
/// later than this.
constexpr std::chrono::seconds patience{3};

/// The person, or the system, ended the program; whoever catches it has the terminal back.
struct Ended {
  int signal;
};

/// The clock of a session, `speed` times as fast as the real one.
class SessionClock {
 public:
  explicit SessionClock(int speed) : speed_(speed) {}

  milliseconds passed() const { return std::chrono::floor<milliseconds>(BootClock::now() - begun_); }
  SessionTime now() const { return std::chrono::floor<SessionTime>((BootClock::now() - begun_) * speed_); }
  BootClock::time_point at(SessionTime time) const { return begun_ + nanoseconds(time) / speed_; }
  milliseconds real(SessionTime time) const { return time / speed_; }

 private:
  int speed_;
  BootClock::time_point begun_ = BootClock::now();
};

char lower(char key) { return 'A' <= key && key <= 'Z' ? static_cast<char>(key - 'A' + 'a') : key; }

/// What can come while one waits.
struct Happening {
  enum Kind { time_is_up, key, suspend, continued, resized } kind = time_is_up;
  char key_pressed = 0;  ///< in lower case
};

/// All that a session has to do with: keys, signals, what is shown, and the programs it starts.
class Surface {
 public:
  explicit Surface(const RunOptions& options)
      : display_(options.events ? 2 : 1, !options.accessible && !wants_plain(), options.print),
        command_(options.cue_command, signals_.before()),
        voice_(signals_.before()) {}

  Display& display() { return display_; }
  CueCommand& command() { return command_; }
  Voice& voice() { return voice_; }

  /// Whether there is a person to ask: keys, and a terminal that shows the questions.
  bool has_person() const { return display_.is_terminal() && keyboard_.descriptor() >= 0; }

  void take_keys() {
    if (has_person()) keyboard_.take();
  }

  /// The next thing that comes, at the latest at `until`. Throws Ended.
  Happening wait(std::optional<BootClock::time_point> until) {
    for (;;) {
      pollfd polled[] = {{signals_.descriptor(), POLLIN, 0},
                         {has_person() ? keyboard_.descriptor() : -1, POLLIN, 0}};
      const int ready = poll_until(polled, until);
      // Signals first: after a stop it is later than it seems.
      if (polled[0].revents != 0) {
        if (const auto happening = happened(signals_.read())) return *happening;
      } else if (polled[1].revents != 0) {
        if (const auto key = keyboard_.read()) return {Happening::key, lower(*key)};
        if (!has_person()) return {Happening::continued};  // nobody is left to end a pause
      } else if (ready == 0) {
        return {};
      }
    }
  }

  /// Stops as Ctrl-Z does, and comes back with fg.
  void suspend() {
    display_.wipe();
    keyboard_.give_back();
    let_happen(SIGTSTP);
    take_keys();
  }

 private:
  static int poll_until(std::span<pollfd> polled, std::optional<BootClock::time_point> until) {
    timespec time{};
    if (until) {
      const auto left = std::max(*until - BootClock::now(), nanoseconds(0));
      const auto seconds = std::chrono::floor<std::chrono::seconds>(left);
      time = {.tv_sec = seconds.count(), .tv_nsec = (left - seconds).count()};
    }
    return ::ppoll(polled.data(), polled.size(), until ? &time : nullptr, nullptr);
  }

  std::optional<Happening> happened(int signal) {
    switch (signal) {
      case SIGCHLD:
        reap();
        return std::nullopt;
      case SIGWINCH:
        return Happening{Happening::resized};
      case SIGTSTP:
        return Happening{Happening::suspend};
      case SIGCONT:
        return Happening{Happening::continued};
      case 0:
        return std::nullopt;
      default:
        throw Ended{signal};
    }
  }

  void reap() {
    int status = 0;
    for (pid_t process = ::waitpid(-1, &status, WNOHANG); process > 0;
         process = ::waitpid(-1, &status, WNOHANG)) {
      voice_.ended(process, WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
  }

  Signals signals_;  // first: what happens from here on is noticed
  Keyboard keyboard_;
  Display display_;
  CueCommand command_;
  Voice voice_;
};

/// One of `keys`, typed in answer to a question; q when nobody types any more.
char ask(Surface& surface, const std::string& question, std::string_view keys) {
  surface.display().ask(question);
  while (surface.has_person()) {
    const Happening happening = surface.wait(std::nullopt);
    const char key = happening.key_pressed;
    if (happening.kind == Happening::key && keys.find(key) != std::string_view::npos) {
      surface.display().ask(std::string(1, key) + "\n");
      return key;
    }
    if (happening.kind == Happening::suspend) surface.suspend();  // and then it is continued
    if (happening.kind == Happening::continued) surface.take_keys();
    if (happening.kind == Happening::continued || happening.kind == Happening::key) {
      surface.display().ask("\n" + question);
    }
  }
  surface.display().ask("\n");
  return 'q';
}

/// A session under way.
class Leading {
 public:
  Leading(const PlanReport& plan, const RunOptions& options, int speed, Surface& surface)
      : plan_(plan),
        options_(options),
        surface_(surface),
        session_(times(plan), patience * speed),
        clock_(speed) {}

  /// Returns the last cue: done or stop.
  Cue run() {
    tell_all(session_.start());
    while (!session_.over()) {
      seen_ = clock_.now();
      tell_all(session_.advance(seen_));
      go_on_alone();
      if (session_.over()) break;
      surface_.display().status(session_.progress(seen_));
      answer(surface_.wait(until()));
    }
    return last_;
  }

  /// For each step, whether it was done.
  const std::vector<bool>& steps_done() const { return session_.done(); }

 private:
  static std::vector<StepTimes> times(const PlanReport& plan) {
    std::vector<StepTimes> all;
    for (const PlanStep& step : plan.steps) all.push_back(times_of(step));
    return all;
  }

  std::optional<BootClock::time_point> until() const {
    const auto look = session_.next_look();
    return look ? std::optional(clock_.at(*look)) : std::nullopt;
  }

  void answer(const Happening& happening) {
    switch (happening.kind) {
      case Happening::time_is_up:
      case Happening::resized:
        break;  // what is drawn next fits
      case Happening::key:
        press(happening.key_pressed);
        break;
      case Happening::suspend:
        hold(clock_.now());
        surface_.suspend();
        break;
      case Happening::continued:  // also after a stop that nobody could see coming
        hold(seen_);
        surface_.take_keys();
        break;
    }
  }

  void hold(SessionTime at) {
    if (!session_.paused()) tell_all(session_.wish(Wish::pause, at));
    surface_.display().wipe();
  }

  /// Where there are no keys, nobody could end a pause.
  void go_on_alone() {
    if (session_.paused() && !surface_.has_person()) tell_all(session_.wish(Wish::resume, seen_));
  }

  void press(char key) {
    const SessionTime now = clock_.now();
    switch (key) {
      case ' ':
        tell_all(session_.wish(session_.paused() ? Wish::resume : Wish::pause, now));
        break;
      case 'n':
        tell_all(session_.wish(Wish::next, now));
        break;
      case 'p':
        tell_all(session_.wish(Wish::previous, now));
        break;
      case 'q':
        tell_all(session_.wish(Wish::stop, now));
        break;
      case '?': {
        Display& display = surface_.display();
        display.say(step_in_full(plan_.steps[session_.progress(now).step], display.width()));
        break;
      }
      default:
        break;
    }
  }

  void tell_all(const Cues& cues) {
    for (const Cue& cue : cues) {
      last_ = cue;
      tell_one(cue);
    }
  }

  void tell_one(const Cue& cue) {
    if (options_.events) print(event_line(plan_, cue, clock_.passed(), clock_.real(cue.at)));
    surface_.command().run(event_environment(plan_, cue));
    Display& display = surface_.display();
    display.say(cue_text(plan_, cue, display.width()));
    const bool rings = cue.kind == CueKind::step || cue.kind == CueKind::go || cue.kind == CueKind::sides ||
                       cue.kind == CueKind::done;
    if (rings && !options_.no_bell) display.ring();
    if (options_.say) surface_.voice().say(cue_speech(plan_, cue));
  }

  const PlanReport& plan_;
  const RunOptions& options_;
  Surface& surface_;
  Session session_;
  SessionClock clock_;
  SessionTime seen_{0};
  Cue last_;
};

/// Shows what to check, and asks where there is somebody to ask. Nothing: the session may begin.
std::optional<ExitCode> check(const PlanReport& plan, Surface& surface) {
  Display& display = surface.display();
  display.say(check_text(plan, display.width()));
  if (!surface.has_person()) {
    display.say(paragraph("If any of these is so, do not start; screen again.", display.width()));
    return std::nullopt;
  }
  display.say(paragraph("Keys: space to pause and go on, n next, p previous, ? the step in full, q stop.",
                        display.width()));
  switch (ask(surface, "Is any of these so? [y n q] ", "ynq")) {
    case 'n':
      return std::nullopt;
    case 'y':
      display.say(do_not_start(plan, display.width()));
      return incomplete;
    default:
      return interrupted;
  }
}

/// After a stop: it hurt, or not.
void ask_about_pain(const PlanReport& plan, const Cue& stop, Surface& surface) {
  if (!surface.has_person()) return;
  Display& display = surface.display();
  if (ask(surface, "Did it hurt? [y n u] ", "ynuq") == 'n') {
    display.say(paragraph("Good. A shorter one: backplan generate --minutes 5", display.width()));
    return;
  }
  display.say(after_pain(plan, plan.steps.at(stop.step), display.width()));
}

/// 0 to 10, or nothing when that is left open or nobody is there to say.
std::optional<int> ask_stiffness(const std::string& question, Surface& surface) {
  if (!surface.has_person()) return std::nullopt;
  const char key =
      ask(surface, question + " 0 not at all to 9, t for 10, s skip [0-9 t s] ", "0123456789tsq");
  if (key == 't') return 10;
  if (key == 's' || key == 'q') return std::nullopt;
  return key - '0';
}

/// Records what was done and said. A session without a step to its end is one of no time and no steps.
void keep(const SessionRecord& session) {
  try {
    if (record(session)) tell("backplan: recorded in your log\n");
  } catch (const WriteError& error) {
    tell(shown(std::string("backplan: not recorded: ") + error.what() + "\n"));
  }
}

ExitCode lead(const PlanReport& plan, const RunOptions& options, int speed, Surface& surface) {
  surface.take_keys();
  if (const auto refused = check(plan, surface)) return *refused;
  const bool log_is_on = log_if_readable().on;
  const bool logged = log_is_on && speed == 1;
  const auto before = logged ? ask_stiffness("How stiff are you now?", surface) : std::nullopt;
  Leading session(plan, options, speed, surface);
  const Cue last = session.run();
  const bool stopped = last.kind != CueKind::done;
  if (stopped) ask_about_pain(plan, last, surface);
  if (logged) {
    SessionRecord made = session_of(plan, session.steps_done());
    made.stopped = stopped;
    made.before = before;
    made.after = ask_stiffness("And now, how stiff are you?", surface);
    keep(made);
  } else if (log_is_on) {
    tell("backplan: not recorded: a session with --speed is to try it out\n");
  }
  return stopped ? interrupted : done;
}

PlanReport plan_to_run(const RunOptions& options) {
  if (options.plan.empty() && is_terminal(0)) {
    throw UsageError("run: name a plan: backplan generate -m 10 -f yaml -o plan.yaml");
  }
  PlanReport plan = read_plan(options.plan.empty() ? "-" : options.plan);
  if (plan.steps.empty()) throw InputError({{{}, "steps", "the plan has no steps", ""}});
  return plan;
}

}  // namespace

ExitCode run(const RunOptions& options) {
  const int speed = parse_number("--speed", options.speed, 1, 1000);
  parse_layout(options.print);
  const PlanReport plan = plan_to_run(options);
  int signal = 0;
  try {
    Surface surface(options);
    return lead(plan, options, speed, surface);
  } catch (const Ended& ended) {
    signal = ended.signal;
  }
  tell("\nbackplan: interrupted\n");
  if (signal != SIGINT) let_happen(signal);  // whoever started this sees why it ended
  return interrupted;
}

}  // namespace backplan::cli
