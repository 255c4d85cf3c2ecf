// Proofs over every possible answer sheet of the shipped questionnaire and rules, on the shipped
// evaluator (`evaluate_in`, run for everybody at once). What joins to the whole by maximum and union
// is proved rule by rule: if no rule gets milder, neither does their join.

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <random>

#include "backplan/catalog.hpp"
#include "backplan/report.hpp"
#include "backplan/screening.hpp"
#include "proof/everybody.hpp"

namespace backplan::proof {
namespace {

using Ref = Diagrams::Ref;

const Catalog& shipped() {
  static const Catalog catalog = parse_catalog(builtin_documents());
  return catalog;
}

/// One rule for everybody.
struct RuleForAll {
  const Rule* rule;
  TruthForAll truth;
};

std::vector<RuleForAll> all_rules(Everybody& everybody) {
  ForAll algebra(everybody);
  std::vector<RuleForAll> rules;
  for (const Rule& rule : everybody.catalog().rules) {
    rules.push_back({&rule, evaluate_in(algebra, rule.when)});
  }
  return rules;
}

/// The values of `variable` from which a step goes towards a flag, with those it goes to.
std::vector<std::pair<int, int>> steps_towards_a_flag(const Variable& variable) {
  std::vector<std::pair<int, int>> steps;
  const Question& question = *variable.question;
  if (question.kind == QuestionKind::checklist) {
    if (variable.option) return {{0, 1}, {1, 2}, {0, 2}};  // no, not sure, ticked
    return {};
  }
  const int values = static_cast<int>(variable.values.size());
  const bool unsure = std::holds_alternative<Unsure>(variable.values.back());
  const int options = unsure ? values - 1 : values;
  for (int from = 1; from <= options; ++from) {
    for (int to = from + 1; to <= options; ++to) {
      const bool ordered = question.kind == QuestionKind::scale ||
                           (question.kind == QuestionKind::choice && from == 1) ||
                           question.id.text == "severity";
      if (ordered) steps.emplace_back(from, to);
    }
  }
  if (unsure && question.id.text != "age") {
    steps.emplace_back(1, values);                                             // no to not sure
    if (question.kind == QuestionKind::scale) steps.emplace_back(values, options);  // to the worst
  }
  return steps;
}

bool nowhere_greater(Diagrams& d, Ref a, Ref b) { return d.greater(a, b) == d.constant(0); }

TEST_CASE("(a) a step towards a flag never makes a rule less true") {
  Everybody everybody(shipped());
  Diagrams& d = everybody.diagrams();
  int obligations = 0;
  for (const RuleForAll& each : all_rules(everybody)) {
    for (int v = 0; v < d.variables(); ++v) {
      for (const auto& [from, to] :
           steps_towards_a_flag(everybody.variables()[static_cast<std::size_t>(v)])) {
        INFO(each.rule->id.text << " " << everybody.variables()[static_cast<std::size_t>(v)].question->id.text);
        for (const Ref truth : {each.truth.least, each.truth.most}) {
          CHECK(nowhere_greater(d, d.fixed(truth, v, from), d.fixed(truth, v, to)));
          ++obligations;
        }
      }
    }
  }
  CHECK(obligations > 10'000);
  MESSAGE(obligations << " obligations, " << d.nodes() << " nodes");
}

TEST_CASE("(a) a rule that is truer never has milder consequences") {
  for (const Rule& rule : shipped().rules) {
    INFO(rule.id.text);
    const Consequence no = rule.consequence(Tri::no);
    const Consequence unsure = rule.consequence(Tri::unsure);
    const Consequence yes = rule.consequence(Tri::yes);
    CHECK((no | unsure) == unsure);
    CHECK((unsure | yes) == yes);
  }
}

TEST_CASE("(d, f) an answer never leaves what was possible without it") {
  // So a complete screening, whose possible consequences are its established ones, has the advice
  // that every further answer would give: nothing that could matter was skipped.
  Everybody everybody(shipped());
  Diagrams& d = everybody.diagrams();
  for (const RuleForAll& each : all_rules(everybody)) {
    INFO(each.rule->id.text);
    CHECK(nowhere_greater(d, each.truth.least, each.truth.most));
    for (int v = 0; v < d.variables(); ++v) {
      const Variable& variable = everybody.variables()[static_cast<std::size_t>(v)];
      if (variable.option) continue;  // an option has no "not answered" of its own
      for (int answered = 1; answered < d.size(v); ++answered) {
        CHECK(nowhere_greater(d, d.fixed(each.truth.least, v, 0), d.fixed(each.truth.least, v, answered)));
        CHECK(nowhere_greater(d, d.fixed(each.truth.most, v, answered), d.fixed(each.truth.most, v, 0)));
      }
    }
  }
}

Answers random_sheet(const Everybody& everybody, std::mt19937& random) {
  std::vector<int> values;
  for (const Variable& variable : everybody.variables()) {
    const bool checklist = variable.question->kind == QuestionKind::checklist;
    const int size = checklist ? (variable.option ? 3 : 2) : 1 + static_cast<int>(variable.values.size());
    // Mostly nothing to report, or everybody would be an emergency.
    const bool plain = random() % 16 != 0;
    const int clean = variable.option ? 0 : 1;
    values.push_back(plain ? clean : static_cast<int>(random() % static_cast<unsigned>(size)));
  }
  return everybody.sheet(values);
}

TEST_CASE("the diagrams and the program agree on random sheets") {
  Everybody everybody(shipped());
  const auto rules = all_rules(everybody);
  std::mt19937 random(20261121);
  for (int i = 0; i < 2'000; ++i) {
    std::vector<int> values;
    for (int v = 0; v < everybody.diagrams().variables(); ++v) {
      values.push_back(static_cast<int>(random() % static_cast<unsigned>(everybody.diagrams().size(v))));
    }
    const Answers answers = everybody.sheet(values);
    const auto at = [&](Ref ref) {
      Diagrams& d = everybody.diagrams();
      for (int v = 0; v < d.variables() && !d.is_constant(ref); ++v) {
        ref = d.fixed(ref, v, values[static_cast<std::size_t>(v)]);
      }
      return static_cast<Tri>(d.value(ref));
    };
    for (const RuleForAll& each : rules) {
      const Truth truth = evaluate(each.rule->when, answers);
      if (truth == Truth{at(each.truth.least), at(each.truth.most)}) continue;
      FAIL(each.rule->id.text);
    }
  }
}

TEST_CASE("a rule that is open waits for a question, and for none that is answered") {
  Everybody everybody(shipped());
  std::mt19937 random(7);
  for (int i = 0; i < 2'000; ++i) {
    const Answers answers = random_sheet(everybody, random);
    for (const Rule& rule : shipped().rules) {
      const Truth truth = evaluate(rule.when, answers);
      const auto asks = waits_for(rule.when, answers);
      CHECK(truth.open() == !asks.empty());
      CHECK(std::ranges::none_of(asks, [&](const QuestionId& id) { return answers.contains(id); }));
    }
  }
}

/// Whether `rule` decides something about `answers`: without it the advice would be milder.
bool decisive(const Rule& rule, const Answers& answers) {
  Consequence others;
  for (const Rule& other : shipped().rules) {
    if (other.id != rule.id) others = others | other.consequence(evaluate(other.when, answers).least);
  }
  const Consequence own = rule.consequence(evaluate(rule.when, answers).least);
  const bool past_planning = others.disposition > Disposition::modified;
  if (past_planning) return own.disposition > others.disposition;
  return (others | own) != others;
}

/// Everything answered, nothing to report.
std::vector<int> clean_values(const Everybody& everybody) {
  std::vector<int> values;
  for (const Variable& variable : everybody.variables()) values.push_back(variable.option ? 0 : 1);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const Variable& variable = everybody.variables()[i];
    if (variable.question->id.text != "age") continue;
    for (std::size_t v = 0; v < variable.values.size(); ++v) {
      const int* age = std::get_if<int>(&variable.values[v]);
      if (age && 18 <= *age && *age < 40) values[i] = static_cast<int>(v) + 1;
    }
  }
  return values;
}

/// Sheets in which the truth `diagram` is `wanted`, few flags away from a clean one.
class Witnesses {
 public:
  Witnesses(Everybody& everybody, const Rule& rule)
      : everybody_(everybody), d_(everybody.diagrams()), rule_(rule) {}

