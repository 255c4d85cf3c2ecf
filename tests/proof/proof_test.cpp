// Proofs over every possible answer sheet of the shipped questionnaire and rules, on the shipped
// evaluator (`evaluate_in`, run for everybody at once). What joins to the whole by maximum and union
// is proved rule by rule: if no rule gets milder, neither does their join.

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <random>

#include "backplan/catalog.hpp"
#include "backplan/report.hpp"
#include "backplan/screening.hpp"
#include "proof/each_sheet.hpp"
#include "proof/everybody.hpp"
#include "proof/people.hpp"
#include "proof/sheet_text.hpp"

namespace backplan::proof {
namespace {

using Ref = Diagrams::Ref;

const Catalog& shipped() {
  static const Catalog catalog = parse_catalog(builtin_documents());
  return catalog;
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
    steps.emplace_back(1, values);                                                  // no to not sure
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
        INFO(each.rule->id.text << " "
                                << everybody.variables()[static_cast<std::size_t>(v)].question->id.text);
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

TEST_CASE("(g) behind a closed gate no rule looks at an answer") {
  Everybody everybody(shipped());
  Diagrams& d = everybody.diagrams();
  const auto rules = all_rules(everybody);
  for (const Question& question : shipped().questions) {
    if (!question.gate) continue;
    INFO(question.id.text);
    const Ref shut = d.mapped(for_all(everybody, *question.gate).most, {2, 0, 0});
    CHECK(shut != d.constant(0));
    for (const RuleForAll& each : rules) {
      INFO(each.rule->id.text);
      for (const Ref truth : {d.min(each.truth.least, shut), d.min(each.truth.most, shut)}) {
        for (const int v : everybody.variables_of(question.id)) {
          for (int value = 1; value < d.size(v); ++value) {
            CHECK(d.fixed(truth, v, value) == d.fixed(truth, v, 0));
          }
        }
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

/// A clean sheet with a few answers changed.
Answers likely_sheet(const Everybody& everybody, std::mt19937& random) {
  std::vector<int> values = clean_values(everybody);
  for (int changes = static_cast<int>(random() % 4); changes >= 0; --changes) {
    const std::size_t v = random() % values.size();
    const Variable& variable = everybody.variables()[v];
    const bool checklist = variable.question->kind == QuestionKind::checklist;
    const std::size_t size = checklist ? (variable.option ? 3 : 2) : 1 + variable.values.size();
    values[v] = static_cast<int>(random() % size);
  }
  return everybody.sheet(values);
}

/// The same with every question answered.
Answers complete_sheet(const Everybody& everybody, std::mt19937& random) {
  Answers answers = likely_sheet(everybody, random);
  for (const auto& [id, value] : everybody.sheet(clean_values(everybody))) answers.try_emplace(id, value);
  return answers;
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

TEST_CASE("(f) a rule that is open waits for a question, and for none that is answered") {
  // For all of its sheets it follows from how conditions are joined: of an open "all" the part that is
  // least true is open, of an open "any" the part that may be most true, of points at least one part; and
  // only a part that looks at a question without an answer is open by itself.
  std::size_t sheets = 0;
  int drawn = 0;
  for (const Rule& rule : shipped().rules) {
    INFO(rule.id.text);
    bool waits = true;
    const Walked walked = each_sheet(shipped().questions, rule, 20'000, [&](const Answers& answers) {
      const auto asks = waits_for(rule.when, answers);
      waits = waits && evaluate(rule.when, answers).open() == !asks.empty() &&
              std::ranges::none_of(asks, [&](const QuestionId& id) { return answers.contains(id); });
    });
    CHECK(waits);
    sheets += walked.sheets;
    if (!walked.whole) ++drawn;
  }
  MESSAGE(sheets << " sheets; drawn instead of walked: " << drawn << " of " << shipped().rules.size());
  CHECK(drawn <= 30);
}

TEST_CASE("(f) who is asked only what is open gets the advice of all answers") {
  Everybody everybody(shipped());
  std::mt19937 random(13);
  std::size_t asked = 0;
  for (int i = 0; i < 1'000; ++i) {
    const Answers all = complete_sheet(everybody, random);
    Answers answers;
    Screening screening = screen(assess(shipped().rules, answers));
    for (auto open = open_questions(shipped().questions, screening); !open.empty();
         open = open_questions(shipped().questions, screening)) {
      const QuestionId& id = open.front()->id;
      REQUIRE_FALSE(answers.contains(id));
      answers.emplace(id, all.at(id));
      screening = screen(assess(shipped().rules, answers));
    }
    const Consequence whole = screen(assess(shipped().rules, all)).total();
    CHECK(screening.total().disposition == whole.disposition);
    if (plan_may_follow(screening)) CHECK(screening.total() == whole);
    asked += answers.size();
  }
  CHECK(asked < 900 * shipped().questions.size());  // it does leave out some
}

/// Whether `rule` decides something about `answers`: without it the advice would be milder.
bool decisive(const Rule& rule, const Answers& answers) {
  Consequence others;
  for (const Rule& other : shipped().rules) {
    if (other.id != rule.id) others = others | other.consequence(evaluate(other.when, answers).least);
  }
  const Consequence own = rule.consequence(evaluate(rule.when, answers).least);
  if (!plan_may_follow(others.disposition)) return own.disposition > others.disposition;
  return (others | own) != others;
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
      Answers answers = consistent(shipped().questions, everybody_.sheet(values_));
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

std::string sheet_of(const Rule& rule) { return SOURCE_DIR "/tests/sheets/" + rule.id.text + ".yaml"; }

/// The sheet of a rule, with UPDATE_SHEETS=1: then read the difference.
void write_sheet(const Rule& rule, const Answers& answers) {
  std::ofstream file(sheet_of(rule));
  file << "# " << name(screen(assess(shipped().rules, answers)).total().disposition) << ": " << rule.title
       << "\n";
  for (const Question& question : shipped().questions) {
    const auto answer = answers.find(question.id);
    if (answer != answers.end()) file << question.id.text << ": " << as_yaml(answer->second) << "\n";
  }
}

TEST_CASE("(b, c) every rule decides something for somebody, so none is dead or subsumed") {
  Everybody everybody(shipped());
  for (const RuleForAll& each : all_rules(everybody)) {
    INFO(each.rule->id.text);
    const auto witness = Witnesses(everybody, *each.rule).find(each.truth.least);
    CHECK(witness.has_value());
    if (witness && std::getenv("UPDATE_SHEETS")) write_sheet(*each.rule, *witness);
  }
}

TEST_CASE("every rule has an answer sheet in tests/sheets that it decides") {
  for (const Rule& rule : shipped().rules) {
    INFO(rule.id.text);
    const Document sheet = read_document(sheet_of(rule));
    const Answers answers = parse_answers(sheet, shipped());
    CHECK(decisive(rule, answers));
    // The first line says what comes out; somebody has read it.
    const auto level = name(screen(assess(shipped().rules, answers)).total().disposition);
    CHECK(sheet.text.starts_with("# " + std::string(level) + ": " + rule.title + "\n"));
  }
}

TEST_CASE("(e) a technique is never allowed while one of its demands is excluded") {
  // Each consequence that a rule can have, alone: a technique is forbidden when any finding forbids it.
  int forbidden = 0;
  for (const Rule& rule : shipped().rules) {
    for (const Tri truth : {Tri::unsure, Tri::yes}) {
      Consequence now = rule.consequence(truth);
      now.disposition = Disposition::modified;  // or there would be no constraints
      const auto constraints = constrain(screen({{.rule = rule.id, .now = now}}));
      REQUIRE(constraints);
      for (const Technique& technique : shipped().techniques) {
        const bool excluded = std::ranges::any_of(
            technique.demands, [&](const DemandId& demand) { return now.exclude.contains(demand); });
        CHECK(excluded == (constraints->forbids(technique) != nullptr));
        forbidden += excluded ? 1 : 0;
      }
    }
  }
  CHECK(forbidden > 100);
}

TEST_CASE("(e) every finding of a sheet reaches the constraints") {
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
        return screening.total().exclude.contains(demand);
      });
      CHECK(excluded == (constraints->forbids(technique) != nullptr));
    }
  }
  CHECK(plans > 10);
}

/// Any request: all is at hand, everything is asked for by name, long doses, any length.
PlanRequest any_request(std::mt19937& random) {
  PlanRequest request;
  request.budget = std::chrono::seconds(60 + random() % 3541);
  for (const Equipment& thing : shipped().equipment) {
    if (random() % 4 != 0) request.have.insert(thing.id);
  }
  if (random() % 2 == 0) {
    for (const Technique& technique : shipped().techniques) request.include.push_back(technique.id);
    std::shuffle(request.include.begin(), request.include.end(), random);
  }
  request.intensity = random() % 2 == 0 ? Intensity::normal : Intensity::gentle;
  request.seed = static_cast<unsigned>(random() % 5);
  return request;
}

void check_plan(const Plan& plan, const PlanRequest& request, const Consequence& total) {
  CHECK(duration(plan) <= request.budget);
  CHECK(plan.steps.size() + plan.omissions.size() == shipped().techniques.size());
  CHECK(std::ranges::is_sorted(plan.steps, {}, [](const Step& step) { return step.technique.phase; }));
  bool warmed_up = false;
  for (const Step& step : plan.steps) {
    warmed_up = warmed_up || step.technique.phase == Phase::warm_up;
    if (step.technique.phase == Phase::release) CHECK(warmed_up);
    for (const DemandId& demand : step.technique.demands) {
      CHECK_FALSE(total.exclude.contains(demand));
      if (total.ease.contains(demand)) CHECK(step.dose == step.technique.doses.front());
    }
    for (const EquipmentId& thing : step.equipment) CHECK(request.have.contains(thing));
    CHECK(step.equipment.size() == step.technique.equipment.size());
    CHECK(step.dose.intensity <= request.intensity);
  }
}

TEST_CASE("no plan ever holds an excluded demand, more than the time, or release without warm-up") {
  Everybody everybody(shipped());
  std::mt19937 random(4);
  int plans = 0;
  for (int i = 0; i < 60'000 && plans < 400; ++i) {
    const Screening screening = screen(assess(shipped().rules, likely_sheet(everybody, random)));
    const auto constraints = constrain(screening);
    if (!constraints) continue;
    ++plans;
    const PlanRequest request = any_request(random);
    check_plan(make_plan(shipped().techniques, *constraints, request, shipped().timing, shipped().objective),
               request, screening.total());
  }
  CHECK(plans >= 200);
}

}  // namespace
}  // namespace backplan::proof
