// One session from answers to a printed plan, over the shipped library. The input chooses the
// answers and the request; what must hold for everybody is asserted.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "backplan/catalog.hpp"
#include "backplan/report.hpp"
#include "fuzz/hold.hpp"
#include "proof/people.hpp"

namespace backplan::fuzz {
namespace {

using std::chrono::seconds;

const Catalog& shipped() {
  static const Catalog catalog = parse_catalog(builtin_documents());
  return catalog;
}

/// Decisions, taken from bytes; all zero when they run out.
class Choices {
 public:
  explicit Choices(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

  /// From 0 to `count` - 1.
  std::size_t below(std::size_t count) {
    if (bytes_.empty()) return 0;
    const std::size_t byte = bytes_.front();
    bytes_ = bytes_.subspan(1);
    return byte % count;
  }
  bool one_in(std::size_t count) { return below(count) == count - 1; }

  template <class Things>
  const auto& one_of(const Things& things) {
    return things[below(things.size())];
  }

 private:
  std::span<const std::uint8_t> bytes_;
};

/// An answer that reports nothing, or next to nothing.
Value clean_value(const Question& question) {
  switch (question.kind) {
    case QuestionKind::number:
      return question.least + (question.most - question.least) / 3;
    case QuestionKind::checklist:
      return Ticks{};
    case QuestionKind::scale:
    case QuestionKind::choice:
      return question.options.front().id;
  }
  return Unsure{};
}

Ticks some_ticks(const Question& question, Choices& choices) {
  Ticks ticks;
  for (std::size_t count = 1 + choices.below(3); count > 0; --count) {
    const OptionId& id = choices.one_of(question.options).id;
    if (ticks.yes.contains(id) || ticks.unsure.contains(id)) continue;
    (choices.one_in(4) ? ticks.unsure : ticks.yes).insert(id);
  }
  return ticks;
}

Value some_value(const Question& question, Choices& choices) {
  if (choices.one_in(8)) return counted(question, Unsure{});
  switch (question.kind) {
    case QuestionKind::number: {
      const auto span = static_cast<std::size_t>(question.most - question.least + 1);
      return question.least + static_cast<int>(choices.below(span));
    }
    case QuestionKind::checklist:
      return some_ticks(question, choices);
    case QuestionKind::scale:
    case QuestionKind::choice:
      return choices.one_of(question.options).id;
  }
  return Unsure{};
}

/// Answers each question; with a sign `signs` times in 64, as few sheets with many allow a plan.
struct Person {
  std::size_t signs;

