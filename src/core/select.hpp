#pragma once

#include <span>
#include <vector>

#include "backplan/plan.hpp"
#include "core/choose.hpp"

namespace backplan {

/// The techniques that may enter a plan, and why the others may not.
struct Selection {
  std::vector<Candidate> candidates;
  std::vector<Omission> omissions;
};

Selection select(std::span<const Technique> techniques, const Constraints& constraints,
                 const PlanRequest& request);

}  // namespace backplan
