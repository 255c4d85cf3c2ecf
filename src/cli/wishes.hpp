#pragma once

#include <functional>
#include <string>

#include "backplan/report.hpp"

namespace backplan::cli {

/// The plan for another request, of the same person and library.
using PlanFor = std::function<Plan(const PlanRequest&)>;

/// What `request` wished for and `plan` does not have, with the reason, a line each; "" when it has it all.
/// --include, --swap, --goal, --intensity normal and a seed are wishes. What limits a plan is no wish: each
/// limit holds in every plan.
std::string unmet(const Plan& plan, const PlanReport& report, const PlanRequest& request,
                  const PlanFor& plan_for);

}  // namespace backplan::cli
