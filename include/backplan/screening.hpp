#pragma once

#include <optional>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "backplan/export.hpp"
#include "backplan/questionnaire.hpp"
#include "backplan/rule.hpp"

namespace backplan {

/// What one rule makes of one person's answers.
struct Finding {
  RuleId rule;
  Truth holds;
  Consequence now;               ///< follows from what was answered
  Consequence possible;          ///< the strictest that could still follow
  std::set<QuestionId> because;  ///< the answers that it rests on
  std::set<QuestionId> asks;     ///< the questions, not answered yet, that it waits for
};
using Findings = std::vector<Finding>;

/// One finding for each rule, in the order of the rules.
BACKPLAN_EXPORT Findings assess(std::span<const Rule> rules, const Answers& answers);

/// The triage of one person: where to turn, and why. Only `screen` makes one, so what follows from it
/// follows from findings.
class BACKPLAN_EXPORT Screening {
 public:
  /// Established by the answers; open questions could still make it stricter.
  const Consequence& total() const { return total_; }

  /// Those that add something to the total, the most urgent first.
  const Findings& findings() const { return findings_; }

  /// Questions, not answered yet, that could still change the advice.
  const std::set<QuestionId>& asks() const { return asks_; }

 private:
  friend Screening screen(const Findings& findings);
  explicit Screening(Consequence total) : total_(std::move(total)) {}

  Consequence total_;
  Findings findings_;
  std::set<QuestionId> asks_;
};

/// Joins the findings; none at all come to `emergency`, as no rules clear nobody. While a routine is
/// still possible, every answer that could change the level, the follow-up or an exclusion is asked
/// for; after that, only what could make it more urgent.
BACKPLAN_EXPORT Screening screen(const Findings& findings);

/// Whether every question is answered that could still change the advice.
BACKPLAN_EXPORT bool complete(const Screening& screening);

/// Whether a clinician has to look before anything else.
constexpr bool needs_clinician(Disposition level) { return level >= Disposition::clinician_first; }

/// What may be said of a level that is established so far: none while questions are open that could make
/// it more urgent, unless it needs a clinician already. Else whoever reads a mild one takes it for the
/// result.
constexpr std::optional<Disposition> stated_level(Disposition established, bool complete) {
  if (!complete && !needs_clinician(established)) return std::nullopt;
  return established;
}
BACKPLAN_EXPORT std::optional<Disposition> stated_level(const Screening& screening);

/// Whether a routine may follow. Whatever plans, offers or promises one asks here.
constexpr bool plan_may_follow(std::optional<Disposition> stated) {
  return stated && *stated <= Disposition::modified;
}
BACKPLAN_EXPORT bool plan_may_follow(const Screening& screening);

/// Those of `questions` that the screening asks for, in the order of asking.
BACKPLAN_EXPORT std::vector<const Question*> open_questions(std::span<const Question> questions,
                                                            const Screening& screening);

}  // namespace backplan
