#include "backplan/diagnostic.hpp"

#include <algorithm>
#include <numeric>

#include "io/utf8.hpp"

namespace backplan {
namespace {

/// Levenshtein's distance with swaps of neighbours counted once, in bytes.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
  std::iota(d[0].begin(), d[0].end(), 0);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + change});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  }
  return d[a.size()][b.size()];
}

std::vector<Diagnostic> by_place(std::vector<Diagnostic> diagnostics, bool more) {
  std::ranges::stable_sort(diagnostics, {}, &Diagnostic::at);
  if (more) {
    const std::string file = diagnostics.back().at.file;
    diagnostics.push_back({{file, 0, 0}, "", "there are more mistakes", "mend these first"});
  }
  return diagnostics;
}

std::string all_lines(const std::vector<Diagnostic>& diagnostics) {
  std::string lines;
  for (const Diagnostic& diagnostic : diagnostics) lines += to_string(diagnostic) + '\n';
  return lines;
}

}  // namespace

std::string to_string(const Diagnostic& diagnostic) {
  std::string line = diagnostic.at.file;
  if (diagnostic.at.line > 0) {
    line += ':' + std::to_string(diagnostic.at.line) + ':' + std::to_string(diagnostic.at.column);
  }
  if (!diagnostic.field.empty()) line += ": " + diagnostic.field;
  line += ": " + diagnostic.message;
  if (!diagnostic.hint.empty()) line += "; " + diagnostic.hint;
  return line;
}

InputError::InputError(std::vector<Diagnostic> diagnostics, bool more)
    : std::runtime_error(all_lines(by_place(diagnostics, more))),
      diagnostics_(by_place(std::move(diagnostics), more)),
      more_(more) {}

std::string nearest(std::string_view word, std::span<const std::string> known) {
  constexpr std::size_t longest = 96;
  if (word.size() > longest) return "";  // nobody mistypes that much
  const std::string typed = folded(word);
  std::string near;
  std::size_t best = std::max<std::size_t>(1, typed.size() / 3) + 1;
  for (const std::string& candidate : known) {
    if (candidate.size() > longest) continue;
    const std::size_t distance = edit_distance(typed, folded(candidate));
    if (distance < best) {
      best = distance;
      near = candidate;
    }
  }
  return near;
}

}  // namespace backplan
