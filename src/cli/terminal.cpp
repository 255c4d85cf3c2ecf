#include "cli/terminal.hpp"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <utility>

namespace backplan::cli {

bool is_terminal(int descriptor) { return ::isatty(descriptor) == 1; }

namespace {

/// All 0 where nobody knows.
winsize size_of(int descriptor) {
  winsize size{};
  return ::ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size : winsize{};
}

std::optional<int> unless_0(int count) { return count == 0 ? std::nullopt : std::optional(count); }

}  // namespace

std::optional<int> columns(int descriptor) { return unless_0(size_of(descriptor).ws_col); }
std::optional<int> rows(int descriptor) { return unless_0(size_of(descriptor).ws_row); }

bool wants_plain() {
  const auto variable = [](const char* name) {
    const char* value = std::getenv(name);
    return std::string(value ? value : "");
  };
  const std::string accessible = variable("ACCESSIBLE");
  const std::string term = variable("TERM");
  return (!accessible.empty() && accessible != "0") || term == "dumb" || term.empty();
}

Keyboard::Keyboard() {
  descriptor_ = ::open("/dev/tty", O_RDONLY | O_CLOEXEC | O_NOCTTY);
  if (descriptor_ < 0 && is_terminal(0)) descriptor_ = ::fcntl(0, F_DUPFD_CLOEXEC, 3);
}

Keyboard::~Keyboard() { close(); }

void Keyboard::close() {
  give_back();
  if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
}

/// The terminal of a job in the background belongs to somebody else.
bool Keyboard::in_foreground() const { return ::tcgetpgrp(descriptor_) == ::getpgrp(); }

void Keyboard::take() {
  if (descriptor_ < 0 || taken_ || !in_foreground()) return;
  if (::tcgetattr(descriptor_, &before_) != 0) return;
  termios keys = before_;
  // Signals stay: Ctrl-C and Ctrl-Z mean what they always mean. Ctrl-S would freeze the session.
  keys.c_iflag &= ~static_cast<tcflag_t>(IXON);
  keys.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
  keys.c_cc[VMIN] = 1;
  keys.c_cc[VTIME] = 0;
  taken_ = ::tcsetattr(descriptor_, TCSANOW, &keys) == 0;
}

void Keyboard::give_back() {
  if (!taken_) return;
  taken_ = false;
  if (!in_foreground()) return;
  ::tcflush(descriptor_, TCIFLUSH);  // keys of the session are not for the shell
  ::tcsetattr(descriptor_, TCSANOW, &before_);
}

std::optional<char> Keyboard::read() {
  char key = 0;
  const ssize_t got = ::read(descriptor_, &key, 1);
  if (got == 1) return key;
  if (got < 0 && (errno == EINTR || errno == EAGAIN)) return std::nullopt;
  close();
  return std::nullopt;
}

Signals::Signals() {
  sigset_t wanted;
  sigemptyset(&wanted);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH, SIGCHLD}) {
    struct sigaction action {};
    sigaction(signal, nullptr, &action);
    if (action.sa_handler != SIG_IGN || signal == SIGCHLD) sigaddset(&wanted, signal);
  }
  descriptor_ = ::signalfd(-1, &wanted, SFD_CLOEXEC | SFD_NONBLOCK);
  if (descriptor_ < 0) {
    throw std::system_error(errno, std::generic_category(), "cannot listen for signals");
  }
  sigprocmask(SIG_BLOCK, &wanted, &before_);
}

Signals::~Signals() {
  // A stop or an end that is still to come happens now, with the terminal as it was.
  sigprocmask(SIG_SETMASK, &before_, nullptr);
  ::close(descriptor_);
}

int Signals::read() {
  signalfd_siginfo info{};
  if (::read(descriptor_, &info, sizeof info) != sizeof info) return 0;
  return static_cast<int>(info.ssi_signo);
}

void let_happen(int signal) {
  sigset_t one;
  sigset_t before;
  sigemptyset(&one);
  sigaddset(&one, signal);
  ::raise(signal);
  sigprocmask(SIG_UNBLOCK, &one, &before);
  sigprocmask(SIG_SETMASK, &before, nullptr);
}

}  // namespace backplan::cli
