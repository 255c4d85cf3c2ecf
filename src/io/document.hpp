#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "backplan/report.hpp"

namespace backplan {

/// What is printed as JSON and YAML: one tree, so that both say the same.
using Tree = nlohmann::ordered_json;

Tree tree(const ScreeningReport& report, const Advice& advice);
Tree tree(const PlanReport& report);

/// Two-space indent, one object, a line end at the end.
std::string to_json(const Tree& tree);

/// Block style, every string in double quotes, so that no reader of YAML 1.1 or 1.2 retypes one.
std::string to_yaml(const Tree& tree);

}  // namespace backplan
