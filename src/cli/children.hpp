#pragma once

#include <signal.h>
#include <sys/types.h>

#include <deque>
#include <string>
#include <utility>
#include <vector>

namespace backplan::cli {

using Environment = std::vector<std::pair<std::string, std::string>>;

/// Starts a program beside this one, with `environment` added to ours. It reads nothing, and what
/// it prints goes to standard error. Its process, or -1 when it cannot be started.
pid_t start_program(const std::vector<std::string>& words, const Environment& environment,
                    const sigset_t& signals);

/// A command of the person that runs at each cue and is never waited for.
class CueCommand {
 public:
  CueCommand(std::string command, const sigset_t& signals)
      : command_(std::move(command)), signals_(signals) {}

  void run(const Environment& environment);

 private:
  std::string command_;
  const sigset_t& signals_;
  bool failed_ = false;
};

/// Says a text with the first speech program that works. A new text ends the one before.
class Voice {
 public:
  explicit Voice(const sigset_t& signals) : signals_(signals) {}

  void say(const std::string& text);

  /// The program with this process has ended. One that failed is not tried again.
  void ended(pid_t process, bool well);

 private:
  /// Both take the language of the locale when they are not told; the texts are English in each.
  std::deque<std::vector<std::string>> programs_{{"spd-say", "-l", "en", "--wait", "--"},
                                                 {"espeak-ng", "-v", "en", "--"}};
  const sigset_t& signals_;
  std::string text_;
  pid_t speaking_ = -1;
};

}  // namespace backplan::cli
