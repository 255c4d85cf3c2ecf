#include "cli/interview.hpp"

#include <doctest/doctest.h>

#include <deque>
#include <string>
#include <vector>

#include "backplan/screening.hpp"

namespace backplan::cli {
namespace {

const Catalog& shipped() {
  static const Catalog catalog = parse_catalog(builtin_documents());
  return catalog;
}

/// An interview with typed lines, and all that was shown.
struct Typed {
  explicit Typed(std::vector<std::string> typed, const Catalog& catalog = shipped(),
                 const InterviewStyle& style = {})
      : lines(typed.begin(), typed.end()) {
    result = interview(
        catalog,
        [this]() -> std::optional<std::string> {
          if (lines.empty()) return std::nullopt;
          std::string line = lines.front();
          lines.pop_front();
          return line;
        },
        [this](std::string_view text) { shown += text; }, style);
  }

  std::deque<std::string> lines;
  Interview result;
  std::string shown;
};

Disposition level(const Answers& answers) {
  return screen(assess(shipped().rules, answers)).total().disposition;
}

/// Nothing to report, as one types it: an answer for whatever question comes.
class Nobody {
 public:
  explicit Nobody(std::map<std::string, std::string> otherwise = {}) : otherwise_(std::move(otherwise)) {}

  std::string shown;

  /// Until nothing is asked any more; the input ends at the summary.
  Interview run(const InterviewStyle& style = {}) {
    std::string last;
    return interview(
        shipped(),
        [&]() -> std::optional<std::string> {
          if (last.find("Your answers:") != std::string::npos) return std::nullopt;
          for (const Question& question : shipped().questions) {
            if (flat(last).find(flat(question.ask)) != std::string::npos) return answer(question);
          }
          return std::nullopt;
        },
        [&](std::string_view text) {
          last = text;
          shown += text;
        },
        style);
  }

  std::string answer(const Question& question) const {
    if (const auto known = otherwise_.find(question.id.text); known != otherwise_.end()) {
      return known->second;
    }
    switch (question.kind) {
      case QuestionKind::checklist:
        return "0";
      case QuestionKind::number:
        return question.id.text == "age" ? "35" : "2";
      case QuestionKind::scale:
        return question.options[0].text == "no" ? "n" : "1";
      case QuestionKind::choice:
        return "1";
    }
    return "";
  }

 private:
  static std::string flat(std::string text) {
    std::erase_if(text, [](char c) { return c == ' ' || c == '\n'; });
    return text;
  }

