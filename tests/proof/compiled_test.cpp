#include "core/compiled.hpp"

#include <doctest/doctest.h>

#include "backplan/catalog.hpp"
#include "proof/each_sheet.hpp"
#include "proof/people.hpp"

namespace backplan {
namespace {

const Catalog& library() {
  static const Catalog catalog = parse_catalog(builtin_documents());
  return catalog;
}

/// What must be equal: all of a screening but `because`.
bool same(const Screening& a, const Screening& b) {
  const auto finding = [](const Finding& x, const Finding& y) {
    return x.rule == y.rule && x.holds == y.holds && x.now == y.now && x.possible == y.possible &&
           x.asks == y.asks;
  };
  return a.total() == b.total() && a.asks() == b.asks() &&
         std::ranges::equal(a.findings(), b.findings(), finding);
}

/// Holds a compiled library against the reference evaluator, one sheet after another.
class Twin {
 public:
  Twin(std::span<const Question> questions, std::span<const Rule> rules)
      : rules_(rules), compiled_(questions, rules), screener_(compiled_) {}

  bool agrees(const Answers& answers) {
    const Sheet sheet = compiled_.pack(answers);
    const Screening reference = screen(assess(rules_, answers));
    return same(screener_.screening(sheet), reference) && agrees(screener_.level(sheet), reference) &&
           lists(screener_.findings(sheet), reference);
  }

 private:
  static bool agrees(const Outcome& outcome, const Screening& reference) {
    return outcome.level == reference.total().disposition &&
           outcome.stated_level() == stated_level(reference) &&
           outcome.follow_up == reference.total().follow_up && outcome.complete == complete(reference) &&
           plan_may_follow(outcome.stated_level()) == plan_may_follow(reference);
  }

  bool lists(const Outcome& outcome, const Screening& reference) const {
    std::set<QuestionId> missing;
    for (const std::size_t i : outcome.missing) missing.insert(compiled_.questions()[i].id);
    const auto rule = [&](std::size_t i) { return compiled_.rules()[i].id; };
    return agrees(outcome, reference) && missing == reference.asks() &&
           std::ranges::equal(outcome.rules, reference.findings(), {}, rule, &Finding::rule);
  }

  std::span<const Rule> rules_;
  Compiled compiled_;
  Screener screener_;
};

TEST_CASE("compiled: each rule agrees with the reference on all answers to its own questions") {
  std::size_t sheets = 0;
  std::size_t drawn = 0;
  for (const Rule& rule : library().rules) {
    INFO(rule.id.text);
    Twin twin(library().questions, std::span(&rule, 1));
    bool agrees = true;
    const auto walked = proof::each_sheet(library().questions, rule, 5'000, [&](const Answers& answers) {
      agrees = agrees && twin.agrees(answers);
    });
    CHECK(agrees);
    sheets += walked.sheets;
    if (!walked.whole) ++drawn;
  }
  MESSAGE(sheets, " sheets; drawn instead of walked: ", drawn, " of ", library().rules.size());
  CHECK(drawn <= 40);
}

TEST_CASE("compiled: the whole library agrees with the reference on 100,000 random people") {
  Twin twin(library().questions, library().rules);
  People people(library().questions, 2024);
  const std::vector<Tendency> tendencies{{0, 0, 0.01},      {0, 0.01, 0.02}, {0.05, 0.01, 0.02},
                                         {0.3, 0.02, 0.03}, {0.6, 0.1, 0.1}, {0, 0.05, 0.3},
                                         {0.02, 0, 0.005},  {0.9, 0, 0.02}};
  std::size_t differ = 0;
  for (int i = 0; i < 12'500; ++i) {
    for (const Tendency& tendency : tendencies) {
      if (!twin.agrees(people.draw(tendency))) ++differ;
    }
  }
  CHECK(differ == 0);
}

TEST_CASE("compiled: more rules than stand side by side agree with the reference") {
  std::vector<Rule> rules = library().rules;
  for (const Rule& rule : library().rules) {
    rules.push_back(rule);
    rules.back().id.text += "-too";
  }
  CHECK(rules.size() > 256);
  Twin twin(library().questions, rules);
  People people(library().questions, 5);
  for (int i = 0; i < 1'000; ++i) {
    CHECK(twin.agrees(people.draw({0.02, 0.01, 0.02})));
    CHECK(twin.agrees(people.draw({0.4, 0, 0.1})));
  }
}

TEST_CASE("compiled: no rules clear nobody") {
  const Compiled compiled(library().questions, {});
  Screener screener(compiled);
  CHECK(screener.level(compiled.blank()).level == Disposition::emergency);
  CHECK_FALSE(constrain(screener.screening(compiled.blank())));
}

TEST_CASE("compiled: conditions in each other to any depth") {
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
      CHECK(twin.agrees(answers));
    }
  }
}

}  // namespace
}  // namespace backplan
