#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "backplan/condition.hpp"
#include "backplan/export.hpp"
#include "backplan/id.hpp"
#include "backplan/tri.hpp"

namespace backplan {

/// The answer "I'm not sure", about a question as a whole.
struct Unsure {
  friend bool operator==(Unsure, Unsure) = default;
};

/// What was ticked on a checklist. An option in neither set was answered with "no"; both sets empty
/// is the explicit "none of these".
struct Ticks {
  std::set<OptionId> yes;
  std::set<OptionId> unsure;

  friend bool operator==(const Ticks&, const Ticks&) = default;
};

/// An answer: not sure, a whole number in the question's unit, one option, or ticks.
using Value = std::variant<Unsure, int, OptionId, Ticks>;

/// What one person said. A question that is absent has not been answered yet.
using Answers = std::map<QuestionId, Value>;

struct Option {
  OptionId id;
  std::string text;  ///< as shown to the person
};

enum class QuestionKind {
  scale,      ///< one option; they are listed from the least to the most worrying
  choice,     ///< one option; the first means "nothing to report", the others have no order
  checklist,  ///< any number of options
  number,     ///< a whole number
};

struct Question {
  QuestionId id;
  std::string ask;      ///< in the second person
  std::string clarify;  ///< asked once more after "not sure"; may be empty
  QuestionKind kind = QuestionKind::scale;
  std::vector<Option> options;  ///< empty for a number
  int least = 0;                ///< bounds of a number, both included
  int most = 0;
  std::string unit;                   ///< shown after a number; may be empty
  std::optional<OptionId> unsure_as;  ///< what "not sure" counts as: the last of a scale
  std::string why;                    ///< why it is asked, in one sentence
  std::vector<SourceId> sources;      ///< never empty

  /// What its words take for granted, about questions before it: it is asked only where this may be so.
  /// Holds the gates of those questions, too.
  std::optional<Condition> gate;
  bool one_applies = false;  ///< of a checklist: where the gate holds, "none of these" cannot be so
};

/// Whether `value` is an answer that `question` can have. Unsure always is.
BACKPLAN_EXPORT bool accepts(const Question& question, const Value& value);

/// `value` as the rules see it: "not sure" becomes the question's `unsure_as`, if it has one.
BACKPLAN_EXPORT Value counted(const Question& question, Value value);

/// The question named `id`, or null.
BACKPLAN_EXPORT const Question* find(std::span<const Question> questions, const QuestionId& id);

}  // namespace backplan
