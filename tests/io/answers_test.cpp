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
    {"age: 010\n",
     "me.yaml:1:6: age: '010' is not an answer; answer with a whole number from 0 to 120, or unsure\n"},
    {"age: 0x10\n",
     "me.yaml:1:6: age: '0x10' is not an answer; answer with a whole number from 0 to 120, or unsure\n"},
    {"age: \"34\"\n",
     "me.yaml:1:6: age: '34' is not an answer; answer with a whole number from 0 to 120, or unsure\n"},
    {"age: 121\n",
     "me.yaml:1:6: age: '121' is not an answer; answer with a whole number from 0 to 120, or unsure\n"},
    {"age: -1\n",
     "me.yaml:1:6: age: '-1' is not an answer; answer with a whole number from 0 to 120, or unsure\n"},
    {"age: [34]\n", "me.yaml:1:6: age: not an answer; answer with a whole number from 0 to 120, or unsure\n"},
    {"aorta-risk: true\n",
     "me.yaml:1:13: aorta-risk: 'true' is not an answer; answer with no, yes, or unsure\n"},
    {"course: wurse\n", "me.yaml:1:9: course: 'wurse' is not an answer; did you mean 'worse'?\n"},
    {"course: [same]\n", "me.yaml:1:9: course: not an answer; answer with better, same, worse, or unsure\n"},
    {"legs: []\n", "me.yaml:1:7: legs: an empty list; write none for none of these\n"},
    {"legs: [\"\"]\n",
     "me.yaml:1:8: legs: '' is not an answer; answer with none, unsure, or a list of its options\n"},
    {"legs: no\n",
     "me.yaml:1:7: legs: 'no' is not an answer; answer with none, unsure, or a list of its options\n"},
    {"legs: [numb, numb]\n", "me.yaml:1:14: legs: 'numb' is given twice; keep one of them\n"},
    {"legs: {numb: yes}\n",
     "me.yaml:1:7: legs: not an answer; answer with none, unsure, or a list of its options\n"},
    {"- age\n", "me.yaml:1:1: must be a map of questions to answers; write lines such as age: 34\n"},
    {"age\n", "me.yaml:1:1: must be a map of questions to answers; write lines such as age: 34\n"},
    {"schema: backplan/plan/1\nage: 34\n", "me.yaml:1:9: schema: unknown word 'backplan/plan/1'\n"},
    {"age: 200\ncourse: x\nfoo: 1\n",
     "me.yaml:1:6: age: '200' is not an answer; answer with a whole number from 0 to 120, or unsure\n"
     "me.yaml:2:9: course: 'x' is not an answer; answer with better, same, worse, or unsure\n"
     "me.yaml:3:1: foo: unknown question\n"},
};

TEST_CASE("every mistake is named with its place and the way out") {
  for (const Case& each : bad) {
    INFO(each.text);
    CHECK(mistakes(each.text) == each.mistakes);
  }
}

}  // namespace
}  // namespace backplan
