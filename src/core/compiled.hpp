#pragma once

#include <span>
#include <vector>

#include "backplan/questionnaire.hpp"
#include "core/rulebook.hpp"

namespace backplan {

/// The answers of one sheet by index, into what a Compiled has. Filled and cleared again and again.
struct Sheet {
  std::vector<Rulebook::Index> yes;     ///< atoms
  std::vector<Rulebook::Index> unsure;  ///< atoms
  std::vector<std::size_t> answered;    ///< questions
  std::vector<std::size_t> reporting;   ///< questions with a gate, whose answer says something; see `reports`

  void clear();
};

/// Questions and rules by index, for screening many people. They must outlive it.
class Compiled {
 public:
  using Index = Rulebook::Index;

  /// Conditions must fit the questions, as the readers see to it.
  Compiled(std::span<const Question> questions, std::span<const Rule> rules);

  std::span<const Question> questions() const { return questions_; }
  std::span<const Rule> rules() const { return rules_; }
  /// The conditions of the rules, and then the gates.
  const Rulebook& book() const { return book_; }
  std::span<const Index> rule_roots() const { return std::span(book_.roots()).first(rules_.size()); }

  // Each adds one answer to a sheet that does not answer `question` yet, which is an index into
  // questions(); of a checklist `none`, then `tick` for each option.
  void none(Sheet& sheet, std::size_t question) const;
  void unsure(Sheet& sheet, std::size_t question) const;
  void tick(Sheet& sheet, std::size_t question, std::size_t option, Tri how) const;
  void number(Sheet& sheet, std::size_t question, int number) const;

  Sheet sheet(const Answers& answers) const;

  /// The index into questions() of one of the rulebook.
  std::size_t asked(Index question) const { return asked_[question]; }

  /// A question that is only asked while a gate may hold.
  struct Gated {
    std::size_t question = 0;
    Index gate = 0;  ///< a node of the rulebook
  };
  const std::vector<Gated>& gated() const { return gated_; }

 private:
  static constexpr Index nowhere = ~Index{0};
  struct Known {
    bool gated = false;
    Index first = 0;              ///< of its atoms
    Index end = 0;                ///< after them
    std::vector<Index> options;   ///< atoms
    std::vector<bool> reporting;  ///< by option: it has a gate, and this says something
  };

  Known known(const Question& question) const;
  void find_counted();
  void answer(Sheet& sheet, std::size_t question, const Value& value) const;

  std::span<const Question> questions_;
  std::span<const Rule> rules_;
  Rulebook book_;
  std::vector<bool> counted_;       ///< by atom: a rule looks at it, not only a gate
  std::vector<Known> known_;        ///< by question
  std::vector<std::size_t> asked_;  ///< by question of the rulebook
  std::vector<Gated> gated_;
};

}  // namespace backplan
