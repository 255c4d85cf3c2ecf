#include "cli/wishes.hpp"

#include <algorithm>

namespace backplan::cli {
namespace {

bool has(const Plan& plan, const TechniqueId& id) {
  return std::ranges::any_of(plan.steps, [&](const Step& step) { return step.technique.id == id; });
}

bool same(const Plan& a, const Plan& b) {
  return std::ranges::equal(a.steps, b.steps, [](const Step& left, const Step& right) {
    return left.technique.id == right.technique.id && left.dose == right.dose;
  });
}

class Wishes {
 public:
  Wishes(const Plan& plan, const PlanReport& report, const PlanRequest& request, const PlanFor& plan_for)
      : plan_(plan), report_(report), request_(request), plan_for_(plan_for) {}

  std::string unmet() {
    for (const TechniqueId& id : request_.include) by_name("--include " + id.text, id);
    for (const auto& swap : request_.swap) swapped(swap);
    if (plan_.steps.empty()) return lines_;
    if (!request_.goal.empty()) changed("--goal " + request_.goal, &PlanRequest::goal, "");
    if (request_.intensity != Intensity::gentle) intensity();
    if (request_.seed != 0) {
      changed("--seed " + std::to_string(request_.seed), &PlanRequest::seed,
              "this number gives the best plan; another may give another");
    }
    return lines_;
  }

 private:
  void say(const std::string& line) { lines_ += "backplan: " + line + "\n"; }

  /// Whether it is in the plan; if not, says why.
  bool by_name(const std::string& flag, const TechniqueId& id) {
    if (has(plan_, id)) return true;
    const auto omission = std::ranges::find(report_.omitted, id, &PlanOmission::id);
    say(flag + " is not met: " + (omission == report_.omitted.end() ? "" : omission->text));
    return false;
  }

  void swapped(const std::pair<TechniqueId, TechniqueId>& swap) {
    const std::string flag = "--swap " + swap.first.text + "=" + swap.second.text;
    if (!by_name(flag, swap.second)) return;
    PlanRequest without = request_;
    std::erase(without.swap, swap);
    if (has(plan_for_(without), swap.first)) return;
    say(flag + ": " + swap.first.text + " would not be in this plan; " + swap.second.text +
        " is in it all the same");
  }

  template <class Value>
  void changed(const std::string& flag, Value PlanRequest::*wish, const std::string& why) {
    PlanRequest without = request_;
    without.*wish = Value{};
    if (!same(plan_, plan_for_(without))) return;
    say(flag + " changes nothing: " + (why.empty() ? "the plan is the same without it" : why));
  }

  void intensity() {
    const bool eased =
        std::ranges::all_of(plan_.steps, [](const Step& step) { return step.eased.has_value(); });
    changed("--intensity normal", &PlanRequest::intensity,
            eased                ? "because of your answers every dose is the least"
            : request_.practised ? "with the log on, doses rise after several sessions"
                                 : "");
  }

  const Plan& plan_;
  const PlanReport& report_;
  const PlanRequest& request_;
  const PlanFor& plan_for_;
  std::string lines_;
};

}  // namespace

std::string unmet(const Plan& plan, const PlanReport& report, const PlanRequest& request,
                  const PlanFor& plan_for) {
  return Wishes(plan, report, request, plan_for).unmet();
}

}  // namespace backplan::cli
