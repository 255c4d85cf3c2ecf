#pragma once

#include <compare>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "backplan/export.hpp"

namespace backplan {

/// A place in a file. Lines and columns count from 1; 0 means the file as a whole.
struct Location {
  std::string file;
  int line = 0;
  int column = 0;

  friend auto operator<=>(const Location&, const Location&) = default;
};

/// One thing that is wrong with an input, said so that its author can put it right.
struct Diagnostic {
  Location at;
  std::string field;    ///< "doses[0].seconds"; may be empty
  std::string message;  ///< lower case, no full stop: "unknown question 'sadle'"
  std::string hint;     ///< "did you mean 'saddle'?"; may be empty
};

/// "FILE:LINE:COLUMN: FIELD: MESSAGE; HINT", the form that editors jump to.
BACKPLAN_EXPORT std::string to_string(const Diagnostic& diagnostic);

/// The most mistakes that are collected of an input; nobody mends more at a time.
inline constexpr std::size_t most_mistakes = 20;

/// An input that cannot be used, with what is wrong with it, by place. The readers in catalog.hpp and
/// report.hpp throw it, and ReadError for a file that cannot be read; nothing else in the library throws.
class BACKPLAN_EXPORT InputError : public std::runtime_error {
 public:
  /// `more`: reading ended before all mistakes were found. A last diagnostic says so.
  explicit InputError(std::vector<Diagnostic> diagnostics, bool more = false);
  const std::vector<Diagnostic>& diagnostics() const { return diagnostics_; }
  bool more() const { return more_; }

 private:
  std::vector<Diagnostic> diagnostics_;
  bool more_;
};

/// A file or folder that cannot be read at all.
class BACKPLAN_EXPORT ReadError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The one of `known` that `word` was most likely meant to be, or nothing when none is near.
BACKPLAN_EXPORT std::string nearest(std::string_view word, std::span<const std::string> known);

}  // namespace backplan
