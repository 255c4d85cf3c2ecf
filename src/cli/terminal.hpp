#pragma once

#include <signal.h>
#include <termios.h>

#include <optional>
#include <string>
#include <string_view>

namespace backplan::cli {

bool is_terminal(int descriptor);

/// The columns and rows of a terminal; none when `descriptor` is no terminal, or it does not say.
std::optional<int> columns(int descriptor);
std::optional<int> rows(int descriptor);

/// Whether to write without redrawing: asked for by ACCESSIBLE, or all that TERM can do.
bool wants_plain();

/// The keys of the controlling terminal, one at a time and not echoed, while it is taken. The
/// terminal is given back at the end, however that comes.
class Keyboard {
 public:
  Keyboard();
  ~Keyboard();
  Keyboard(const Keyboard&) = delete;
  Keyboard& operator=(const Keyboard&) = delete;

  /// Negative when there is no terminal, or no more keys come from it.
  int descriptor() const { return descriptor_; }

  void take();
  void give_back();

  /// A key that was pressed, or none. At the end of the keys there is no descriptor any more.
  std::optional<char> read();

 private:
  bool in_foreground() const;
  void close();

  int descriptor_ = -1;
  bool taken_ = false;
  termios before_{};
};

/// The signals that matter to a session, as something to wait for. What the caller of the program
/// ignored stays ignored.
class Signals {
 public:
  Signals();
  ~Signals();
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

  int descriptor() const { return descriptor_; }

  /// A signal that came, or 0.
  int read();

  /// What was set before, for programs that are started.
  const sigset_t& before() const { return before_; }

 private:
  int descriptor_ = -1;
  sigset_t before_{};
};

/// Does to this process what `signal` does by default: ends it, or stops it until it is continued.
void let_happen(int signal);

}  // namespace backplan::cli
