#include <algorithm>

#include "backplan/rule.hpp"
#include "core/evaluate.hpp"
#include "core/one_person.hpp"

namespace backplan {
namespace {

template <class... Fs>
struct Overloaded : Fs... {
  using Fs::operator()...;
};

/// What one answer says of an atom. An answer of another kind than the question's says nothing; the
/// readers let none through.
Truth stated(const Rulebook::Atom& atom, const Value& value) {
  const bool range = atom.option.text.empty();
  const auto settled_if = [](bool yes) { return settled(yes ? Tri::yes : Tri::no); };
  return std::visit(
      Overloaded{
          [](Unsure) { return settled(Tri::unsure); },
          [&](int number) { return range ? settled_if(atom.holds(number)) : Truth{}; },
          [&](const OptionId& option) { return range ? Truth{} : settled_if(option == atom.option); },
          [&](const Ticks& ticks) {
            if (range) return Truth{};
            return ticks.unsure.contains(atom.option) ? settled(Tri::unsure)
                                                      : settled_if(ticks.yes.contains(atom.option));
          },
      },
      value);
}

/// The answers of one person.
class OnePerson {
 public:
  using Index = Rulebook::Index;
  struct Halves {
    int least = 0;
    int most = 0;
  };

  OnePerson(const Rulebook& book, const Answers& answers) : atoms_(book.atoms().size()) {
    for (const auto& [question, value] : answers) {
      const auto known = book.find(question);
      if (!known) continue;
      const auto [from, to] = book.atoms_of(*known);
      for (Index i = from; i < to; ++i) atoms_[i] = stated(book.atoms()[i], value);
    }
  }

  Truth atom(Index i) const { return atoms_[i]; }
  static Truth yes() { return settled(Tri::yes); }
  static Truth no() { return settled(Tri::no); }
  static Truth both(Truth a, Truth b) { return a & b; }
  static Truth either(Truth a, Truth b) { return a | b; }
  static Halves nothing() { return {}; }
  static void add(Halves& sum, int points, Truth truth) {
    sum.least += points * static_cast<int>(truth.least);
    sum.most += points * static_cast<int>(truth.most);
  }
  static Truth reaches(Halves sum, int points) {
    const auto enough = [&](int halves) { return halves >= 2 * points ? Tri::yes : Tri::no; };
    return {enough(sum.least), enough(sum.most)};
  }

 private:
  std::vector<Truth> atoms_;
};

using QuestionIds = std::set<QuestionId>;

/// The questions that `collect` finds for `condition` under `answers`.
template <class Collect>
QuestionIds found(const Condition& condition, const Answers& answers, const Collect& collect) {
  const Rulebook book(condition);
  const std::vector<Truth> truths = evaluate(book, answers);
  QuestionIds ids;
  collect(
      book, book.roots().front(), [&](auto at) { return truths[at]; },
      [&](auto question) { ids.insert(book.questions()[question]); });
  return ids;
}

}  // namespace

std::vector<Truth> evaluate(const Rulebook& book, const Answers& answers) {
  std::vector<Truth> truths;
  evaluate_in(OnePerson(book, answers), book, truths);
  return truths;
}

Truth evaluate(const Condition& condition, const Answers& answers) {
  const Rulebook book(condition);
  return evaluate(book, answers)[book.roots().front()];
}

QuestionIds because(const Condition& condition, const Answers& answers) {
  return found(condition, answers, [](auto&&... each) { because(each...); });
}

QuestionIds waits_for(const Condition& condition, const Answers& answers) {
  return found(condition, answers, [](auto&&... each) { waits_for(each...); });
}

QuestionIds questions_of(const Condition& condition) {
  const Rulebook book(condition);
  return {book.questions().begin(), book.questions().end()};
}

}  // namespace backplan
