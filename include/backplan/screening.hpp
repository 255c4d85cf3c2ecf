#pragma once

#include <set>
#include <span>
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

/// The triage of one person: where to turn, and why. One that `screen` did not make says
/// `emergency`, so that a mistake in the program errs that way.
struct Screening {
  Consequence total{.disposition = Disposition::emergency};  ///< established by the answers
  Findings findings;          ///< those that add something to the total, the most urgent first
  std::set<QuestionId> asks;  ///< questions, not answered yet, that could still change the advice
};

/// Joins the findings. While a routine is still possible, every answer that could change the level,
/// the follow-up or an exclusion is asked for; after that, only what could make it more urgent.
BACKPLAN_EXPORT Screening screen(const Findings& findings);

/// Whether every question is answered that could still change the advice.
BACKPLAN_EXPORT bool complete(const Screening& screening);

/// Whether a routine may be offered.
BACKPLAN_EXPORT bool cleared(const Screening& screening);

/// Those of `questions` that the screening asks for, in the order of asking.
BACKPLAN_EXPORT std::vector<const Question*> open_questions(std::span<const Question> questions,
                                                            const Screening& screening);

}  // namespace backplan
