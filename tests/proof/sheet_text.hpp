#pragma once

#include <string>

#include "backplan/questionnaire.hpp"

namespace backplan::proof {

/// An answer as a sheet has it: unsure, 34, "same", none or ["fainted", "breathless?"].
inline std::string as_yaml(const Value& value) {
  if (std::holds_alternative<Unsure>(value)) return "unsure";
  if (const int* number = std::get_if<int>(&value)) return std::to_string(*number);
  if (const OptionId* option = std::get_if<OptionId>(&value)) return "\"" + option->text + "\"";
  const Ticks& ticks = std::get<Ticks>(value);
  std::string items;
  const auto add = [&items](const std::string& item) {
    items += (items.empty() ? "\"" : ", \"") + item + "\"";
  };
  for (const OptionId& id : ticks.yes) add(id.text);
  for (const OptionId& id : ticks.unsure) add(id.text + "?");
  return items.empty() ? "none" : "[" + items + "]";
}

/// A sheet on one line: {age: 34, course: "same"}.
inline std::string on_one_line(const Answers& answers) {
  std::string text;
  for (const auto& [id, value] : answers)
    text += (text.empty() ? "" : ", ") + id.text + ": " + as_yaml(value);
  return "{" + text + "}";
}

}  // namespace backplan::proof
