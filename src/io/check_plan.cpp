#include "io/check_plan.hpp"

#include <algorithm>
#include <set>

#include "io/utf8.hpp"

namespace backplan {
namespace {

using std::chrono::seconds;
using yaml::Fields;
using yaml::Node;
using yaml::Reader;

/// Compares what a plan says twice. `root` is the document, which could be read as `plan`.
class PlanCheck {
 public:
  PlanCheck(const Node& root, const PlanReport& plan, const std::optional<Timing>& timing, Reader& reader)
      : fields_(root, "", reader), plan_(plan), timing_(timing) {}

  void check() {
    check_steps();
    check_totals();
    check_reasons();
    check_omissions();
    check_worth();
    const bool says = !plan_.check_before.empty() && !plan_.stop_signs.empty();
    want(says, fields_, "check_before", "a plan says what to check and when to stop");
  }

 private:
  static void want(bool met, Fields& fields, std::string_view key, const std::string& message) {
    if (!met) fields.reader().note(*fields.get(key), fields.path(key), message);
  }

  /// Calls `check` with the fields of each thing in the list `key`, and what was read of it.
  template <class Thing, class Check>
  void each(Fields& fields, std::string_view key, const std::vector<Thing>& things, Check check) {
    const auto list = fields.list(key);
    for (std::size_t i = 0; i < things.size(); ++i) {
      Fields one(list[i], fields.path(key) + "[" + std::to_string(i) + "]", fields.reader());
      check(one, things[i]);
    }
  }

  void check_steps() {
    int number = 0;
    each(fields_, "steps", plan_.steps, [&](Fields& fields, const PlanStep& step) {
      want(fields.number("n", 1, 1000) == ++number, fields, "n", "must be " + std::to_string(number));
      want(ids_.insert(step.id.text).second, fields, "id", in_quotes(step.id.text) + " is in the plan twice");
      check_dose(fields, step);
      check_setup(fields, step);
      check_work(fields, step);
    });
    const bool ordered = std::ranges::is_sorted(plan_.steps, {}, &PlanStep::phase);
    want(ordered, fields_, "steps", "the phases are not in order");
  }

  static void check_dose(Fields& fields, const PlanStep& step) {
    Fields dose(*fields.get("dose"), fields.path("dose"), fields.reader());
    const bool once = step.dose.kind != DoseKind::time || step.dose.repetitions == 1;
    want(once, dose, "repetitions", "must be 1 where the kind is time");
  }

  /// Moving and fetching take time when there is something to move to and to fetch.
  void check_setup(Fields& fields, const PlanStep& step) {
    int fetched = 0;
    for (const std::string& thing : step.equipment) fetched += in_use_.insert(thing).second ? 1 : 0;
    const bool stays = before_ == nullptr || before_->position == step.position;
    before_ = &step;
    if (!timing_) return;
    const seconds least = timing_->get_ready + fetched * timing_->fetch_equipment;
    const seconds setup(step.setup_seconds);
    // A technique for any position goes on in the one before, so a move may also take none.
    const bool follows = setup == least || (!stays && setup == least + timing_->change_position);
    want(follows, fields, "setup_seconds", "does not follow from the position and the equipment");
  }

  /// Twice the dose and the change of sides where there are two, which takes as long in each step.
  void check_work(Fields& fields, const PlanStep& step) {
    const seconds dose = duration(step.dose);
    const seconds work(step.work_seconds);
    const std::string takes = ", which takes " + std::to_string(dose.count()) + " s";
    if (step.sides != Sides::each) {
      want(work == dose, fields, "work_seconds", "does not follow from the dose" + takes);
      return;
    }
    if (!change_) change_ = timing_ ? timing_->change_sides : std::max(work - 2 * dose, seconds(0));
    const bool follows = work == 2 * dose + *change_;
    want(follows, fields, "work_seconds", "does not follow from the dose" + takes + " on each side");
  }

