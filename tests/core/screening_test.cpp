#include "backplan/screening.hpp"

#include <doctest/doctest.h>

#include <type_traits>
#include <utility>

#include "backplan/plan.hpp"

namespace backplan {
namespace {

const QuestionId legs{"legs"};
const QuestionId course{"course"};
const QuestionId knees{"knees"};

const OptionId yes_option{"yes"};
const OptionId no_option{"no"};

Rule rule(const std::string& id, const QuestionId& question, const Consequence& then,
          const Consequence& if_unsure) {
  return {.id = {id}, .when = {AnyOption{question, {yes_option}}}, .then = then, .if_unsure = if_unsure};
}

const Consequence emergency{.disposition = Disposition::emergency};
const Consequence same_day{.disposition = Disposition::same_day};
const Consequence clinician{.disposition = Disposition::clinician_first};
const Consequence no_kneeling{.disposition = Disposition::modified, .exclude = {{"knee-load"}}};

const std::vector<Rule> rules{
    rule("cord", legs, emergency, same_day),
    rule("worse", course, clinician, {.disposition = Disposition::modified}),
    rule("knees", knees, no_kneeling, no_kneeling),
};

std::vector<Question> questions() {
  std::vector<Question> all;
  for (const QuestionId& id : {legs, course, knees}) {
    all.push_back(
        {.id = id, .kind = QuestionKind::scale, .options = {{no_option, "no"}, {yes_option, "yes"}}});
  }
  return all;
}

Screening screened(const Answers& answers) { return screen(assess(rules, answers)); }

const Answers clean{{legs, no_option}, {course, no_option}, {knees, no_option}};

Answers with(Answers answers, const QuestionId& question, const Value& value) {
  answers[question] = value;
  return answers;
}

// No plan without answers that allow one: who has constraints got them from `constrain`, and that a
// screening, whose parts nobody can set, from `screen`.
template <class Made, class... From>
inline constexpr bool made_from = std::is_constructible_v<Made, From...>;
static_assert(!made_from<Constraints> && !std::is_aggregate_v<Constraints>);
static_assert(!made_from<Constraints, Screening> && !made_from<Constraints, Consequence>);
static_assert(!made_from<Screening> && !std::is_aggregate_v<Screening>);
static_assert(!made_from<Screening, Consequence> && !made_from<Screening, Findings>);
static_assert(!made_from<Screening, Consequence, Findings, std::set<QuestionId>>);
static_assert(std::is_same_v<decltype(std::declval<Screening&>().total()), const Consequence&>);
static_assert(std::is_same_v<decltype(std::declval<Screening&>().findings()), const Findings&>);
static_assert(std::is_same_v<decltype(std::declval<Screening&>().asks()), const std::set<QuestionId>&>);
static_assert(std::is_same_v<decltype(std::declval<Constraints&>().screening()), const Screening&>);

TEST_CASE("no rules clear nobody: they say emergency") {
  CHECK(screen({}).total().disposition == Disposition::emergency);
  CHECK_FALSE(plan_may_follow(screen({})));
  CHECK_FALSE(constrain(screen({})));
}

TEST_CASE("nothing reported and everything answered: a plan may follow") {
  const Screening screening = screened(clean);
  CHECK(screening.total() == Consequence{});
  CHECK(screening.findings().empty());
  CHECK(plan_may_follow(screening));
}

TEST_CASE("a plan may follow the two mildest levels, once they are stated") {
  CHECK(plan_may_follow(Disposition::self_care));
  CHECK(plan_may_follow(Disposition::modified));
  CHECK_FALSE(plan_may_follow(Disposition::rest_today));
  CHECK_FALSE(plan_may_follow(Disposition::clinician_first));
  CHECK_FALSE(plan_may_follow(Disposition::same_day));
  CHECK_FALSE(plan_may_follow(Disposition::emergency));
  CHECK_FALSE(plan_may_follow(std::nullopt));
}

TEST_CASE("while questions are open, no level is stated that is milder than a clinician first") {
  for (int i = 0; i < disposition_count; ++i) {
    const auto level = static_cast<Disposition>(i);
    INFO(i);
    CHECK(stated_level(level, true) == level);
    const auto early = stated_level(level, false);
    CHECK(early.has_value() == (level >= Disposition::clinician_first));
    if (early) CHECK(early == level);
    CHECK_FALSE(plan_may_follow(early));
  }
  CHECK_FALSE(stated_level(screened({{knees, yes_option}})));
  CHECK(stated_level(screened({{course, yes_option}})) == Disposition::clinician_first);
  CHECK(stated_level(screened(clean)) == Disposition::self_care);
}

TEST_CASE("who should rest today is asked what could be more urgent, and gets no plan") {
  std::vector<Rule> more = rules;
  const QuestionId ill{"ill"};
  const Consequence rest{.disposition = Disposition::rest_today};
  more.push_back(rule("ill", ill, rest, rest));
  const Screening open = screen(assess(more, {{ill, yes_option}}));
  CHECK(open.asks() == std::set<QuestionId>{legs, course});  // not the knees: they change a routine alone
  CHECK_FALSE(stated_level(open));
  const Screening resting = screen(assess(more, with(clean, ill, yes_option)));
  CHECK(stated_level(resting) == Disposition::rest_today);
  CHECK_FALSE(constrain(resting));
  const Screening worse = screen(assess(more, with(with(clean, ill, yes_option), course, yes_option)));
  CHECK(stated_level(worse) == Disposition::clinician_first);
}

TEST_CASE("silence is incomplete, and names the questions in their order") {
  const Screening screening = screened({{course, no_option}});
  CHECK_FALSE(complete(screening));
  CHECK_FALSE(constrain(screening));
  const auto all = questions();
  const auto open = open_questions(all, screening);
  REQUIRE(open.size() == 2);
  CHECK(open[0]->id == legs);
  CHECK(open[1]->id == knees);
}

TEST_CASE("not sure counts as each rule says") {
  CHECK(screened(with(clean, legs, Unsure{})).total().disposition == Disposition::same_day);
  CHECK(screened(with(clean, course, Unsure{})).total().disposition == Disposition::modified);
  CHECK(screened(with(clean, knees, Unsure{})).total() == no_kneeling);
}

TEST_CASE("not sure is a reason, too") {
  const Screening screening = screened(with(clean, course, Unsure{}));
  REQUIRE(screening.findings().size() == 1);
  CHECK(screening.findings()[0].because == std::set<QuestionId>{course});
}

TEST_CASE("the most urgent rule decides, and stands first") {
  const Screening screening = screened(with(with(clean, course, yes_option), legs, yes_option));
  CHECK(screening.total().disposition == Disposition::emergency);
  REQUIRE(screening.findings().size() == 2);
  CHECK(screening.findings()[0].rule.text == "cord");
  CHECK(screening.findings()[0].because == std::set<QuestionId>{legs});
}

TEST_CASE("an emergency leaves nothing to ask") { CHECK(complete(screened({{legs, yes_option}}))); }

TEST_CASE("past a plan, only what is more urgent is asked") {
  const Screening screening = screened({{course, yes_option}});
  CHECK(screening.total().disposition == Disposition::clinician_first);
  CHECK(screening.asks() == std::set<QuestionId>{legs});
}

TEST_CASE("what could still follow takes in what follows already") {
  const Consequence sign{.disposition = Disposition::modified, .exclude = {{"prone"}}};
  const Consequence doubt{.disposition = Disposition::modified, .ease = {{"floor"}}};
  const Condition either{Any{{{AnyOption{legs, {yes_option}}}, {AnyOption{course, {yes_option}}}}}};
  const std::vector<Rule> one{{.id = {"one"}, .when = either, .then = sign, .if_unsure = doubt}};
  const Findings findings = assess(one, {{legs, Unsure{}}});
  CHECK(findings[0].now == doubt);
  CHECK(findings[0].possible == (sign | doubt));
}

TEST_CASE("past a plan, what would come to the same level is not asked") {
  std::vector<Rule> more = rules;
  more.push_back(rule("as urgent", knees, clinician, clinician));
  const Screening screening = screen(assess(more, {{course, yes_option}}));
  CHECK(screening.asks() == std::set<QuestionId>{legs});
}

TEST_CASE("consequences join to the stricter of each part") {
  const Consequence a{.disposition = Disposition::modified,
                      .follow_up = FollowUp::appointment,
                      .exclude = {{"prone"}},
                      .ease = {{"floor"}}};
  const Consequence b{.disposition = Disposition::same_day,
                      .follow_up = FollowUp::recheck,
                      .exclude = {{"knee-load"}},
                      .ease = {{"wrist-load"}}};
  const Consequence both{.disposition = Disposition::same_day,
                         .follow_up = FollowUp::appointment,
                         .exclude = {{"knee-load"}, {"prone"}},
                         .ease = {{"floor"}, {"wrist-load"}}};
  CHECK((a | b) == both);
  CHECK((b | a) == both);
  CHECK((a | Consequence{}) == a);
}

TEST_CASE("while a plan is possible, what it must leave out is asked too") {
  CHECK(screened({{legs, no_option}, {course, no_option}}).asks() == std::set<QuestionId>{knees});
}

TEST_CASE("a question is not asked when its answer would add nothing") {
  std::vector<Rule> two = rules;
  two.push_back(rule("also knees", course, {.disposition = Disposition::modified}, {}));
  const Findings findings = assess(std::vector<Rule>{two[2], two[3]}, {{knees, yes_option}});
  CHECK(complete(screen(findings)));
}

TEST_CASE("a rule answers for an open question that could only lead to what it says already") {
  const QuestionId adult{"adult"};
  const QuestionId sleep{"sleep"};
  const Consequence modified{.disposition = Disposition::modified};
  const std::vector<Rule> without{rule("knees", knees, no_kneeling, no_kneeling),
                                  rule("sleep", sleep, modified, modified)};
  std::vector<Rule> own = without;
  own.push_back(rule("adult", adult, modified, modified));
  const Answers answers{{adult, yes_option}, {knees, no_option}};
  CHECK(screen(assess(without, answers)).asks() == std::set<QuestionId>{sleep});
  const Screening screening = screen(assess(own, answers));
  CHECK(plan_may_follow(screening));
  for (const Value& value : {Value{no_option}, Value{Unsure{}}, Value{yes_option}}) {
    CHECK(screen(assess(own, with(answers, sleep, value))).total() == screening.total());
  }
  // Not for what could add something, such as an exclusion.
  CHECK(screen(assess(own, {{adult, yes_option}})).asks() == std::set<QuestionId>{knees});
}

TEST_CASE("one more rule never makes a screening milder") {
  for (std::size_t count = 1; count < rules.size(); ++count) {
    const std::span<const Rule> some(rules.data(), count);
    for (const Value& value : {Value{no_option}, Value{Unsure{}}, Value{yes_option}}) {
      const Answers answers{{legs, value}, {course, value}, {knees, value}};
      const Consequence fewer = screen(assess(some, answers)).total();
      const Consequence all = screened(answers).total();
      CHECK((fewer | all) == all);
    }
  }
}

TEST_CASE("only a cleared screening gives constraints, and they forbid and ease") {
  const auto constraints = constrain(screened(with(clean, knees, yes_option)));
  REQUIRE(constraints);
  const Technique kneeling{.id = {"kneel"}, .demands = {{"knee-load"}}};
  const Technique sitting{.id = {"sit"}};
  REQUIRE(constraints->forbids(kneeling));
  CHECK(constraints->forbids(kneeling)->text == "knees");
  CHECK_FALSE(constraints->forbids(sitting));
  CHECK_FALSE(constrain(screened(with(clean, course, yes_option))));
}

}  // namespace
}  // namespace backplan
