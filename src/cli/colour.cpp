#include "cli/colour.hpp"

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "cli/terminal.hpp"

namespace backplan::cli {
namespace {

constexpr std::string_view bold = "\033[1m";
constexpr std::string_view bold_red = "\033[1;31m";
constexpr std::string_view plain = "\033[0m";

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::size_t indent_of(std::string_view line) { return std::min(line.find_first_not_of(' '), line.size()); }

bool in_capitals(std::string_view line) {
  return std::ranges::none_of(line, [](char c) { return 'a' <= c && c <= 'z'; });
}

/// At the margin, and the first of all, in capitals, or with something indented below. What hangs
/// behind a label is indented further than 4.
bool is_heading(const std::vector<std::string_view>& lines, std::size_t i) {
  if (lines[i].empty() || lines[i].front() == ' ') return false;
  if (i == 0 || in_capitals(lines[i])) return true;
  if (i + 1 == lines.size()) return false;
  const std::size_t below = indent_of(lines[i + 1]);
  return !lines[i + 1].empty() && (below == 0 ? is_heading(lines, i + 1) : below <= 4);
}

bool is_stop(std::string_view line, bool before) {
  if (line.starts_with("  ! ") || line.starts_with("Emergency: ")) return true;
  return before && line.starts_with("    ");  // it goes on
}

}  // namespace

bool wants_colour(const std::string& choice, bool terminal, const Variable& variable) {
  const auto word = parse_color(choice);
  if (word != 0) return word == 1;
  if (!variable("NO_COLOR").empty()) return false;
  for (const char* name : {"CLICOLOR_FORCE", "FORCE_COLOR"}) {
    const std::string force = variable(name);
    if (!force.empty() && force != "0") return true;
  }
  return terminal && variable("TERM") != "dumb" && !variable("TERM").empty();
}

bool wants_colour(const PrintOptions& options, int descriptor) {
  return wants_colour(options.color, is_terminal(descriptor), [](const std::string& name) {
    const char* value = std::getenv(name.c_str());
    return std::string(value ? value : "");
  });
}

std::string in_colour(std::string_view text) {
  const auto lines = lines_of(text);
  std::string out;
  bool stop = false;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    stop = is_stop(lines[i], stop);
    const std::string_view code = stop ? bold_red : is_heading(lines, i) ? bold : "";
    out += code;
    out += lines[i];
    out += code.empty() ? "" : plain;
    out += '\n';
  }
  return out;
}

}  // namespace backplan::cli
