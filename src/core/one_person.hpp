#pragma once

#include <vector>

#include "core/rulebook.hpp"

namespace backplan {

/// The truth of each node for one person, after Kleene: a question without an answer leaves what is
/// stated of it open.
std::vector<Truth> evaluate(const Rulebook& book, const Answers& answers);

}  // namespace backplan