  std::map<std::string, std::string> otherwise_;
};

std::size_t words_in(const std::string& text) {
  std::size_t words = 0;
  bool inside = false;
  for (const char c : text) {
    const bool letter = c != ' ' && c != '\n';
    words += letter && !inside;
    inside = letter;
  }
  return words;
}

TEST_CASE("who has nothing to report is done within twenty prompts") {
  for (const char* complaint : {"1", "2", "3"}) {
    for (const char* course : {"1", "2"}) {
      Nobody nobody({{"complaint", complaint}, {"course", course}});
      const Interview result = nobody.run();
      CHECK_FALSE(result.ended);
      CHECK(result.prompts <= 20);
      CHECK(level(result.answers) <= Disposition::modified);
      CHECK(complete(screen(assess(shipped().rules, result.answers))));
    }
  }
  Nobody shortest;
  const Interview result = shortest.run();
  MESSAGE(result.prompts << " prompts, " << words_in(shortest.shown) << " words shown");
}

TEST_CASE("the emergency gate comes first") {
  const Typed nothing({});
  CHECK(nothing.shown.find("past 24 hours") != std::string::npos);
  CHECK(nothing.result.ended);
  CHECK(nothing.result.answers.empty());
}

TEST_CASE("an emergency ends the questions at once") {
  const Typed typed({"1", "0", "0"});
  CHECK_FALSE(typed.result.ended);
  CHECK(typed.lines.size() == 2);
  CHECK(level(typed.result.answers) == Disposition::emergency);
}

TEST_CASE("same day does not end them while an emergency is still possible") {
  const Typed typed({"5", "0"});  // coughing blood, then nothing sudden
  CHECK(typed.result.ended);
  CHECK(typed.result.answers.size() == 2);
}

TEST_CASE("the end of the input is not an answer") {
  const Typed typed({"0", "0"});
  CHECK(typed.result.ended);
  CHECK(typed.result.answers.size() == 2);
  CHECK_FALSE(complete(screen(assess(shipped().rules, typed.result.answers))));
}

TEST_CASE("nonsense and an empty line are asked again, and are no answers") {
  const Typed typed({"", "what", "99", "1 x", "-1", "0x1", "\x1b[2J", "0"});
  CHECK(typed.result.answers.size() == 1);
  CHECK(typed.shown.find("Please type") != std::string::npos);
  CHECK(typed.shown.find('\x1b') == std::string::npos);
}

TEST_CASE("not sure is asked once more in simpler words, then it is an answer") {
  const Typed once({"u"});
  CHECK(once.result.answers.empty());
  CHECK(once.shown.find("Still not sure?") != std::string::npos);
  const Typed twice({"u", "u"});
  CHECK(twice.result.answers.at({"chest-and-breath"}) == Value{Unsure{}});
  CHECK(level(twice.result.answers) >= Disposition::same_day);
  const Typed clarified({"u", "0"});
  CHECK(clarified.result.answers.at({"chest-and-breath"}) == Value{Ticks{}});
}

TEST_CASE("several can be ticked, and one can be unsure") {
  const Typed typed({"2, 9?"});
  CHECK(typed.result.answers.at({"chest-and-breath"}) ==
        Value{Ticks{{{"chest-sore-spot"}}, {{"comes-with-effort"}}}});
}

TEST_CASE("one can go back, ask why, and stop") {
  const Typed back({"0", "b", "1"});
  CHECK(level(back.result.answers) == Disposition::emergency);
  const Typed why({"?", "q", "0"});
  CHECK(why.shown.find("The heart, the lungs") != std::string::npos);
  CHECK(why.shown.find("Source:") != std::string::npos);
  CHECK(why.result.ended);
  const Typed at_the_start({"b", "0"});
  CHECK(at_the_start.result.answers.size() == 1);
}

/// What nobody with nothing to report types, with the summary still to come.
std::vector<std::string> nothing_to_report(std::vector<std::string> then) {
  std::vector<std::string> lines{"0", "0", "n", "0", "0", "0", "0", "1", "34",
                                 "1", "2", "0", "0", "0", "0", "2", "0"};
  lines.insert(lines.end(), then.begin(), then.end());
  return lines;
}

TEST_CASE("at the end all answers are shown, to confirm or to change") {
  const InterviewStyle style{.width = 76, .summary = true};
  const auto typed = [&](std::vector<std::string> then) {
    return Typed(nothing_to_report(std::move(then)), shipped(), style);
  };
  const Typed right = typed({"y"});
  CHECK_FALSE(right.result.ended);
  CHECK(right.shown.find("Your answers:") != std::string::npos);
  CHECK(right.shown.find("= 34 years") != std::string::npos);
  CHECK(right.result.answers == Typed(nothing_to_report({})).result.answers);
  CHECK(right.shown != Typed(nothing_to_report({})).shown);

  const Typed changed = typed({"9", "70", "y"});
  CHECK_FALSE(changed.result.ended);
  CHECK(changed.result.answers.at({"age"}) == Value{70});

  const Typed kept = typed({"9", "b", "y"});
  CHECK(kept.result.answers == right.result.answers);

  const Typed nonsense = typed({"", "99", "0", "yess", "y"});
  CHECK(nonsense.result.answers == right.result.answers);

  const Typed last_again = typed({"b", "1", "y"});
  CHECK(last_again.result.answers.at({"movement-limits"}) != right.result.answers.at({"movement-limits"}));

  const Typed emergency = typed({"1", "1", "more"});
  CHECK(level(emergency.result.answers) == Disposition::emergency);
  CHECK(emergency.lines.size() == 1);  // it waits for no summary
}

TEST_CASE("who stops at the summary has confirmed nothing") {
  for (const auto& then : std::vector<std::vector<std::string>>{{}, {"q"}, {"9"}, {"9", "q"}}) {
    const Typed typed(nothing_to_report(then), shipped(), {.summary = true});
    CHECK(typed.result.ended);
    CHECK(typed.result.unconfirmed);
  }
  CHECK_FALSE(Typed(nothing_to_report({"y"}), shipped(), {.summary = true}).result.unconfirmed);
  CHECK_FALSE(Typed({"0", "q"}, shipped(), {.summary = true}).result.unconfirmed);
}

TEST_CASE("not sure is shown with what it counts as") {
  Nobody nobody({{"other-signs", "1"}, {"already-checked", "u"}});
  nobody.run({.summary = true});
  CHECK(nobody.shown.find("= not sure, which counts as: no") != std::string::npos);
  CHECK(nobody.shown.find("= losing weight without trying") != std::string::npos);
}

TEST_CASE("questions keep to the width of the terminal") {
  const Typed typed(nothing_to_report({"?", "y"}), shipped(), {.width = 40, .summary = true});
  std::size_t column = 0;
  for (const char c : typed.shown) {
    column = c == '\n' || c == ']' ? 0 : column + ((static_cast<unsigned char>(c) & 0xC0) != 0x80);
    REQUIRE(column <= 40);
  }
}

TEST_CASE("who is not pregnant is not asked how it goes") {
  Nobody nobody;
  nobody.run();
  CHECK(nobody.shown.find("a fit") == std::string::npos);
  CHECK(nobody.shown.find("in the last 3 months, has a clinician") == std::string::npos);
}

/// Somebody who answers a question, each time it comes, with the next of the lines for it; who has none
/// left for it stops. At the summary, a question is named to change it.
class Scripted {
 public:
  Scripted(std::map<std::string, std::deque<std::string>> lines, std::deque<std::string> at_summary,
           const Catalog& catalog = shipped())
      : lines_(std::move(lines)), at_summary_(std::move(at_summary)), catalog_(catalog) {
    result = interview(
        catalog, [this] { return next(); },
        [this](std::string_view text) {
          last_ = text;
          all.emplace_back(text);
        },
        {.summary = true});
  }

