#include "core/cohort.hpp"

#include <doctest/doctest.h>

#include "backplan/catalog.hpp"
#include "backplan/contradiction.hpp"
#include "proof/each_sheet.hpp"
#include "proof/people.hpp"

namespace backplan {
namespace {

const Catalog& library() {
  static const Catalog catalog = parse_catalog(builtin_documents());
  return catalog;
}

/// Holds what is found for 256 people at once against what is found for one alone.
class Twin {
 public:
  Twin(std::span<const Question> questions, std::span<const Rule> rules)
      : rules_(rules), compiled_(questions, rules), cohort_(compiled_) {}

  /// Compares when there are enough people; `differ` compares the rest.
  void add(const Answers& answers) {
    people_.push_back(answers);
    cohort_.add(compiled_.sheet(answers));
    if (cohort_.size() == Cohort::most_people) compare();
  }

  std::size_t differ() {
    compare();
    return differ_;
  }

 private:
  void compare() {
    cohort_.screen();
    cohort_.list_rules();
    for (std::size_t i = 0; i < people_.size(); ++i) {
      if (!agrees(i, screen(assess(rules_, people_[i])))) ++differ_;
    }
    people_.clear();
    cohort_.clear();
  }

  bool agrees(std::size_t person, const Screening& one) const {
    const Outcome outcome = cohort_.outcome(person);
    return outcome.level == one.total().disposition && outcome.stated_level() == stated_level(one) &&
           outcome.follow_up == one.total().follow_up && outcome.complete == complete(one) &&
           plan_may_follow(outcome.stated_level()) == plan_may_follow(one) &&
           cohort_.contradicts(person) == contradict(person) && lists_agree(person, one) &&
           same(cohort_.screening(person), one);
  }

  bool contradict(std::size_t person) const {
    return !contradictions(compiled_.questions(), rules_, people_[person]).empty();
  }

  bool lists_agree(std::size_t person, const Screening& one) const {
    const auto rule = [&](std::size_t i) { return compiled_.rules()[i].id; };
    const auto question = [&](std::size_t i) { return compiled_.questions()[i].id; };
    const auto missing = cohort_.missing(person);
    return std::ranges::equal(cohort_.rules(person), one.findings(), {}, rule, &Finding::rule) &&
           std::ranges::equal(missing, open_questions(compiled_.questions(), one), {}, question,
                              &Question::id);
  }

  static bool same(const Screening& a, const Screening& b) {
    const auto finding = [](const Finding& x, const Finding& y) {
      return x.rule == y.rule && x.holds == y.holds && x.now == y.now && x.possible == y.possible &&
             x.because == y.because && x.asks == y.asks;
    };
    return a.total() == b.total() && a.asks() == b.asks() &&
           std::ranges::equal(a.findings(), b.findings(), finding);
  }

  std::span<const Rule> rules_;
  Compiled compiled_;
  Cohort cohort_;
  std::vector<Answers> people_;
  std::size_t differ_ = 0;
};

TEST_CASE("cohort: each rule agrees with the reference on all answers to its own questions") {
  std::size_t sheets = 0;
  std::size_t drawn = 0;
  for (const Rule& rule : library().rules) {
    INFO(rule.id.text);
    Twin twin(library().questions, std::span(&rule, 1));
    const auto walked = proof::each_sheet(library().questions, rule, 5'000,
                                          [&](const Answers& answers) { twin.add(answers); });
    CHECK(twin.differ() == 0);
    sheets += walked.sheets;
    if (!walked.whole) ++drawn;
  }
  MESSAGE(sheets, " sheets; drawn instead of walked: ", drawn, " of ", library().rules.size());
  CHECK(drawn <= 40);
}

TEST_CASE("cohort: the whole library agrees with the reference on 100,000 random people") {
  Twin twin(library().questions, library().rules);
  People people(library().questions, 2024);
  const std::vector<Tendency> tendencies{{0, 0, 0.01},      {0, 0.01, 0.02}, {0.05, 0.01, 0.02},
                                         {0.3, 0.02, 0.03}, {0.6, 0.1, 0.1}, {0, 0.05, 0.3},
                                         {0.02, 0, 0.005},  {0.9, 0, 0.02}};
  for (int i = 0; i < 12'500; ++i) {
    for (const Tendency& tendency : tendencies) {
      twin.add(i % 4 == 0 ? people.draw_any(tendency) : people.draw(tendency));
    }
  }
  CHECK(twin.differ() == 0);
}

TEST_CASE("cohort: more rules than stand side by side agree with the reference") {
  std::vector<Rule> rules = library().rules;
  for (const Rule& rule : library().rules) {
    rules.push_back(rule);
    rules.back().id.text += "-too";
  }
  CHECK(rules.size() > 256);
  Twin twin(library().questions, rules);
  People people(library().questions, 5);
  for (int i = 0; i < 1'000; ++i) {
    twin.add(people.draw({0.02, 0.01, 0.02}));
    twin.add(people.draw({0.4, 0, 0.1}));
  }
  CHECK(twin.differ() == 0);
}

TEST_CASE("cohort: no rules clear nobody") {
  const Compiled compiled(library().questions, {});
  Cohort cohort(compiled);
  cohort.add({});
  cohort.screen();
  CHECK(cohort.outcome(0).level == Disposition::emergency);
  CHECK_FALSE(constrain(cohort.screening(0)));
}

TEST_CASE("cohort: conditions in each other to any depth") {
  const std::vector<Question> questions = [] {
    std::vector<Question> all;
    for (const char* id : {"a", "b", "c", "d"}) {
      all.push_back({.id = {id}, .kind = QuestionKind::scale, .options = {{{"no"}, ""}, {{"yes"}, ""}}});
    }
    return all;
  }();
  const auto yes = [](const char* id) { return Condition{AnyOption{{id}, {{"yes"}}}}; };
  const Condition both{All{{yes("a"), yes("b")}}};
  const Condition deep{Any{{Condition{Any{{both, yes("c")}}}, yes("d")}}};
  const Condition points{Points{2, {{1, deep}, {1, Condition{Points{1, {{1, both}}}}}, {2, yes("d")}}}};
  const Condition all{All{{Condition{Any{{points, Condition{All{{deep, yes("a")}}}}}}, deep}}};
  const Condition twice{Points{3, {{1, yes("a")}, {2, yes("a")}, {1, yes("b")}, {2, yes("c")}}}};
  for (const Condition& when : {both, deep, points, all, twice}) {
    const Rule rule{.id = {"r"},
                    .when = when,
                    .then = {.disposition = Disposition::emergency},
                    .if_unsure = {.disposition = Disposition::modified, .ease = {{"x"}}}};
    Twin twin(questions, std::span(&rule, 1));
    for (int n = 0; n < 256; ++n) {
      Answers answers;
      for (std::size_t q = 0; q < 4; ++q) {
        const int value = (n >> (2 * q)) & 3;
        if (value == 1) answers.emplace(questions[q].id, OptionId{"no"});
        if (value == 2) answers.emplace(questions[q].id, Unsure{});
        if (value == 3) answers.emplace(questions[q].id, OptionId{"yes"});
      }
      twin.add(answers);
    }
    CHECK(twin.differ() == 0);
  }
}

}  // namespace
}  // namespace backplan
