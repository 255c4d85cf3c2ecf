#include "io/outcome_lines.hpp"

#include <nlohmann/json.hpp>

#include "backplan/report.hpp"

namespace backplan {
namespace {

/// As JSON of plain ASCII: what a file says never reaches a terminal as it is.
std::string as_json(const std::string& text) {
  return nlohmann::json(text).dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
}

void append_name(std::string& out, const LineName& name) {
  if (name.id.empty()) {
    out += "{\"line\":";
    out += std::to_string(name.line);
  } else {
    out += "{\"id\":";
    out += name.id;
  }
}

void append_list(std::string& out, const std::vector<std::size_t>& indices,
                 const std::vector<std::string>& names) {
  char before = '[';
  for (const std::size_t i : indices) {
    out += before;
    out += names[i];
    before = ',';
  }
  out += indices.empty() ? "[]" : "]";
}

}  // namespace

OutcomeWriter::OutcomeWriter(const Compiled& compiled) {
  for (const Rule& rule : compiled.rules()) rules_.push_back(as_json(rule.id.text));
  for (const Question& question : compiled.questions()) questions_.push_back(as_json(question.id.text));
}

void OutcomeWriter::start(std::string& out, const LineName& name, const Outcome& outcome) const {
  append_name(out, name);
  out += ",\"level\":\"";
  out += backplan::name(outcome.level);
  out += outcome.complete ? "\",\"status\":\"complete\"" : "\",\"status\":\"incomplete\"";
}

void OutcomeWriter::level(std::string& out, const LineName& name, const Outcome& outcome) const {
  start(out, name, outcome);
  out += "}\n";
}

void OutcomeWriter::findings(std::string& out, const LineName& name, const Outcome& outcome) const {
  plan(out, name, outcome, "");
}

void OutcomeWriter::plan(std::string& out, const LineName& name, const Outcome& outcome,
                         std::string_view plan) const {
  start(out, name, outcome);
  out += ",\"follow_up\":\"";
  out += backplan::name(outcome.follow_up);
  out += "\",\"rules\":";
  append_list(out, outcome.rules, rules_);
  out += ",\"missing\":";
  append_list(out, outcome.missing, questions_);
  if (!plan.empty()) {
    out += ",\"plan\":";
    out += plan;
  }
  out += "}\n";
}

std::string plan_json(const Plan& plan) {
  nlohmann::ordered_json json{{"total_seconds", duration(plan).count()}, {"steps", nlohmann::json::array()}};
  for (const Step& step : plan.steps) {
    json["steps"].push_back({{"id", step.technique.id.text}, {"seconds", step.total().count()}});
  }
  return json.dump();
}

void write_error(std::string& out, const LineName& name, const std::string& error) {
  append_name(out, name);
  if (!name.id.empty()) out += ",\"line\":" + std::to_string(name.line);
  out += ",\"error\":" + as_json(error) + "}\n";
}

}  // namespace backplan
