#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cli/options.hpp"
#include "cli/session.hpp"

namespace backplan::cli {

/// What a person sees of a session: lines that stay, and below them, on a terminal that can and may
/// redraw, one line that changes.
class Display {
 public:
  /// On standard output or standard error. `redraw` is a wish: it needs a terminal.
  Display(int descriptor, bool redraw, const PrintOptions& options);
  ~Display();
  Display(const Display&) = delete;
  Display& operator=(const Display&) = delete;

  bool is_terminal() const { return terminal_; }
  int width() const;  ///< of text

  /// Whole lines; what must not reach a terminal is escaped. Throws WriteError.
  void say(std::string_view text);

  /// A question, after which the person types.
  void ask(std::string_view text);

  void ring();

  /// Draws the changing line when it has changed.
  void status(const Progress& progress);

  /// Wipes it; the next `status` draws it again.
  void wipe();

 private:
  void write(std::string_view bytes);

  int descriptor_;
  bool terminal_;
  bool redraw_;
  bool colour_;
  std::optional<int> wanted_width_;
  std::string status_;
};

}  // namespace backplan::cli
