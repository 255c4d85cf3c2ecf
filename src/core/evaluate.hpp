#pragma once

#include <vector>

#include "backplan/rule.hpp"

namespace backplan {

/// Evaluates a condition in an algebra of truths: the answers of one person, or, in a proof, all
/// answers at once. `Algebra` has a type `Truth` and
///
///   Truth leaf(const AnyOption&);                              Truth leaf(const InRange&);
///   Truth all(const std::vector<Truth>&);                      Truth any(const std::vector<Truth>&);
///   Truth points(const Points&, const std::vector<Truth>&);    // the truths of `of`, in order
///
/// so that what is proved is what runs.
template <class Algebra>
typename Algebra::Truth evaluate_in(Algebra& algebra, const Condition& condition) {
  struct Visitor {
    Algebra& algebra;

    std::vector<typename Algebra::Truth> each(const std::vector<Condition>& conditions) {
      std::vector<typename Algebra::Truth> truths;
      truths.reserve(conditions.size());
      for (const Condition& condition : conditions) {
        truths.push_back(evaluate_in(algebra, condition));
      }
      return truths;
    }
    typename Algebra::Truth operator()(const AnyOption& test) { return algebra.leaf(test); }
    typename Algebra::Truth operator()(const InRange& test) { return algebra.leaf(test); }
    typename Algebra::Truth operator()(const All& test) { return algebra.all(each(test.of)); }
    typename Algebra::Truth operator()(const Any& test) { return algebra.any(each(test.of)); }
    typename Algebra::Truth operator()(const Points& test) {
      std::vector<typename Algebra::Truth> truths;
      truths.reserve(test.of.size());
      for (const Worth& worth : test.of) truths.push_back(evaluate_in(algebra, worth.when));
      return algebra.points(test, truths);
    }
  };
  return std::visit(Visitor{algebra}, condition.test);
}

}  // namespace backplan
