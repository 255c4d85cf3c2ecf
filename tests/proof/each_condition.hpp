#pragma once

#include <variant>

#include "backplan/rule.hpp"

namespace backplan::proof {

/// Shows `visit` a condition and every one inside it, the whole before its parts. `Some` is Condition, which
/// may then be changed, or const Condition.
template <class Some, class Visit>
void each_condition(Some& condition, const Visit& visit) {
  visit(condition);
  if (auto* all = std::get_if<All>(&condition.test)) {
    for (auto& part : all->of) each_condition(part, visit);
  } else if (auto* any = std::get_if<Any>(&condition.test)) {
    for (auto& part : any->of) each_condition(part, visit);
  } else if (auto* points = std::get_if<Points>(&condition.test)) {
    for (auto& worth : points->of) each_condition(worth.when, visit);
  }
}

}  // namespace backplan::proof
