#include "backplan/questionnaire.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace backplan {
namespace {

const std::vector<Option> options{{{"no"}, "no"}, {{"a-bit"}, "a bit"}, {{"much"}, "much"}};

Question asked(QuestionKind kind) {
  Question question{.id = {"q"}, .kind = kind, .options = options};
  if (kind == QuestionKind::number) question.options.clear();
  question.least = 2;
  question.most = 5;
  return question;
}

TEST_CASE("a question accepts the answers of its kind, and no other") {
  using enum QuestionKind;
  struct Case {
    std::string name;
    QuestionKind kind;
    Value value;
    bool accepted;
  };
  const std::vector<Case> cases{
      {"not sure, of a scale", scale, Unsure{}, true},
      {"not sure, of a number", number, Unsure{}, true},
      {"not sure, of a checklist", checklist, Unsure{}, true},
      {"an option of a scale", scale, OptionId{"much"}, true},
      {"an option of a choice", choice, OptionId{"no"}, true},
      {"an option that a scale has not", scale, OptionId{"lots"}, false},
      {"a number for a scale", scale, 3, false},
      {"ticks for a choice", choice, Ticks{{{"no"}}, {}}, false},
      {"none of a checklist", checklist, Ticks{}, true},
      {"ticks and doubts", checklist, Ticks{{{"much"}}, {{"a-bit"}}}, true},
      {"a tick that it has not", checklist, Ticks{{{"much"}, {"lots"}}, {}}, false},
      {"a doubt that it has not", checklist, Ticks{{{"much"}}, {{"lots"}}}, false},
      {"one option for a checklist", checklist, OptionId{"much"}, false},
      {"the least number", number, 2, true},
      {"the most", number, 5, true},
      {"below the least", number, 1, false},
      {"above the most", number, 6, false},
      {"a word for a number", number, OptionId{"much"}, false},
  };
  for (const Case& each : cases) {
    INFO(each.name);
    CHECK(accepts(asked(each.kind), each.value) == each.accepted);
  }
}

TEST_CASE("not sure counts as the question says, and only not sure") {
  Question question = asked(QuestionKind::scale);
  CHECK(counted(question, Unsure{}) == Value{Unsure{}});
  question.unsure_as = OptionId{"much"};
  CHECK(counted(question, Unsure{}) == Value{OptionId{"much"}});
  CHECK(counted(question, OptionId{"a-bit"}) == Value{OptionId{"a-bit"}});
}

TEST_CASE("a question is found by its name, or not at all") {
  const std::vector<Question> questions{{.id = {"a"}}, {.id = {"b"}}};
  CHECK(find(questions, {"b"}) == &questions[1]);
  CHECK(find(questions, {"c"}) == nullptr);
}

}  // namespace
}  // namespace backplan
