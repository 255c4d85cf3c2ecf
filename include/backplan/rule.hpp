#pragma once

#include <set>
#include <string>
#include <vector>

#include "backplan/condition.hpp"
#include "backplan/export.hpp"
#include "backplan/id.hpp"
#include "backplan/questionnaire.hpp"
#include "backplan/tri.hpp"

namespace backplan {

/// How true `condition` is, given `answers`.
BACKPLAN_EXPORT Truth evaluate(const Condition& condition, const Answers& answers);

/// The questions whose answers made `condition` as true as it is established to be; none when it is
/// established to be "no".
BACKPLAN_EXPORT std::set<QuestionId> because(const Condition& condition, const Answers& answers);

/// The questions not answered yet whose answers could make `condition` more true.
BACKPLAN_EXPORT std::set<QuestionId> waits_for(const Condition& condition, const Answers& answers);

/// Every question that `condition` looks at.
BACKPLAN_EXPORT std::set<QuestionId> questions_of(const Condition& condition);

/// Where to turn, from least to most urgent. Comparisons rely on the order.
enum class Disposition { self_care, modified, rest_today, clinician_first, same_day, emergency };
inline constexpr int disposition_count = static_cast<int>(Disposition::emergency) + 1;

/// What to arrange besides, from least to most. Comparisons rely on the order.
enum class FollowUp { none, recheck, appointment };

/// What follows from a rule that holds. The consequences of several rules join with `|`: the most
/// urgent disposition and follow-up, and all that any of them excludes or eases. So one more rule
/// can only make the whole stricter.
struct Consequence {
  Disposition disposition = Disposition::self_care;
  FollowUp follow_up = FollowUp::none;
  std::set<DemandId> exclude;  ///< contraindications: no technique that demands one of these
  std::set<DemandId> ease;     ///< precautions: techniques that demand one stay at their least dose

  friend bool operator==(const Consequence&, const Consequence&) = default;
};

BACKPLAN_EXPORT Consequence operator|(Consequence a, const Consequence& b);

/// Answers, and how true the rule must find them. Run by the reader.
struct Example {
  Answers answers;
  Truth expect;
};

struct Rule {
  RuleId id;
  std::string title;                ///< a noun phrase a patient understands
  std::vector<std::string> covers;  ///< rows of the clinical reference and warnings of the sources
  Condition when;
  Consequence then;
  Consequence if_unsure;          ///< instead of `then`, while the answers come to "not sure"
  std::string why;                ///< one or two sentences for the person
  std::vector<SourceId> sources;  ///< never empty
  std::vector<Example> examples;

  /// What follows when the condition comes to `tri`.
  BACKPLAN_EXPORT const Consequence& consequence(Tri tri) const;
};

}  // namespace backplan