  Interview result;
  std::vector<std::string> all;  ///< what was shown

  bool has(const char* question) const { return result.answers.contains({question}); }
  /// How often this was shown.
  std::size_t times(const std::string& words) const {
    return static_cast<std::size_t>(std::ranges::count_if(
        all, [&](const std::string& text) { return flat(text).find(flat(words)) != std::string::npos; }));
  }
  std::string last_summary() const {
    const auto summary = std::ranges::find_if(
        all.rbegin(), all.rend(), [](const auto& text) { return text.find("Your answers:") < text.size(); });
    return summary == all.rend() ? "" : flat(*summary);
  }
  static std::string flat(std::string text) {
    std::erase_if(text, [](char c) { return c == ' ' || c == '\n'; });
    return text;
  }

 private:
  std::optional<std::string> next() {
    const std::string shown = flat(last_);
    if (shown.find("Youranswers:") != std::string::npos) return to_change(shown);
    for (const Question& question : catalog_.questions) {
      if (shown.find(flat(question.ask)) != std::string::npos) asked_ = question.id.text;
    }
    auto& lines = lines_[asked_];
    if (lines.empty()) return Nobody().answer(*find(catalog_.questions, {asked_}));
    const std::string line = lines.front();
    lines.pop_front();
    return line;
  }

  std::optional<std::string> to_change(const std::string& summary) {
    if (at_summary_.empty()) return std::nullopt;
    const std::string word = at_summary_.front();
    at_summary_.pop_front();
    const Question* question = find(catalog_.questions, {word});
    if (!question) return word;
    std::size_t number = summary.find(flat(question->ask));
    REQUIRE(number != std::string::npos);
    std::string digits;
    while (number > 0 && std::isdigit(summary[number - 1])) digits.insert(0, 1, summary[--number]);
    return digits;
  }

