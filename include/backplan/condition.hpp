#pragma once

#include <set>
#include <variant>
#include <vector>

#include "backplan/id.hpp"

namespace backplan {

struct Condition;

/// The answer is one of `options`; of a checklist: one of them is ticked.
struct AnyOption {
  QuestionId question;
  std::set<OptionId> options;
};

/// The answer is a number from `least` to `most`, both included.
struct InRange {
  QuestionId question;
  int least;
  int most;
};

struct All {
  std::vector<Condition> of;
};

struct Any {
  std::vector<Condition> of;
};

struct Worth;

/// The conditions that hold are worth `least` points together. One that is "not sure" is worth
/// half.
struct Points {
  int least;
  std::vector<Worth> of;
};

/// A statement about a person's answers, as a rule's `when` says it. There is no negation, so a
/// further sign can never make it less true.
struct Condition {
  std::variant<AnyOption, InRange, All, Any, Points> test;
};

struct Worth {
  int points;  ///< 1 or more
  Condition when;
};

}  // namespace backplan