  /// A sheet for which the rule is decisive.
  std::optional<Answers> find(Ref diagram) {
    budget_ = 200'000;
    values_ = clean_values(everybody_);
    return walk(diagram);
  }

 private:
  std::optional<Answers> walk(Ref diagram) {
    if (budget_-- == 0) return std::nullopt;
    if (d_.is_constant(diagram)) {
      if (d_.value(diagram) == 0) return std::nullopt;
      const Answers answers = everybody_.sheet(values_);
      if (decisive(rule_, answers)) return answers;
      return std::nullopt;
    }
    const int variable = d_.variable(diagram);
    const auto v = static_cast<std::size_t>(variable);
    const int clean = values_[v];
    std::vector<int> order{clean};
    for (int value = d_.size(variable) - 1; value >= 0; --value) {
      if (value != clean) order.push_back(value);
    }
    for (const int value : order) {
      values_[v] = value;
      if (auto answers = walk(d_.fixed(diagram, variable, value))) return answers;
    }
    values_[v] = clean;
    return std::nullopt;
  }

  Everybody& everybody_;
  Diagrams& d_;
  const Rule& rule_;
  std::vector<int> values_;
  int budget_ = 0;
};

TEST_CASE("(b, c) every rule decides something for somebody, so none is dead or subsumed") {
  Everybody everybody(shipped());
  for (const RuleForAll& each : all_rules(everybody)) {
    INFO(each.rule->id.text);
    const bool found = Witnesses(everybody, *each.rule).find(each.truth.least).has_value();
    CHECK(found);
  }
}

TEST_CASE("(e) a technique is never allowed while one of its demands is excluded") {
  Everybody everybody(shipped());
  std::mt19937 random(99);
  int plans = 0;
  for (int i = 0; i < 20'000; ++i) {
    const Screening screening = screen(assess(shipped().rules, random_sheet(everybody, random)));
    const auto constraints = constrain(screening);
    if (!constraints) continue;
    ++plans;
    for (const Technique& technique : shipped().techniques) {
      const bool excluded = std::ranges::any_of(technique.demands, [&](const DemandId& demand) {
        return screening.total.exclude.contains(demand);
      });
      CHECK(excluded == (constraints->forbids(technique) != nullptr));
    }
  }
  CHECK(plans > 10);
}

}  // namespace
}  // namespace backplan::proof
