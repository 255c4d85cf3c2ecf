#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "backplan/report.hpp"

namespace backplan {

/// Lines of text for people, never wider than the layout where words allow it.
class Page {
 public:
  explicit Page(int width) : width_(static_cast<std::size_t>(width)) {}

  /// A paragraph: `first` stands before its first line, and the others are indented to match.
  void say(std::string_view first, std::string_view text);

  /// A line as it is.
  void line(std::string_view text) { out_ += std::string(text) + "\n"; }
  void blank() { out_ += "\n"; }

  std::string take() { return std::move(out_); }

 private:
  std::size_t width_;
  std::string out_;
};

/// "9:40" of 580 seconds.
std::string minutes(int seconds);

/// A dose in words: "hold 5 s, 10 times, 2 sets (20 in all), 2 s rest between".
std::string in_words(const Dose& dose, Sides sides);

/// The same with what no source states: "... (partly assumed)".
std::string in_words_with_source(const PlanStep& step);

/// "Warm-up" of Phase::warm_up.
std::string heading(Phase phase);

/// What is said first: the words for the level that is stated, or that questions are open.
const LevelAdvice& words_for(const ScreeningReport& report, const Advice& advice);

/// The rules that look at answers; those for everybody, which have the mildest level, are left out.
struct PersonalReasons {
  std::vector<const Reason*> decisive;  ///< of the level that is stated; to be said in full
  std::vector<const Reason*> others;    ///< why they matter would speak of another level than that
  std::string_view others_heading;
};
PersonalReasons personal_reasons(const ScreeningReport& report);

/// What to arrange besides; "" for nothing, and while a clinician comes first.
std::string follow_up_of(const ScreeningReport& report, const Advice& advice);

std::string to_text(const ScreeningReport& report, const Advice& advice, const Layout& layout);
std::string to_text(const PlanReport& report, const Advice& advice, const Layout& layout);
std::string to_markdown(const ScreeningReport& report, const Advice& advice);
std::string to_markdown(const PlanReport& report, const Advice& advice);

}  // namespace backplan
