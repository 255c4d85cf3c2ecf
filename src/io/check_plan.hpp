#pragma once

#include <optional>

#include "backplan/report.hpp"
#include "io/yaml_reader.hpp"

namespace backplan {

/// What holds of every plan that this program makes: what it says twice agrees. `root` was read as `plan`
/// without a mistake. Notes each mistake at its place.
void check_plan(const yaml::Node& root, const PlanReport& plan, const std::optional<Timing>& timing,
                yaml::Reader& reader);

}  // namespace backplan
