#include "io/outcome_lines.hpp"

#include <nlohmann/json.hpp>

#include "backplan/report.hpp"

namespace backplan {
namespace {

using namespace std::string_view_literals;  // their length is known without counting

/// As JSON of plain ASCII: what a file says never reaches a terminal as it is.
std::string as_json(const std::string& text) {
  return nlohmann::json(text).dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
}

void append_name(std::string& out, const LineName& name) {
  if (name.id.empty()) {
    out += "{\"line\":"sv;
    out += std::to_string(name.line);
  } else {
    out += "{\"id\":"sv;
    out += name.id;
  }
}

/// `names` begin with a comma; the first one becomes the bracket.
void append_list(std::string& out, std::span<const std::size_t> indices,
                 const std::vector<std::string>& names) {
  const std::size_t start = out.size();
  for (const std::size_t i : indices) out += names.data()[i];
  if (indices.empty()) out += '[';
  out[start] = '[';
  out += ']';
}

}  // namespace

OutcomeWriter::OutcomeWriter(const Compiled& compiled) {
  const auto quoted = [](auto value) { return '"' + std::string(backplan::name(value)) + '"'; };
  for (int i = 0; i < disposition_count; ++i) {
    for (const bool complete : {false, true}) {
      starts_.push_back(",\"level\":" + quoted(stated_level(static_cast<Disposition>(i), complete)) +
                        ",\"status\":\"" + (complete ? "complete\"" : "incomplete\""));
    }
  }
  for (int i = 0; i <= static_cast<int>(FollowUp::appointment); ++i) {
    follow_ups_.push_back(",\"follow_up\":" + quoted(static_cast<FollowUp>(i)) + ",\"rules\":");
  }
  for (const Rule& rule : compiled.rules()) rules_.push_back(',' + as_json(rule.id.text));
  for (const Question& question : compiled.questions()) questions_.push_back(',' + as_json(question.id.text));
}

void OutcomeWriter::start(std::string& out, const LineName& name, const Outcome& outcome) const {
  append_name(out, name);
  out += starts_[2 * static_cast<std::size_t>(outcome.level) + (outcome.complete ? 1 : 0)];
}

void OutcomeWriter::level(std::string& out, const LineName& name, const Outcome& outcome) const {
  start(out, name, outcome);
  out += "}\n"sv;
}

void OutcomeWriter::findings(std::string& out, const LineName& name, const Outcome& outcome,
                             std::span<const std::size_t> rules, std::span<const std::size_t> missing,
                             std::string_view plan) const {
  start(out, name, outcome);
  out += follow_ups_[static_cast<std::size_t>(outcome.follow_up)];
  append_list(out, rules, rules_);
  out += ",\"missing\":"sv;
  append_list(out, missing, questions_);
  if (!plan.empty()) {
    out += ",\"plan\":"sv;
    out += plan;
  }
  out += "}\n"sv;
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
