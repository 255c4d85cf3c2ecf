#pragma once

#include <array>
#include <functional>
#include <optional>
#include <string>

#include "backplan/catalog.hpp"

namespace backplan::cli {

/// One line that somebody typed, without its end; nothing at the end of the input.
using ReadLine = std::function<std::optional<std::string>()>;

/// Shows a text to the person.
using Show = std::function<void(std::string_view)>;

/// How an interview came out. The answers are those given so far.
struct Interview {
  Answers answers;
  int prompts = 0;           ///< how often a question was put, repetitions included
  bool ended = false;        ///< the input ended, or the person stopped, before all was answered
  bool unconfirmed = false;  ///< and that at the summary: all is answered, and may be wrong
};

/// How the questions are put.
struct InterviewStyle {
  int width = 76;        ///< columns; at least 40
  bool summary = false;  ///< show the answers at the end, to confirm or to change
};

/// Asks what can still change the advice, one question at a time, until nothing can. An emergency
/// waits for no summary.
Interview interview(const Catalog& catalog, const ReadLine& read_line, const Show& show,
                    const InterviewStyle& style = {});

/// An answer in words: "none of these", "chest pain; fainting (not sure)", "34 years".
std::string in_words(const Question& question, const Value& value);

/// Lines from standard input, at most 4096 bytes each: what is longer is cut. Nothing at its end,
/// and after an interruption.
class TypedLines {
 public:
  std::optional<std::string> operator()();

 private:
  std::optional<char> next();

  std::array<char, 4096> buffer_{};
  std::size_t position_ = 0;
  std::size_t length_ = 0;
};

/// Makes Ctrl-C end the reading of a line instead of the program.
void listen_for_interrupt();
bool was_interrupted();

}  // namespace backplan::cli
