#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/compiled.hpp"

namespace backplan {

/// Reads answer sheets of one line of JSON each: what answers.hpp reads, and an `id`, a text or a whole
/// number. One for each thread; keeps its memory from line to line.
class AnswerLineReader {
 public:
  /// The bytes after a line that must be there to be read, whatever they are.
  static const std::size_t padding;

  explicit AnswerLineReader(const Compiled& compiled);
  ~AnswerLineReader();

  /// Whether `line` is an answer sheet; at most `document_limit` bytes.
  bool read(std::string_view line);

  const Sheet& sheet() const;
  /// As JSON; empty when there is none. Also of a line that is wrong, where it can be found.
  std::string_view id() const;
  /// What is wrong with the line, first of all, for its author.
  const std::string& error() const;

  /// The first answers of `line`, an answer sheet, that do not go together, for its author. Takes longer
  /// than to read it.
  std::string contradiction(std::string_view line);

 private:
  class Line;
  std::unique_ptr<Line> line_;
};

}  // namespace backplan
