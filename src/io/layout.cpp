#include "io/layout.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "io/document.hpp"
#include "io/utf8.hpp"

namespace backplan {
namespace {

bool is_space(char c) { return c == ' ' || c == '\n'; }

std::string_view next_word(std::string_view& text) {
  const auto start = std::ranges::find_if_not(text, is_space);
  const auto end = std::find_if(start, text.end(), is_space);
  const std::string_view word(start, end);
  text = {end, text.end()};
  return word;
}

}  // namespace

void Page::say(std::string_view first, std::string_view text) {
  const std::size_t indent = columns(first);
  std::size_t column = indent;
  out_ += first;
  for (std::string_view word = next_word(text); !word.empty(); word = next_word(text)) {
    const std::size_t length = columns(word);
    if (column > indent && column + 1 + length > width_) {
      out_ += '\n';
      out_.append(indent, ' ');
      column = indent;
    }
    if (column > indent) {
      out_ += ' ';
      ++column;
    }
    out_ += word;
    column += length;
  }
  out_ += '\n';
}

std::string minutes(int seconds) { return fmt::format("{}:{:02}", seconds / 60, seconds % 60); }

namespace {

/// ", 2 sets (20 in all), 2 s rest between, 30 s between sets"
std::string sets_and_rests(const Dose& dose, Sides sides) {
  std::string words;
  if (dose.sets > 1) words += fmt::format(", {} sets", dose.sets);
  if (dose.sets > 1 && dose.repetitions > 1) {
    words += fmt::format(" ({} {})", dose.sets * dose.repetitions,
                         sides == Sides::each ? "on each side" : "in all");
  }
  const bool within = dose.kind == DoseKind::hold && dose.repetitions > 1;
  if (dose.rest.count() > 0 && (within || !dose.set_rest)) {
    words += fmt::format(", {} s rest between", dose.rest.count());
    words += !within ? " sets" : dose.set_rest ? " holds" : "";
  }
  if (dose.set_rest) words += fmt::format(", {} s rest between sets", dose.set_rest->count());
  return words;
}

}  // namespace

std::string in_words(const Dose& dose, Sides sides) {
  const auto each = dose.each.count();
  std::string words = sides == Sides::each ? "each side: " : "";
  switch (dose.kind) {
    case DoseKind::hold:
      words += fmt::format("hold {} s", each);
      if (dose.repetitions > 1) words += fmt::format(", {} times", dose.repetitions);
      break;
    case DoseKind::repetitions:
      words += fmt::format("{} times, {} s each", dose.repetitions, each);
      break;
    case DoseKind::breaths:
      words += fmt::format("{} slow breaths", dose.repetitions);
      break;
    case DoseKind::time:
      words += fmt::format("for {}", minutes(static_cast<int>(each)));
      break;
  }
  return words + sets_and_rests(dose, sides);
}

std::string in_words_with_source(const PlanStep& step) {
  return in_words(step.dose, step.sides) + (step.dose.assumed.empty() ? "" : " (partly assumed)");
}

std::string heading(Phase phase) {
  std::string word(name(phase));
  word.front() = static_cast<char>(word.front() - 'a' + 'A');
  return word;
}

const LevelAdvice& words_for(const ScreeningReport& report, const Advice& advice) {
  return report.level ? advice.levels.at(*report.level) : advice.incomplete;
}

PersonalReasons personal_reasons(const ScreeningReport& report) {
  PersonalReasons parted;
  parted.others_heading = report.level ? "Also in your answers" : "In your answers so far";
  for (const Reason& reason : report.reasons) {
    if (reason.level == Disposition::self_care) continue;
    (reason.level == report.level ? parted.decisive : parted.others).push_back(&reason);
  }
  return parted;
}

std::string follow_up_of(const ScreeningReport& report, const Advice& advice) {
  const auto words = advice.follow_ups.find(report.follow_up);
  const bool clinician = report.level && needs_clinician(*report.level);
  return clinician || words == advice.follow_ups.end() ? "" : words->second;
}

std::string render(const ScreeningReport& report, const Advice& advice, Format format, const Layout& layout) {
  switch (format) {
    case Format::text:
      return to_text(report, advice, layout);
    case Format::yaml:
      return to_yaml(tree(report, advice));
    case Format::json:
      return to_json(tree(report, advice));
    case Format::markdown:
      return to_markdown(report, advice);
  }
  return "";
}

std::string render(const PlanReport& report, const Advice& advice, Format format, const Layout& layout) {
  switch (format) {
    case Format::text:
      return to_text(report, advice, layout);
    case Format::yaml:
      return to_yaml(tree(report));
    case Format::json:
      return to_json(tree(report));
    case Format::markdown:
      return to_markdown(report, advice);
  }
  return "";
}

}  // namespace backplan
