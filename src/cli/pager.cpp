#include "cli/pager.hpp"

#include <sys/wait.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "cli/terminal.hpp"

namespace backplan::cli {
namespace {

/// What the shell says when there is no such command.
constexpr int not_found = 127;

bool fits(std::string_view text) {
  const auto height = rows(1);
  return !height || std::ranges::count(text, '\n') < *height;
}

}  // namespace

bool page(std::string_view text) {
  if (!is_terminal(1) || wants_plain() || fits(text)) return false;
  const char* named = std::getenv("PAGER");
  const std::string command = named ? named : "less -FIRX";
  if (command.empty()) return false;
  // The pager is the person's own choice, and the shell takes its arguments apart.
  FILE* pager = ::popen(command.c_str(), "w");  // NOLINT(cert-env33-c)
  if (!pager) return false;
  // Whoever leaves the pager early has seen enough.
  static_cast<void>(std::fwrite(text.data(), 1, text.size(), pager));
  const int status = ::pclose(pager);
  return !(WIFEXITED(status) && WEXITSTATUS(status) == not_found);
}

}  // namespace backplan::cli
