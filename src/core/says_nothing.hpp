#pragma once

#include "backplan/questionnaire.hpp"

namespace backplan {

/// Whether `value` says that there is nothing, whatever its question takes for granted. A rule may count
/// it all the same; see `reports`.
bool says_nothing(const Value& value);

}  // namespace backplan
