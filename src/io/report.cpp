#include "backplan/report.hpp"

#include <algorithm>

#include "io/titles.hpp"

namespace backplan {
namespace {

/// The options of `question` that `condition` looks at anywhere.
void collect(const Condition& condition, const QuestionId& question, std::set<OptionId>& options) {
  if (const auto* test = std::get_if<AnyOption>(&condition.test)) {
    if (test->question == question) options.insert(test->options.begin(), test->options.end());
  } else if (const auto* all = std::get_if<All>(&condition.test)) {
    for (const Condition& part : all->of) collect(part, question, options);
  } else if (const auto* any = std::get_if<Any>(&condition.test)) {
    for (const Condition& part : any->of) collect(part, question, options);
  } else if (const auto* points = std::get_if<Points>(&condition.test)) {
    for (const Worth& worth : points->of) collect(worth.when, question, options);
  }
}

std::string text_of(const Question& question, const OptionId& id) {
  const auto option = std::ranges::find(question.options, id, &Option::id);
  return option == question.options.end() ? id.text : option->text;
}

/// The ticked options that mattered; those that are only "not sure" when none is ticked for sure.
std::string ticked(const Question& question, const Ticks& ticks, const std::set<OptionId>& asked,
                   bool& unsure) {
  std::string text;
  const auto add = [&](const std::set<OptionId>& ids) {
    for (const Option& option : question.options) {
      if (!ids.contains(option.id) || !asked.contains(option.id)) continue;
      text += (text.empty() ? "" : "; ") + option.text;
    }
  };
  add(ticks.yes);
  unsure = text.empty();
  if (unsure) add(ticks.unsure);
  return text;
}

Said said(const Question& question, const Value& value, const Condition& condition) {
  Said said{question.id, question.ask, "", false};
  if (std::holds_alternative<Unsure>(value)) {
    said.answer = "not sure";
    said.unsure = true;
  } else if (const int* number = std::get_if<int>(&value)) {
    said.answer = std::to_string(*number) + (question.unit.empty() ? "" : " " + question.unit);
  } else if (const OptionId* option = std::get_if<OptionId>(&value)) {
    said.answer = text_of(question, *option);
  } else if (const Ticks* ticks = std::get_if<Ticks>(&value)) {
    std::set<OptionId> asked;
    collect(condition, question.id, asked);
    said.answer = ticked(question, *ticks, asked, said.unsure);
  }
  return said;
}

const Rule& rule_of(const Catalog& catalog, const RuleId& id) {
  return *std::ranges::find(catalog.rules, id, &Rule::id);
}

std::vector<Said> all_said(const Finding& finding, const Rule& rule, const Answers& answers,
                           const Catalog& catalog) {
  std::vector<Said> all;
  for (const Question& question : catalog.questions) {
    if (!finding.because.contains(question.id)) continue;
    all.push_back(said(question, answers.at(question.id), rule.when));
  }
  return all;
}

std::vector<std::string> texts(const std::set<DemandId>& demands) {
  std::vector<std::string> texts;
  for (const DemandId& demand : demands) texts.push_back(demand.text);
  return texts;
}

Reason reason(const Finding& finding, const Answers& answers, const Catalog& catalog) {
  const Rule& rule = rule_of(catalog, finding.rule);
  Reason reason{.rule = rule.id,
                .title = rule.title,
                .level = finding.now.disposition,
                .follow_up = finding.now.follow_up,
                .exclude = texts(finding.now.exclude),
                .ease = texts(finding.now.ease),
                .why = rule.why,
                .answers = all_said(finding, rule, answers, catalog)};
  for (const SourceId& source : rule.sources) reason.sources.push_back(source.text);
  return reason;
}

std::vector<Reason> reasons(const Screening& screening, const Answers& answers, const Catalog& catalog) {
  std::vector<Reason> all;
  for (const Finding& finding : screening.findings()) {
    all.push_back(reason(finding, answers, catalog));
  }
  return all;
}

std::string_view word(OmissionReason reason) {
  switch (reason) {
    case OmissionReason::rule:
      return "rule";
    case OmissionReason::excluded:
      return "excluded";
    case OmissionReason::avoided:
      return "avoided";
    case OmissionReason::equipment:
      return "equipment";
    case OmissionReason::place:
      return "place";
    case OmissionReason::position:
      return "position";
    case OmissionReason::phase:
      return "phase";
    case OmissionReason::intensity:
      return "intensity";
    case OmissionReason::not_by_default:
      return "not-by-default";
    case OmissionReason::family:
      return "family";
    case OmissionReason::warm_up:
      return "warm-up";
    case OmissionReason::time:
      return "time";
  }
  return "";
}

std::string name_of(const Catalog& catalog, const std::string& id) {
  const auto found = std::ranges::find(catalog.techniques, TechniqueId{id}, &Technique::id);
  return found == catalog.techniques.end() ? id : found->name;
}

std::string sentence(const Omission& omission, const Catalog& catalog) {
  switch (omission.reason) {
    case OmissionReason::rule:
      return "your answers: " + rule_of(catalog, RuleId{omission.detail}).title;
    case OmissionReason::excluded:
      return omission.detail.empty() ? "you left it out"
                                     : "you swapped it for " + name_of(catalog, omission.detail);
    case OmissionReason::avoided:
      return "you avoid " + title_of(catalog.demands, DemandId{omission.detail});
    case OmissionReason::equipment:
      return "needs " + titles_of(catalog.equipment, omission.missing, " or ");
    case OmissionReason::place:
      return "does not suit the place";
    case OmissionReason::position:
      return "another position";
    case OmissionReason::phase:
      return omission.detail.empty() ? "another phase" : "no massage or pressure this time";
    case OmissionReason::intensity:
      return "for normal intensity";
    case OmissionReason::not_by_default:
      return omission.detail;
    case OmissionReason::family:
      return "much like " + name_of(catalog, omission.detail);
    case OmissionReason::warm_up:
      return "no warm-up fits before it";
    case OmissionReason::time:
      return "no time left";
  }
  return "";
}

PlanOmission omitted(const Omission& omission, const Constraints& constraints, const Answers& answers,
                     const Catalog& catalog) {
  PlanOmission out{.id = omission.technique,
                   .name = name_of(catalog, omission.technique.text),
                   .reason = std::string(word(omission.reason)),
                   .text = sentence(omission, catalog)};
  if (omission.reason != OmissionReason::rule) return out;
  out.rule = omission.detail;
  for (const Finding& finding : constraints.screening().findings()) {
    if (finding.rule.text != omission.detail) continue;
    out.answers = all_said(finding, rule_of(catalog, finding.rule), answers, catalog);
  }
  return out;
}

std::string citation(const Citation& citation) {
  std::string text = citation.document.text;
  if (!citation.heading.empty()) text += ": " + citation.heading;
  return text;
}

PlanStep planned(const Step& step, const Catalog& catalog) {
  const Technique& technique = step.technique;
  PlanStep out{.id = technique.id,
               .name = technique.name,
               .phase = technique.phase,
               .position = title_of(catalog.positions, technique.position),
               .sides = technique.sides,
               .dose = step.dose,
               .setup_seconds = static_cast<int>(step.setup.count()),
               .work_seconds = static_cast<int>(step.work.count()),
               .points = step.points,
               .cue = technique.cue,
               .steps = technique.steps,
               .breathing = technique.breathing,
               .feel = technique.feel,
               .stop_if = technique.stop_if,
               .easier = technique.easier,
               .harder = technique.harder};
  for (const EquipmentId& id : step.equipment) {
    out.equipment.push_back(title_of(catalog.equipment, id));
  }
  out.why =
      step.pinned ? "you asked for it" : "the " + std::string(name(technique.phase)) + " of the session";
  if (step.eased) out.eased = rule_of(catalog, *step.eased).title;
  for (const Citation& each : technique.sources) out.sources.push_back(citation(each));
  return out;
}

const std::string time_left =
    "This is as long as the doses of these techniques allow; more time does not make it better. "
    "More equipment (--have) brings other techniques.";

std::string unproved(const Plan& plan) {
  const std::int64_t points = std::max<std::int64_t>(1, plan.points);
  const std::int64_t percent = (100 * (plan.most_points - plan.points) + points - 1) / points;
  return "There were too many possibilities to try all: another plan may be up to " +
         std::to_string(percent) + " % better.";
}

std::string text_of(const Limit& limit, const Catalog& catalog) {
  switch (limit.kind) {
    case LimitKind::time:
      return "one more minute";
    case LimitKind::equipment:
      return title_of(catalog.equipment, EquipmentId{limit.what});
    case LimitKind::filter:
      return "no --" + limit.what;
  }
  return "";
}

}  // namespace

ScreeningReport describe(const Screening& screening, const Answers& answers, const Catalog& catalog) {
  ScreeningReport report{.version = std::string(version()),
                         .library = catalog.digest,
                         .level = stated_level(screening),
                         .follow_up = screening.total().follow_up,
                         .reasons = reasons(screening, answers, catalog),
                         .answers = answers};
  for (const Question* question : open_questions(catalog.questions, screening)) {
    report.missing.push_back({question->id, question->ask});
  }
  return report;
}

PlanReport describe(const Plan& plan, const PlanRequest& request, std::vector<std::string> limits,
                    const Constraints& constraints, const Answers& answers, const Catalog& catalog) {
  const Screening& screening = constraints.screening();
  PlanReport report{.version = std::string(version()),
                    .library = catalog.digest,
                    .budget_seconds = static_cast<int>(request.budget.count()),
                    .total_seconds = static_cast<int>(duration(plan).count()),
                    .limits = std::move(limits),
                    .seed = request.seed,
                    .level = screening.total().disposition,
                    .follow_up = screening.total().follow_up,
                    .reasons = reasons(screening, answers, catalog),
                    .check_before = catalog.advice.check_before,
                    .stop_signs = catalog.advice.stop_signs};
  for (const EquipmentId& id : request.have) report.have.push_back(id.text);
  for (const Step& step : plan.steps) report.steps.push_back(planned(step, catalog));
  for (const Omission& omission : plan.omissions) {
    report.omitted.push_back(omitted(omission, constraints, answers, catalog));
  }
  if (const auto follow_up = catalog.advice.follow_ups.find(report.follow_up);
      follow_up != catalog.advice.follow_ups.end()) {
    report.notes.push_back(follow_up->second);
  }
  report.points = plan.points;
  report.most_points = plan.most_points;
  if (request.seed == 0 && plan.most_points > plan.points) {
    report.notes.push_back(unproved(plan));
  }
  if (10 * report.total_seconds < 9 * report.budget_seconds) report.notes.push_back(time_left);
  report.notes.push_back(catalog.advice.evidence);
  report.notes.push_back(catalog.advice.not_a_diagnosis);
  return report;
}

void add_comparison(PlanReport& report, const Comparison& comparison, const Catalog& catalog) {
  report.next_best = comparison.next_best;
  for (const Limit& limit : comparison.limits) {
    report.limited_by.push_back({limit.kind, limit.what, text_of(limit, catalog), limit.points});
  }
}

}  // namespace backplan