  void check_totals() {
    int total = 0;
    for (const PlanStep& step : plan_.steps) total += step.setup_seconds + step.work_seconds;
    want(total == plan_.total_seconds, fields_, "total_seconds",
         "is not the sum of the steps, " + std::to_string(total));
    want(plan_.total_seconds <= plan_.budget_seconds, fields_, "total_seconds", "is more than the budget");
  }

  void check_reasons() {
    want(plan_.level <= Disposition::modified, fields_, "level",
         "no plan exists for '" + std::string(name(plan_.level)) + "'");
    for (const Reason& reason : plan_.reasons) {
      want(reason.level <= plan_.level, fields_, "level", "is milder than one of the reasons");
      want(reason.follow_up <= plan_.follow_up, fields_, "follow_up", "is less than one of the reasons");
    }
    each(fields_, "steps", plan_.steps, [&](Fields& fields, const PlanStep& step) {
      const bool known = std::ranges::any_of(plan_.reasons, [&](const Reason& reason) {
        return reason.title == step.eased && !reason.ease.empty();
      });
      want(step.eased.empty() || known, fields, "eased", "is none of the reasons");
    });
  }

  void check_omissions() {
    each(fields_, "omitted", plan_.omitted, [&](Fields& fields, const PlanOmission& omission) {
      want(ids_.insert(omission.id.text).second, fields, "id",
           in_quotes(omission.id.text) + " is in the plan, or left out twice");
      want((omission.reason == "rule") == !omission.rule.empty(), fields, "rule",
           "names the rule when that is the reason, and nothing else");
      if (omission.rule.empty()) return;
      const auto reason = std::ranges::find(plan_.reasons, RuleId{omission.rule}, &Reason::rule);
      const bool known = reason != plan_.reasons.end();
      want(known && !reason->exclude.empty(), fields, "rule",
           "is none of the reasons that leave something out");
      if (known)
        want(reason->answers == omission.answers, fields, "because", "are not the answers of its rule");
    });
  }

  void check_worth() {
    Fields worth(*fields_.get("worth"), "worth", fields_.reader());
    std::int64_t sum = 0;
    for (const PlanStep& step : plan_.steps) sum += step.points;
    want(sum == plan_.points, worth, "points", "is not the sum of the steps, " + std::to_string(sum));
    want(plan_.points <= plan_.most_points, worth, "most_points", "is less than the plan has");
    const bool falling = std::ranges::is_sorted(plan_.limited_by, std::greater{}, &PlanLimit::points);
    want(falling, worth, "limited_by", "the most points do not stand first");
    if (plan_.next_best) check_rival(worth, *plan_.next_best);
  }

  void check_rival(Fields& worth, const Rival& rival) {
    Fields fields(*worth.get("next_best"), worth.path("next_best"), worth.reader());
    want(rival.points <= plan_.most_points, fields, "points", "is more than any plan can have");
    const auto all_are = [](const std::vector<TechniqueId>& ids, const auto& set, bool in) {
      return std::ranges::all_of(ids, [&](const TechniqueId& id) { return set.contains(id.text) == in; });
    };
    std::set<std::string> steps;
    for (const PlanStep& step : plan_.steps) steps.insert(step.id.text);
    want(all_are(rival.without, steps, true), fields, "without", "names what is not in the plan");
    want(all_are(rival.other_dose, steps, true), fields, "other_dose", "names what is not in the plan");
    want(all_are(rival.with, steps, false), fields, "with", "names what is in the plan");
  }

  Fields fields_;
  const PlanReport& plan_;
  const std::optional<Timing>& timing_;
  std::set<std::string> ids_;     ///< of steps, and then of what is left out
  std::set<std::string> in_use_;  ///< equipment
  const PlanStep* before_ = nullptr;
  std::optional<seconds> change_;  ///< of sides
};

}  // namespace

void check_plan(const Node& root, const PlanReport& plan, const std::optional<Timing>& timing,
                Reader& reader) {
  PlanCheck(root, plan, timing, reader).check();
}

}  // namespace backplan