  Value answer(const Question& question, Choices& choices) const {
    return choices.below(64) < signs ? some_value(question, choices) : clean_value(question);
  }
};

Screening screened(const Answers& answers) { return screen(assess(shipped().rules, answers)); }

/// What the interview asks, in rounds rather than one by one, or some of everything.
Answers some_answers(Choices& choices) {
  Answers answers;
  const std::size_t way = choices.below(4);
  const Person person{std::size_t{1} << choices.below(7)};
  if (way == 3) {
    for (const Question& question : shipped().questions) {
      if (!choices.one_in(8)) answers[question.id] = person.answer(question, choices);
    }
    return answers;
  }
  for (;;) {
    const auto open = open_questions(shipped().questions, screened(answers));
    if (open.empty() || (way == 2 && choices.one_in(8))) return answers;
    for (const Question* question : open) answers[question->id] = person.answer(*question, choices);
  }
}

/// `answers` with one sign more, or nothing when the question that was picked has no such step.
std::optional<Answers> worse(Answers answers, Choices& choices) {
  const Question& question = choices.one_of(shipped().questions);
  const auto answer = answers.find(question.id);
  if (answer == answers.end() || question.options.empty()) return std::nullopt;
  const OptionId& option = choices.one_of(question.options).id;
  if (Ticks* ticks = std::get_if<Ticks>(&answer->second)) {
    const bool was_unsure = ticks->unsure.erase(option) > 0;
    const bool was_yes = ticks->yes.contains(option);
    (was_yes || was_unsure || choices.one_in(2) ? ticks->yes : ticks->unsure).insert(option);
    return answers;
  }
  const OptionId* now = std::get_if<OptionId>(&answer->second);
  if (!now) return std::nullopt;
  const auto place = [&](const OptionId& id) { return std::ranges::find(question.options, id, &Option::id); };
  const bool rises = question.kind == QuestionKind::scale ? place(option) >= place(*now)
                                                          : *now == question.options.front().id;
  if (!rises) return std::nullopt;
  answer->second = option;
  return answers;
}

PlanRequest some_request(Choices& choices) {
  const Catalog& library = shipped();
  PlanRequest request;
  request.budget = seconds(60 * (1 + static_cast<int>(choices.below(60))));
  for (const Equipment& thing : library.equipment) {
    if (choices.below(4) > 0) request.have.insert(thing.id);
  }
  request.intensity = choices.one_in(2) ? Intensity::normal : Intensity::gentle;
  request.release = !choices.one_in(4);
  request.seed = static_cast<unsigned>(choices.below(256));
  for (std::size_t flags = choices.below(4); flags > 0; --flags) {
    const TechniqueId& id = choices.one_of(library.techniques).id;
    switch (choices.below(7)) {
      case 0:
        request.place = choices.one_of(library.places).id;
        break;
      case 1:
        request.positions.insert(choices.one_of(library.positions).id);
        break;
      case 2:
        request.phases.insert(static_cast<Phase>(choices.below(6)));
        break;
      case 3:
        request.avoid.insert(choices.one_of(library.demands).id.text);
        break;
      case 4:
        request.include.push_back(id);
        break;
      case 5:
        request.exclude.insert(id);
        break;
      case 6:
        request.swap.emplace_back(id, choices.one_of(library.techniques).id);
        break;
      default:
        break;
    }
  }
  return request;
}

/// A text that holds nothing but what can be seen.
bool printable(const std::string& text) {
  return text.ends_with('\n') &&
         std::ranges::all_of(text, [](char c) { return c == '\n' || (' ' <= c && c <= '~'); });
}

void check_screening(const Screening& screening, const Answers& answers, Choices& choices) {
  const bool mild = screening.total().disposition <= Disposition::modified;
  hold(plan_may_follow(screening) == (mild && screening.asks().empty()), "cleared: mild, and complete");
  hold(constrain(screening).has_value() == plan_may_follow(screening), "no clearance, no plan");

  // What the questions that are left would have brought.
  Answers more = answers;
  for (const Question& question : shipped().questions) {
    if (!more.contains(question.id)) more[question.id] = some_value(question, choices);
  }
  const Consequence whole = screened(more).total();
  hold((whole | screening.total()) == whole, "a further answer never makes it milder");
  if (plan_may_follow(screening)) hold(whole == screening.total(), "what is cleared stays as it is");
  if (complete(screening)) {
    hold(whole.disposition == screening.total().disposition, "a complete level is final");
  }
  for (int i = 0; i < 2; ++i) {
    const auto raised = worse(answers, choices);
    if (!raised) continue;
    const Consequence after = screened(*raised).total();
    hold((after | screening.total()) == after, "one more sign never makes it milder");
  }
}

void check_report(const ScreeningReport& report) {
  for (const Format format : {Format::yaml, Format::json}) {
    const Document out{"out", render(report, shipped().advice, format)};
    const StatedScreening back = parse_screening(out, shipped());
    hold(back.answers == report.answers && back.level == report.level, "a screening comes back");
  }
  hold(printable(render(report, shipped().advice, Format::text)), "the text can be read");
}

/// The time of a dose on one side, counted one second after the other.
seconds counted_time(const Dose& dose) {
  seconds time{0};
  for (int set = 0; set < dose.sets; ++set) {
    if (set > 0) time += dose.rest;
    for (int repetition = 0; repetition < dose.repetitions; ++repetition) {
      if (repetition > 0 && dose.kind == DoseKind::hold) time += dose.rest;
      time += dose.each;
    }
  }
  return time;
}

void check_step(const Step& step, const Screening& screening, const PlanRequest& request) {
  const Technique& technique = step.technique;
  const auto meets = [&](const std::set<DemandId>& demands) {
    return std::ranges::any_of(demands, [&](const DemandId& id) { return technique.demands.contains(id); });
  };
  hold(!meets(screening.total().exclude), "nothing that an answer excludes");
  if (meets(screening.total().ease)) {
    hold(step.eased && step.dose == technique.doses.front(), "precautions keep the least dose");
  }
  hold(step.dose.intensity <= request.intensity, "not more than was asked for");
  hold(std::ranges::find(technique.doses, step.dose) != technique.doses.end(), "a stated dose");
  const seconds change = technique.sides == Sides::each ? shipped().timing.change_sides : seconds(0);
  const int sides = technique.sides == Sides::each ? 2 : 1;
  hold(step.work == sides * counted_time(step.dose) + change, "the time of the work");
  hold(step.setup >= shipped().timing.get_ready, "the time to get ready");
  hold(!request.exclude.contains(technique.id), "nothing that was left out by name");
  hold(!request.place || technique.places.contains(*request.place), "it suits the place");
  hold(request.phases.empty() || request.phases.contains(technique.phase), "a phase asked for");
  hold(request.release || technique.phase != Phase::release, "no release work when unwanted");
  for (const EquipmentId& thing : step.equipment) {
    hold(request.have.contains(thing), "only what is at hand");
  }
}

void check_plan(const Plan& plan, const Screening& screening, const PlanRequest& request) {
  seconds total{0};
  std::set<FamilyId> families;
  std::set<TechniqueId> mentioned;
  std::int64_t points = 0;
  bool warm = false;
  Phase phase = Phase::prepare;
  for (const Step& step : plan.steps) {
    check_step(step, screening, request);
    total += step.setup + step.work;
    points += step.points;
    hold(step.points >= 0, "no step makes a plan worse");
    hold(families.insert(step.technique.family).second, "at most one of a family");
    hold(step.technique.phase >= phase, "phases come in order");
    phase = step.technique.phase;
    warm = warm || phase == Phase::warm_up;
    hold(phase != Phase::release || warm, "release work comes after a warm-up");
    hold(mentioned.insert(step.technique.id).second, "a technique comes once");
  }
  hold(total <= request.budget, "a plan keeps to its minutes");
  hold(total == duration(plan), "the steps make up the whole");
  hold(points == plan.points && plan.points <= plan.most_points, "no more points than there can be");
  hold(request.seed != 0 || plan.points == plan.most_points, "the best plan, and proved");
  hold(100 * plan.points >= 98 * plan.most_points, "a varied plan is within 2 % of the best");
  for (const Omission& omission : plan.omissions) {
    hold(mentioned.insert(omission.technique).second, "a technique is in, or out");
  }
  hold(mentioned.size() == shipped().techniques.size(), "every technique is in, or out");
}

void check_report(const PlanReport& report) {
  for (const Format format : {Format::yaml, Format::json}) {
    hold(parse_plan({"out", render(report, shipped().advice, format)}) == report, "a plan comes back");
  }
  hold(printable(render(report, shipped().advice, Format::text)), "the text can be read");
  hold(printable(render(report, shipped().advice, Format::markdown)), "the text can be read");
  hold(printable(explain(report)), "the text can be read");
}

void run(Choices choices) {
  const Answers answers = consistent(shipped().questions, some_answers(choices));
  const bool printed = choices.one_in(4);  // takes most of the time
  const PlanRequest request = some_request(choices);
  const Screening screening = screened(answers);
  check_screening(screening, answers, choices);
  if (printed) check_report(describe(screening, answers, shipped()));

  const auto constraints = constrain(screening);
  if (!constraints) return;
  const auto planned = [&] {
    return make_plan(shipped().techniques, *constraints, request, shipped().timing, shipped().objective);
  };
  const auto described = [&](const Plan& plan) {
    return describe(plan, request, {}, *constraints, answers, shipped());
  };
  const Plan plan = planned();
  check_plan(plan, screening, request);
  if (!printed) return;
  PlanReport report = described(plan);
  hold(described(planned()) == report, "the same request gives the same plan");
  const Comparison compared =
      compare(plan, shipped().techniques, *constraints, request, shipped().timing, shipped().objective);
  hold(!compared.next_best || compared.next_best->points <= plan.most_points, "a rival is no better");
  add_comparison(report, compared, shipped());
  check_report(report);
}

}  // namespace
}  // namespace backplan::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  backplan::fuzz::run(backplan::fuzz::Choices({data, size}));
  return 0;
}
