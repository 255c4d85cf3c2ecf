#pragma once

#include <set>
#include <span>
#include <vector>

#include "backplan/export.hpp"
#include "backplan/questionnaire.hpp"
#include "backplan/rule.hpp"

namespace backplan {

/// Whether the answers deny what the words of `question` take for granted.
BACKPLAN_EXPORT bool closed(const Question& question, const Answers& answers);

/// Whether `value` says that there is something. "None of these", "no" and a number do not, unless
/// one of the rules counts them.
BACKPLAN_EXPORT bool reports(std::span<const Rule> rules, const QuestionId& question, const Value& value);

/// An answer and earlier ones, of which some must be wrong.
struct Contradiction {
  QuestionId question;
  std::set<QuestionId> gate;  ///< those that its gate looks at, as far as they are answered

  friend bool operator==(const Contradiction&, const Contradiction&) = default;
};

/// All that do not go together, in the order of the questions: an answer that reports something to a
/// question that is closed, and "none of these" where one of the options must be so. The rules pass
/// over such an answer, so nobody should be screened with one.
BACKPLAN_EXPORT std::vector<Contradiction> contradictions(std::span<const Question> questions,
                                                          std::span<const Rule> rules,
                                                          const Answers& answers);

}  // namespace backplan
