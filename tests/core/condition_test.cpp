#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "backplan/rule.hpp"

namespace backplan {
namespace {

const QuestionId legs{"legs"};
const QuestionId chest{"chest"};
const QuestionId pain{"pain"};
const QuestionId course{"course"};

Condition ticked(const QuestionId& question, const std::string& option) {
  return {AnyOption{question, {{option}}}};
}
const Condition numb = ticked(legs, "numb");
const Condition breathless = ticked(chest, "breathless");
const Condition bad_pain{InRange{pain, 7, 10}};
const Condition worse{AnyOption{course, {{"worse"}, {"worse-fast"}}}};

Value ticks(std::set<OptionId> yes, std::set<OptionId> unsure = {}) { return Ticks{yes, unsure}; }
const Value none = ticks({});

constexpr Truth no = settled(Tri::no);
constexpr Truth unsure = settled(Tri::unsure);
constexpr Truth yes = settled(Tri::yes);
constexpr Truth open{};

static_assert((yes & no) == no && (yes & unsure) == unsure && (open & no) == no);
static_assert((yes | no) == yes && (no | unsure) == unsure && (open | yes) == yes);
static_assert((open & unsure) == Truth{Tri::no, Tri::unsure});
static_assert((open | unsure) == Truth{Tri::unsure, Tri::yes});

using Ids = std::set<QuestionId>;

struct Case {
  std::string name;
  Condition condition;
  Answers answers;
  Truth truth;
  Ids because;
  Ids waits_for;
};

const std::vector<Case> cases{
    {"the reason may be inside another choice",
     {Any{{{Any{{numb, breathless}}}}}},
     {{legs, Unsure{}}},
     {Tri::unsure, Tri::yes},
     {legs},
     {chest}},
    {"what can only come to what is so already is not waited for",
     {Any{{numb, {All{{numb, breathless}}}, worse}}},
     {{legs, Unsure{}}},
     {Tri::unsure, Tri::yes},
     {legs},
     {course}},
    {"a ticked option holds", numb, {{legs, ticks({{"numb"}})}}, yes, {legs}, {}},
    {"none of these is no", numb, {{legs, none}}, no, {}, {}},
    {"another option is no", numb, {{legs, ticks({{"weak"}})}}, no, {}, {}},
    {"not sure about this one", numb, {{legs, ticks({}, {{"numb"}})}}, unsure, {legs}, {}},
    {"not sure about another one is no", numb, {{legs, ticks({}, {{"weak"}})}}, no, {}, {}},
    {"not sure about the list", numb, {{legs, Unsure{}}}, unsure, {legs}, {}},
    {"silence is not no", numb, {}, open, {}, {legs}},
    {"an option of a scale", worse, {{course, OptionId{"worse-fast"}}}, yes, {course}, {}},
    {"a milder option", worse, {{course, OptionId{"same"}}}, no, {}, {}},
    {"a number at the bound", bad_pain, {{pain, 7}}, yes, {pain}, {}},
    {"a number below the bound", bad_pain, {{pain, 6}}, no, {}, {}},
    {"not sure about a number", bad_pain, {{pain, Unsure{}}}, unsure, {pain}, {}},
    {"an answer of a wrong kind says nothing", bad_pain, {{pain, OptionId{"much"}}}, open, {}, {pain}},

    {"all: one no settles it", {All{{numb, breathless}}}, {{legs, none}}, no, {}, {}},
    {"all: one yes settles nothing",
     {All{{numb, breathless}}},
     {{legs, ticks({{"numb"}})}},
     open,
     {},
     {chest}},
    {"all: not sure and silence",
     {All{{numb, breathless}}},
     {{legs, Unsure{}}},
     {Tri::no, Tri::unsure},
     {},
     {chest}},
    {"all: both",
     {All{{numb, breathless}}},
     {{legs, ticks({{"numb"}})}, {chest, ticks({{"breathless"}})}},
     yes,
     {legs, chest},
     {}},
    {"any: one yes settles it", {Any{{numb, breathless}}}, {{legs, ticks({{"numb"}})}}, yes, {legs}, {}},
    {"any: one no settles nothing", {Any{{numb, breathless}}}, {{legs, none}}, open, {}, {chest}},
    {"any: not sure waits for a yes",
     {Any{{numb, breathless}}},
     {{legs, Unsure{}}},
     {Tri::unsure, Tri::yes},
     {legs},
     {chest}},
    {"any: a yes outweighs not sure",
     {Any{{numb, breathless}}},
     {{legs, Unsure{}}, {chest, ticks({{"breathless"}})}},
     yes,
     {chest},
     {}},

    {"some: enough", {Points{2, {{1, numb}, {1, breathless}, {2, bad_pain}}}}, {{pain, 8}}, yes, {pain}, {}},
    {"some: not sure is half",
     {Points{2, {{1, numb}, {1, breathless}, {2, bad_pain}}}},
     {{pain, Unsure{}}, {legs, ticks({{"numb"}})}, {chest, none}},
     yes,
     {legs, pain},
     {}},
    {"some: half is not enough",
     {Points{2, {{1, numb}, {1, breathless}, {2, bad_pain}}}},
     {{pain, Unsure{}}, {legs, none}, {chest, none}},
     no,
     {},
     {}},
    {"some: one point",
     {Points{1, {{1, numb}, {1, breathless}}}},
     {{legs, ticks({{"numb"}})}},
     yes,
     {legs},
     {}},
    {"some: half a point short",
     {Points{2, {{1, numb}, {1, breathless}, {2, bad_pain}}}},
     {{pain, 3}, {legs, ticks({{"numb"}})}, {chest, Unsure{}}},
     no,
     {},
     {}},
    {"some: still possible",
     {Points{2, {{1, numb}, {1, breathless}, {2, bad_pain}}}},
     {{pain, 3}},
     open,
     {},
     {chest, legs}},
    {"some: out of reach",
     {Points{2, {{1, numb}, {1, breathless}, {2, bad_pain}}}},
     {{pain, 3}, {legs, none}},
     no,
     {},
     {}},
};

TEST_CASE("how true a condition is, what made it so, and what it waits for") {
  for (const Case& each : cases) {
    INFO(each.name);
    CHECK(evaluate(each.condition, each.answers) == each.truth);
    CHECK(because(each.condition, each.answers) == each.because);
    CHECK(waits_for(each.condition, each.answers) == each.waits_for);
  }
}

TEST_CASE("answers to other questions say nothing, wherever their names stand among the known ones") {
  const Answers others{{{"aaa"}, ticks({{"numb"}})}, {{"ddd"}, ticks({{"numb"}})}, {{"zzz"}, 8}};
  CHECK(evaluate(numb, others) == open);
  CHECK(evaluate(bad_pain, others) == open);
  CHECK(waits_for({Any{{numb, bad_pain}}}, others) == Ids{legs, pain});
}

TEST_CASE("an answer of another kind than the question's says nothing") {
  for (const Value& value : {Value{OptionId{"7"}}, none, ticks({{"7"}})}) {
    CHECK(evaluate(bad_pain, {{pain, value}}) == open);
  }
  CHECK(evaluate(numb, {{legs, 7}}) == open);
}

TEST_CASE("ranges of one question that differ in an end are different") {
  const Condition both{All{{{InRange{pain, 3, 7}}, {InRange{pain, 3, 8}}, {InRange{pain, 4, 8}}}}};
  for (int number = 0; number <= 10; ++number) {
    INFO(number);
    CHECK(evaluate(both, {{pain, number}}) == (4 <= number && number <= 7 ? yes : no));
  }
}

TEST_CASE("a condition knows all the questions that it looks at") {
  const Condition deep{All{{numb, {Any{{breathless, bad_pain}}}, {Points{1, {{1, worse}}}}}}};
  CHECK(questions_of(deep) == Ids{legs, chest, pain, course});
}

}  // namespace
}  // namespace backplan