  std::map<std::string, std::deque<std::string>> lines_;
  std::deque<std::string> at_summary_;
  const Catalog& catalog_;
  std::string asked_;
  std::string last_;
};

TEST_CASE("when a gate closes, what was asked behind it is left out, and said to be") {
  const Scripted person({{"complaint", {"3", "1"}}, {"severity", {"9"}}, {"pain-pattern", {"1 2 3"}}},
                        {"complaint", "y"});
  CHECK_FALSE(person.result.ended);
  for (const char* question : {"severity", "pain-pattern", "first-time"}) CHECK_FALSE(person.has(question));
  CHECK(person.times("is left out:\n    At its worst today, how bad is the pain?") == 1);
  CHECK(person.times("hard to talk, sleep or\n    dress) 9 of 10\n    Is the pain like any of these?") == 1);
  CHECK(person.last_summary().find("howbadisthepain") == std::string::npos);
  CHECK(level(person.result.answers) == Disposition::self_care);
}

TEST_CASE("when the gate opens again, they are asked again") {
  const Scripted person({{"complaint", {"3", "1", "3"}}, {"severity", {"9", "8"}}},
                        {"complaint", "complaint", "y"});
  CHECK_FALSE(person.result.ended);
  CHECK(person.result.answers.at({"severity"}) == Value{8});
  CHECK(person.times("At its worst today, how bad is the pain?") >= 2);
  CHECK(level(person.result.answers) == Disposition::clinician_first);
}

TEST_CASE("a gate that stays as it was, or is not sure, drops nothing") {
  const Scripted same({{"complaint", {"3", "2"}}, {"severity", {"9"}}}, {"complaint", "y"});
  CHECK(same.result.answers.at({"severity"}) == Value{9});
  const Scripted unsure({{"complaint", {"3", "u"}}, {"severity", {"9"}}}, {"complaint", "y"});
  CHECK(unsure.result.answers.at({"severity"}) == Value{9});
  for (const Scripted* person : {&same, &unsure}) CHECK(person->times("left out") == 0);
}

TEST_CASE("with a gate that closes, the gates behind it close, too") {
  Catalog catalog = shipped();
  const auto pattern = std::ranges::find(catalog.questions, QuestionId{"pain-pattern"}, &Question::id);
  pattern->gate = Condition{All{{*pattern->gate, Condition{InRange{{"severity"}, 3, 10}}}}};
  const Scripted person({{"complaint", {"3", "1"}}, {"severity", {"4"}}, {"pain-pattern", {"5"}}},
                        {"complaint", "y"}, catalog);
  CHECK_FALSE(person.result.ended);
  CHECK_FALSE(person.has("severity"));
  CHECK_FALSE(person.has("pain-pattern"));
}

TEST_CASE("an operation was somewhere: none is not offered, and not taken without a word") {
  const Scripted person({{"heart-and-operations", {"7"}}, {"operation-kind", {"0", "none", "4"}}}, {"y"});
  CHECK_FALSE(person.result.ended);
  CHECK(person.result.answers.at({"operation-kind"}) == Value{Ticks{{{"belly"}}, {}}});
  CHECK(person.times("does not go with what you said before: an operation on spine, chest, heart") == 2);
  for (const std::string& text : person.all) {
    if (text.find("The operation was on:") == std::string::npos) continue;
    CHECK(text.find("0 none of these") == std::string::npos);
    CHECK(
        (text.find("[1-4 u ? b q]") != std::string::npos || text.find("Your answers") != std::string::npos));
  }
}

TEST_CASE("who is not sure about an operation may say none, and is asked again when sure") {
  const Scripted person(
      {{"heart-and-operations", {"7?", "7"}}, {"operation-kind", {"0", "1"}}, {"operation-when", {"1"}}},
      {"heart-and-operations", "y"});
  CHECK_FALSE(person.result.ended);
  CHECK(person.times("is left out:\n    The operation was on:") == 1);
  CHECK(person.result.answers.at({"operation-kind"}) == Value{Ticks{{{"spine"}}, {}}});
}

/// The library with a person's own rule for severe pain, whoever has it.
Catalog with_own_rule() {
  return extend(shipped(), std::vector{Document{"own.yaml", R"(schema: backplan/rules/1
rules:
  - id: own-severe
    title: "Severe pain"
    when: {severity: {at-least: 5}}
    level: clinician-first
    if-unsure: as-yes
    why: "w"
    sources: [house-judgement]
    examples:
      - {answers: {severity: 5}, expect: "yes"}
      - {answers: {severity: 4}, expect: "no"}
)"}});
}

TEST_CASE("an own rule may ask behind a closed gate; what does not go with it is not taken") {
  const Catalog catalog = with_own_rule();
  const Scripted person({{"severity", {"8", "2"}}}, {"age", "y"}, catalog);
  CHECK_FALSE(person.result.ended);
  CHECK(person.times("what you said before: stiff or tight, no pain") == 1);
  CHECK(person.result.answers.at({"severity"}) == Value{2});
  CHECK(person.times("left out") == 0);
}

}  // namespace
}  // namespace backplan::cli
