#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace backplan::cli {

/// Turns lines into lines of results, in the same order, after what `out` has. Each function returns how
/// many bad lines are among the results that it writes.
class LineWork {
 public:
  virtual ~LineWork() = default;
  /// The result may come later, at the latest with `finish`; until then `line` stays.
  virtual std::size_t read(std::string_view line, std::size_t number, std::string& out) = 0;
  virtual std::size_t finish(std::string& out) = 0;
};
using MakeLineWork = std::function<std::unique_ptr<LineWork>()>;

struct BatchCount {
  std::size_t lines = 0;
  std::size_t bad = 0;
};

/// Gives each line that comes through `input` to a LineWork and prints the results in the order of the
/// lines. `make` is called once for each of `jobs` threads. Blank lines are skipped, but counted in the
/// numbers of the lines. A line over `document_limit` bytes is cut just after it, so that the work can
/// tell. After each line `padding` bytes may be read. Memory does not grow with the input.
/// Throws ReadError, WriteError, and what the work throws.
BatchCount run_batch(int input, const std::string& name, std::size_t jobs, std::size_t padding,
                     const MakeLineWork& make);

}  // namespace backplan::cli
