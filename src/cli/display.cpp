#include "cli/display.hpp"

#include <utility>

#include "cli/colour.hpp"
#include "cli/output.hpp"
#include "cli/session_text.hpp"
#include "cli/terminal.hpp"

namespace backplan::cli {
namespace {

constexpr int unknown_width = 80;

}  // namespace

Display::Display(int descriptor, bool redraw, const PrintOptions& options)
    : descriptor_(descriptor),
      terminal_(cli::is_terminal(descriptor)),
      redraw_(redraw && terminal_),
      colour_(wants_colour(options, descriptor)) {
  if (!options.width.empty()) wanted_width_ = parse_layout(options).width;
}

Display::~Display() {
  try {
    wipe();
  } catch (const WriteError&) {  // there is nobody left to see it
    status_.clear();
  }
}

int Display::width() const { return wanted_width_.value_or(text_width(descriptor_)); }

void Display::say(std::string_view text) {
  if (text.empty()) return;
  const std::string safe = shown(text);
  wipe();
  write(colour_ ? in_colour(safe) : safe);
}

void Display::ask(std::string_view text) {
  wipe();
  write(shown(text));
}

void Display::ring() {
  if (terminal_) write("\a");
}

void Display::status(const Progress& progress) {
  if (!redraw_) return;
  std::string line = status_line(progress, columns(descriptor_).value_or(unknown_width));
  if (line == status_) return;
  write("\r\033[K" + line);
  status_ = std::move(line);
}

void Display::wipe() {
  if (std::exchange(status_, "").empty()) return;
  write("\r\033[K");
}

void Display::write(std::string_view bytes) {
  if (descriptor_ == 1) {
    print(bytes);
  } else {
    tell(bytes);
  }
}

}  // namespace backplan::cli
