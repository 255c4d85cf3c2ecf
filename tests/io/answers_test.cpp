#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "backplan/catalog.hpp"

namespace backplan {
namespace {

const std::vector<Question> questions{
    {.id = {"age"}, .kind = QuestionKind::number, .least = 0, .most = 120, .unit = "years"},
    {.id = {"aorta-risk"}, .kind = QuestionKind::scale, .options = {{{"no"}, "no"}, {{"yes"}, "yes"}}},
    {.id = {"course"},
     .kind = QuestionKind::scale,
     .options = {{{"better"}, ""}, {{"same"}, ""}, {{"worse"}, ""}}},
    {.id = {"legs"}, .kind = QuestionKind::checklist, .options = {{{"numb"}, ""}, {{"weak"}, ""}}},
    {.id = {"checked"},
     .kind = QuestionKind::scale,
     .options = {{{"yes"}, ""}, {{"no"}, ""}},
     .unsure_as = OptionId{"no"}},
};

Answers answers(const std::string& text) {
  static const Catalog catalog{.questions = questions};
  return parse_answers({"me.yaml", text}, catalog);
}

std::string mistakes(const std::string& text) {
  try {
    answers(text);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

TEST_CASE("each kind of answer") {
  const Answers sheet = answers(
      "schema: backplan/answers/1\nage: 34\naorta-risk: no\ncourse: worse\n"
      "legs: [numb, \"weak?\"]\n");
  CHECK(sheet.at({"age"}) == Value{34});
  CHECK(sheet.at({"aorta-risk"}) == Value{OptionId{"no"}});
  CHECK(sheet.at({"course"}) == Value{OptionId{"worse"}});
  CHECK(sheet.at({"legs"}) == Value{Ticks{{{"numb"}}, {{"weak"}}}});
}

TEST_CASE("none is an answer, ~ and a missing question are none") {
  CHECK(answers("legs: none\n").at({"legs"}) == Value{Ticks{}});
  CHECK(answers("legs: numb\n").at({"legs"}) == Value{Ticks{{{"numb"}}, {}}});
  CHECK(answers("legs: ~\nage:\n").empty());
}

TEST_CASE("not sure is an answer of every kind, and counts as the question says") {
  CHECK(answers("legs: unsure\n").at({"legs"}) == Value{Unsure{}});
  CHECK(answers("age: unsure\n").at({"age"}) == Value{Unsure{}});
  CHECK(answers("checked: unsure\n").at({"checked"}) == Value{OptionId{"no"}});
}

TEST_CASE("JSON is read as well, and quoted words mean the same") {
  const Answers sheet = answers("{\"age\": 34, \"aorta-risk\": \"no\", \"legs\": [\"numb\"]}");
  CHECK(sheet.size() == 3);
  CHECK(sheet.at({"aorta-risk"}) == Value{OptionId{"no"}});
}

struct Case {
  std::string text;
  std::string mistakes;
};

const std::vector<Case> bad{
    {"aeg: 34\n", "me.yaml:1:1: aeg: unknown question; did you mean 'age'?\n"},
    {"age: 010\n", "me.yaml:1:6: age: '010' is not an answer; write 10\n"},
    {"age: 0x10\n",
     "me.yaml:1:6: age: '0x10' is not an answer; answer with a whole number from 0 to 120, or unsure\n"},
    {"age: \"34\"\n", "me.yaml:1:6: age: '34' is not an answer; write 34 without quotes\n"},
    {"age: 121\n",
     "me.yaml:1:6: age: '121' is not an answer; answer with a whole number from 0 to 120, or unsure\n"},
    {"age: -1\n",
     "me.yaml:1:6: age: '-1' is not an answer; answer with a whole number from 0 to 120, or unsure\n"},
    {"age: [34]\n", "me.yaml:1:6: age: not an answer; write 34, not [34]\n"},
    {"aorta-risk: true\n", "me.yaml:1:13: aorta-risk: 'true' is not an answer; did you mean 'yes'?\n"},
    {"course: wurse\n", "me.yaml:1:9: course: 'wurse' is not an answer; did you mean 'worse'?\n"},
    {"course: [same]\n", "me.yaml:1:9: course: not an answer; write same, not [same]\n"},
    {"legs: []\n", "me.yaml:1:7: legs: an empty list; write none for none of these\n"},
    {"legs: [\"\"]\n",
     "me.yaml:1:8: legs: '' is not an answer; answer with none, unsure, or a list of its options\n"},
    {"legs: no\n", "me.yaml:1:7: legs: 'no' is not an answer; did you mean 'none'?\n"},
    {"legs: [numb, numb]\n", "me.yaml:1:14: legs: 'numb' is given twice; keep one of them\n"},
    {"legs: {numb: yes}\n",
     "me.yaml:1:7: legs: not an answer; answer with none, unsure, or a list of its options\n"},
    {"- age\n", "me.yaml:1:1: must be a map of questions to answers; write lines such as age: 34\n"},
    {"age\n", "me.yaml:1:1: must be a map of questions to answers, not 'age'; write lines such as age: 34\n"},
    {"schema: backplan/plan/1\nage: 34\n", "me.yaml:1:9: schema: unknown word 'backplan/plan/1'\n"},
    {"age: 200\ncourse: x\nfoo: 1\n",
     "me.yaml:1:6: age: '200' is not an answer; answer with a whole number from 0 to 120, or unsure\n"
     "me.yaml:2:9: course: 'x' is not an answer; answer with better, same, worse, or unsure\n"
     "me.yaml:3:1: foo: unknown question\n"},
};

/// No refusal may end in advice that was followed already.
TEST_CASE("what was probably meant is said") {
  const std::string number = "answer with a whole number from 0 to 120, or unsure";
  const std::string ticks = "answer with none, unsure, or a list of its options";
  for (const auto& [text, said] : std::vector<std::pair<std::string, std::string>>{
           {"age: '41'", "'41' is not an answer; write 41 without quotes"},
           {"age: \"041\"", "'041' is not an answer; write 41"},
           {"age: +41", "'+41' is not an answer; write 41"},
           {"age: 41.0", "'41.0' is not an answer; write 41"},
           {"age: 41 years", "'41 years' is not an answer; write 41"},
           {"age: 41\u00A0", "'41\u00A0' is not an answer; write 41"},
           {"age: 41.5", "'41.5' is not an answer; " + number},
           {"age: 1e1", "'1e1' is not an answer; " + number},
           {"age: \"200\"", "'200' is not an answer; " + number},
           {"age: Unsure", "'Unsure' is not an answer; did you mean 'unsure'?"},
           {"age: [\"41\"]", "not an answer; " + number},
           {"age: {a: 1}", "not an answer; " + number},
           {"legs: None", "'None' is not an answer; did you mean 'none'?"},
           {"legs: \"NONE \"", "'NONE ' is not an answer; did you mean 'none'?"},
           {"legs: No", "'No' is not an answer; did you mean 'none'?"},
           {"legs: false", "'false' is not an answer; did you mean 'none'?"},
           {"legs: Numb", "'Numb' is not an answer; did you mean 'numb'?"},
           {"legs: none?", "'none?' is not an answer; did you mean 'none'?"},
           {"legs: [none]", "'none' is not an answer; write none, not [none]"},
           {"legs: [None]", "'None' is not an answer; write none, not [None]"},
           {"legs: [unsure]", "'unsure' is not an answer; write unsure, not [unsure]"},
           {"legs: [numb, none]", "'none' is not an answer; leave it out, or write none alone"},
           {"legs: [elbow]", "'elbow' is not an answer; " + ticks},
           {"aorta-risk: NO", "'NO' is not an answer; did you mean 'no'?"},
           {"aorta-risk: \"No \"", "'No ' is not an answer; did you mean 'no'?"},
           {"aorta-risk: none", "'none' is not an answer; did you mean 'no'?"},
           {"aorta-risk: False", "'False' is not an answer; did you mean 'no'?"},
           {"aorta-risk: on", "'on' is not an answer; did you mean 'no'?"},
           {"aorta-risk: TRUE", "'TRUE' is not an answer; did you mean 'yes'?"},
           {"aorta-risk: not sure", "'not sure' is not an answer; did you mean 'unsure'?"},
           {"aorta-risk: [no]", "not an answer; write no, not [no]"},
           {"course: SAME", "'SAME' is not an answer; did you mean 'same'?"},
           {"course: [x]", "not an answer; answer with better, same, worse, or unsure"}}) {
    INFO(text);
    const std::string found = mistakes(text + "\n");
    CHECK(found.substr(found.find(": ", found.find(": ") + 2) + 2) == said + "\n");
  }
  CHECK(mistakes("AGE: 41\n") == "me.yaml:1:1: AGE: unknown question; did you mean 'age'?\n");
}

TEST_CASE("many mistakes end the reading, and it is said that there are more") {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "unknown-" + std::to_string(i) + ": 1\n";
  try {
    answers(text);
    FAIL("read");
  } catch (const InputError& error) {
    CHECK(error.more());
    REQUIRE(error.diagnostics().size() == most_mistakes + 1);
    CHECK(to_string(error.diagnostics().front()) == "me.yaml:1:1: unknown-0: unknown question");
    CHECK(to_string(error.diagnostics().back()) == "me.yaml: there are more mistakes; mend these first");
  }
  std::string few;
  for (std::size_t i = 0; i < most_mistakes; ++i) few += "unknown-" + std::to_string(i) + ": 1\n";
  try {
    answers(few);
    FAIL("read");
  } catch (const InputError& error) {
    CHECK_FALSE(error.more());
    CHECK(error.diagnostics().size() == most_mistakes);
  }
}

TEST_CASE("every mistake is named with its place and the way out") {
  for (const Case& each : bad) {
    INFO(each.text);
    CHECK(mistakes(each.text) == each.mistakes);
  }
}

}  // namespace
}  // namespace backplan
