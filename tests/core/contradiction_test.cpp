#include "backplan/contradiction.hpp"

#include <doctest/doctest.h>

namespace backplan {
namespace {

Condition any_of(const char* question, std::set<OptionId> options) {
  return {AnyOption{{question}, std::move(options)}};
}

/// An operation, where it was, and, behind that, how the spine does; a pain, and how bad it is.
std::vector<Question> questions() {
  const Condition operation = any_of("operation", {{"yes"}});
  const std::vector<Option> no_yes{{{"no"}, ""}, {{"yes"}, ""}};
  const std::vector<Option> places{{{"spine"}, ""}, {{"belly"}, ""}};
  const std::vector<Option> slow_sudden{{{"slow"}, ""}, {{"sudden"}, ""}};
  return {
      {.id = {"operation"}, .kind = QuestionKind::scale, .options = no_yes},
      {.id = {"where"},
       .kind = QuestionKind::checklist,
       .options = places,
       .gate = operation,
       .one_applies = true},
      {.id = {"onset"},
       .kind = QuestionKind::scale,
       .options = slow_sudden,
       .gate = Condition{All{{operation, any_of("where", {{"spine"}})}}}},
      {.id = {"allowed"}, .kind = QuestionKind::scale, .options = no_yes, .gate = operation},
      {.id = {"severity"}, .kind = QuestionKind::number, .least = 0, .most = 10, .gate = operation},
  };
}

/// One looks at a spine, at a severity from 7 on, and at who is not allowed to.
std::vector<Rule> rules() {
  std::vector<Rule> rules(1);
  rules[0].when = {Any{{any_of("where", {{"spine"}}), {InRange{{"severity"}, 7, 10}}}}};
  return rules;
}

std::vector<Contradiction> found(Answers answers) { return contradictions(questions(), rules(), answers); }

const Value no = OptionId{"no"};
const Value yes = OptionId{"yes"};

TEST_CASE("an answer that reports something does not go with a closed gate") {
  const std::set<QuestionId> operation{{"operation"}};
  const auto refused = [&](const char* question, const Value& value) {
    return found({{{"operation"}, no}, {{question}, value}}) ==
           std::vector<Contradiction>{{{question}, operation}};
  };
  CHECK(refused("where", Ticks{{{"spine"}}, {}}));
  CHECK(refused("where", Ticks{{}, {{"spine"}}}));
  CHECK(refused("where", Ticks{{{"belly"}}, {}}));  // no rule looks at it, and yet it says: an operation
  CHECK(refused("where", Unsure{}));
  CHECK(refused("allowed", yes));
  CHECK(refused("allowed", Unsure{}));
  CHECK(refused("severity", 7));
  CHECK(refused("severity", Unsure{}));
}

TEST_CASE("what says nothing goes with a closed gate") {
  CHECK(found({{{"operation"}, no}}).empty());
  CHECK(found({{{"operation"}, no}, {{"where"}, Ticks{}}}).empty());
  CHECK(found({{{"operation"}, no}, {{"allowed"}, no}}).empty());
  CHECK(found({{{"operation"}, no}, {{"severity"}, 6}}).empty());
}

TEST_CASE("a 'no' that a rule counts says something") {
  std::vector<Rule> not_allowed(1);
  not_allowed[0].when = any_of("allowed", {{"no"}});
  const Answers answers{{{"operation"}, no}, {{"allowed"}, no}};
  CHECK(contradictions(questions(), not_allowed, answers).size() == 1);
}

TEST_CASE("an open gate, and one that is not sure, go with everything") {
  for (const Answers& gate : std::vector<Answers>{{}, {{{"operation"}, Unsure{}}}, {{{"operation"}, yes}}}) {
    Answers answers = gate;
    answers[{"where"}] = Ticks{{{"spine"}}, {}};
    answers[{"severity"}] = 9;
    answers[{"allowed"}] = Unsure{};
    CHECK(found(answers).empty());
  }
}

TEST_CASE("behind a closed gate all is closed") {
  const Value sudden = OptionId{"sudden"};
  CHECK(found({{{"operation"}, no}, {{"onset"}, sudden}}) ==
        std::vector<Contradiction>{{{"onset"}, {{"operation"}}}});
  CHECK(found({{{"operation"}, yes}, {{"where"}, Ticks{{{"belly"}}, {}}}, {{"onset"}, sudden}}) ==
        std::vector<Contradiction>{{{"onset"}, {{"operation"}, {"where"}}}});
}

TEST_CASE("none of these does not go with a gate that holds, where one must be so") {
  const Value none = Ticks{};
  CHECK(found({{{"operation"}, yes}, {{"where"}, none}}) ==
        std::vector<Contradiction>{{{"where"}, {{"operation"}}}});
  CHECK(found({{{"operation"}, yes}, {{"where"}, Ticks{{}, {{"belly"}}}}}).empty());
  CHECK(found({{{"operation"}, yes}, {{"where"}, Unsure{}}}).empty());
  CHECK(found({{{"operation"}, Unsure{}}, {{"where"}, none}}).empty());
  CHECK(found({{{"where"}, none}}).empty());
}

}  // namespace
}  // namespace backplan
