#include <algorithm>

#include "backplan/rule.hpp"
#include "core/evaluate.hpp"

namespace backplan {
namespace {

template <class... Fs>
struct Overloaded : Fs... {
  using Fs::operator()...;
};

/// What one answer says about a set of options. An answer of another kind than the question's says
/// nothing; the readers let none through.
Truth any_ticked(const std::set<OptionId>& options, const Value& value) {
  const auto one_of = [&options](const std::set<OptionId>& ticked) {
    return std::ranges::any_of(ticked, [&](const OptionId& id) { return options.contains(id); });
  };
  return std::visit(
      Overloaded{
          [](Unsure) { return settled(Tri::unsure); },
          [](int) { return Truth{}; },
          [&](const OptionId& option) { return settled(options.contains(option) ? Tri::yes : Tri::no); },
          [&](const Ticks& ticks) {
            return settled(one_of(ticks.yes) ? Tri::yes : one_of(ticks.unsure) ? Tri::unsure : Tri::no);
          },
      },
      value);
}

Truth in_range(const InRange& test, const Value& value) {
  return std::visit(Overloaded{
                        [](Unsure) { return settled(Tri::unsure); },
                        [&](int number) {
                          const bool inside = test.least <= number && number <= test.most;
                          return settled(inside ? Tri::yes : Tri::no);
                        },
                        [](const OptionId&) { return Truth{}; },
                        [](const Ticks&) { return Truth{}; },
                    },
                    value);
}

/// Whether points reach what is asked for. Counted in halves: "not sure" is worth one.
Truth reached(const Points& points, const std::vector<backplan::Truth>& truths) {
  int least = 0;
  int most = 0;
  for (std::size_t i = 0; i < truths.size(); ++i) {
    least += points.of[i].points * static_cast<int>(truths[i].least);
    most += points.of[i].points * static_cast<int>(truths[i].most);
  }
  const int needed = 2 * points.least;
  return {least >= needed ? Tri::yes : Tri::no, most >= needed ? Tri::yes : Tri::no};
}

/// The answers of one person.
struct Kleene {
  using Truth = backplan::Truth;

  const Answers& answers;

  Truth leaf(const AnyOption& test) const {
    const auto answer = answers.find(test.question);
    return answer == answers.end() ? Truth{} : any_ticked(test.options, answer->second);
  }
  Truth leaf(const InRange& test) const {
    const auto answer = answers.find(test.question);
    return answer == answers.end() ? Truth{} : in_range(test, answer->second);
  }
  static Truth all(const std::vector<Truth>& truths) {
    Truth whole = settled(Tri::yes);
    for (const Truth truth : truths) whole = whole & truth;
    return whole;
  }
  static Truth any(const std::vector<Truth>& truths) {
    Truth whole = settled(Tri::no);
    for (const Truth truth : truths) whole = whole | truth;
    return whole;
  }
  static Truth points(const Points& points, const std::vector<Truth>& truths) {
    return reached(points, truths);
  }
};

using QuestionIds = std::set<QuestionId>;

/// The union over those of `conditions` that `relevant` picks by their truth.
template <class Each, class Relevant>
QuestionIds united(const std::vector<Condition>& conditions, const Answers& answers, Each each,
                   Relevant relevant) {
  QuestionIds ids;
  for (const Condition& condition : conditions) {
    if (relevant(evaluate(condition, answers))) ids.merge(each(condition, answers));
  }
  return ids;
}

std::vector<Condition> conditions_of(const Points& points) {
  std::vector<Condition> conditions;
  for (const Worth& worth : points.of) conditions.push_back(worth.when);
  return conditions;
}

}  // namespace

Truth evaluate(const Condition& condition, const Answers& answers) {
  Kleene kleene{answers};
  return evaluate_in(kleene, condition);
}

QuestionIds because(const Condition& condition, const Answers& answers) {
  const Truth whole = evaluate(condition, answers);
  if (whole.least == Tri::no) return {};
  const auto holds = [](Truth truth) { return truth.least != Tri::no; };
  return std::visit(
      Overloaded{
          [](const AnyOption& test) { return QuestionIds{test.question}; },
          [](const InRange& test) { return QuestionIds{test.question}; },
          [&](const All& test) { return united(test.of, answers, because, holds); },
          [&](const Any& test) {
            return united(test.of, answers, because, [&](Truth truth) { return truth.least == whole.least; });
          },
          [&](const Points& test) { return united(conditions_of(test), answers, because, holds); },
      },
      condition.test);
}

QuestionIds waits_for(const Condition& condition, const Answers& answers) {
  const Truth whole = evaluate(condition, answers);
  if (!whole.open()) return {};
  const auto open = [](Truth truth) { return truth.open(); };
  return std::visit(
      Overloaded{
          [](const AnyOption& test) { return QuestionIds{test.question}; },
          [](const InRange& test) { return QuestionIds{test.question}; },
          [&](const All& test) { return united(test.of, answers, waits_for, open); },
          [&](const Any& test) {
            return united(test.of, answers, waits_for, [&](Truth truth) { return truth.most > whole.least; });
          },
          [&](const Points& test) { return united(conditions_of(test), answers, waits_for, open); },
      },
      condition.test);
}

QuestionIds questions_of(const Condition& condition) {
  const auto all_of = [](const std::vector<Condition>& conditions) {
    QuestionIds ids;
    for (const Condition& part : conditions) ids.merge(questions_of(part));
    return ids;
  };
  return std::visit(Overloaded{
                        [](const AnyOption& test) { return QuestionIds{test.question}; },
                        [](const InRange& test) { return QuestionIds{test.question}; },
                        [&](const All& test) { return all_of(test.of); },
                        [&](const Any& test) { return all_of(test.of); },
                        [&](const Points& test) { return all_of(conditions_of(test)); },
                    },
                    condition.test);
}

}  // namespace backplan
