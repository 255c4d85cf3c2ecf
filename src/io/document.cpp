#include "io/document.hpp"

#include <algorithm>

#include "io/layout.hpp"
#include "io/utf8.hpp"

namespace backplan {
namespace {

Tree tree(const Value& value) {
  if (std::holds_alternative<Unsure>(value)) return "unsure";
  if (const int* number = std::get_if<int>(&value)) return *number;
  if (const OptionId* option = std::get_if<OptionId>(&value)) return option->text;
  const Ticks& ticks = std::get<Ticks>(value);
  if (ticks == Ticks{}) return "none";
  Tree list = Tree::array();
  for (const OptionId& id : ticks.yes) list.push_back(id.text);
  for (const OptionId& id : ticks.unsure) list.push_back(id.text + "?");
  return list;
}

Tree tree(const std::vector<Said>& answers) {
  Tree list = Tree::array();
  for (const Said& said : answers) {
    list.push_back({{"question", said.question.text},
                    {"ask", said.ask},
                    {"answer", said.answer},
                    {"unsure", said.unsure}});
  }
  return list;
}

Tree tree(const std::vector<Reason>& reasons) {
  Tree list = Tree::array();
  for (const Reason& reason : reasons) {
    list.push_back({{"rule", reason.rule.text},
                    {"title", reason.title},
                    {"level", name(reason.level)},
                    {"follow_up", name(reason.follow_up)},
                    {"exclude", reason.exclude},
                    {"ease", reason.ease},
                    {"why", reason.why},
                    {"because", tree(reason.answers)},
                    {"sources", reason.sources}});
  }
  return list;
}

Tree tree(const Dose& dose) {
  Tree fields{{"kind", name(dose.kind)},
              {"seconds", dose.each.count()},
              {"repetitions", dose.repetitions},
              {"sets", dose.sets},
              {"rest_seconds", dose.rest.count()}};
  if (dose.set_rest) fields["set_rest_seconds"] = dose.set_rest->count();
  fields["assumed"] = dose.assumed;
  fields["intensity"] = name(dose.intensity);
  return fields;
}

Tree tree(const PlanStep& step, int number) {
  return {{"n", number},
          {"id", step.id.text},
          {"name", step.name},
          {"phase", name(step.phase)},
          {"position", step.position},
          {"equipment", step.equipment},
          {"sides", name(step.sides)},
          {"setup_seconds", step.setup_seconds},
          {"work_seconds", step.work_seconds},
          {"points", step.points},
          {"dose", tree(step.dose)},
          {"cue", step.cue},
          {"steps", step.steps},
          {"breathing", step.breathing},
          {"feel", step.feel},
          {"stop_if", step.stop_if},
          {"easier", step.easier},
          {"harder", step.harder},
          {"why", step.why},
          {"eased", step.eased},
          {"sources", step.sources}};
}

Tree tree(const PlanOmission& omission) {
  return {{"id", omission.id.text}, {"name", omission.name}, {"reason", omission.reason},
          {"text", omission.text},  {"rule", omission.rule}, {"because", tree(omission.answers)}};
}

Tree tree(const std::vector<TechniqueId>& ids) {
  Tree list = Tree::array();
  for (const TechniqueId& id : ids) list.push_back(id.text);
  return list;
}

Tree worth(const PlanReport& report) {
  Tree worth{{"points", report.points}, {"most_points", report.most_points}};
  if (const auto& next = report.next_best) {
    worth["next_best"] = {{"points", next->points},
                          {"without", tree(next->without)},
                          {"with", tree(next->with)},
                          {"other_dose", tree(next->other_dose)}};
  }
  Tree limits = Tree::array();
  for (const PlanLimit& limit : report.limited_by) {
    limits.push_back(
        {{"kind", name(limit.kind)}, {"what", limit.what}, {"text", limit.text}, {"points", limit.points}});
  }
  worth["limited_by"] = limits;
  return worth;
}

Tree generator(const std::string& version, const std::string& library) {
  return {{"version", version}, {"library", library}};
}

}  // namespace

Tree tree(const ScreeningReport& report, const Advice& advice) {
  const LevelAdvice& words = words_for(report, advice);
  Tree missing = Tree::array();
  for (const Missing& each : report.missing) {
    missing.push_back({{"question", each.question.text}, {"ask", each.ask}});
  }
  Tree answers = Tree::object();
  for (const auto& [question, value] : report.answers) answers[question.text] = tree(value);
  return {{"schema", "backplan/screening/2"},
          {"generator", generator(report.version, report.library)},
          {"level", name(report.level)},
          {"status", report.incomplete() ? "incomplete" : "complete"},
          {"plan_may_follow", plan_may_follow(report.level)},
          {"follow_up", name(report.follow_up)},
          {"heading", words.heading},
          {"advice", words.lines},
          {"emergency_numbers", advice.emergency_numbers},
          {"reasons", tree(report.reasons)},
          {"missing", missing},
          {"not_a_diagnosis", advice.not_a_diagnosis},
          {"answers", answers},
          {"complete", !report.incomplete()}};
}

Tree tree(const PlanReport& report) {
  Tree steps = Tree::array();
  for (const PlanStep& step : report.steps) {
    steps.push_back(tree(step, static_cast<int>(steps.size()) + 1));
  }
  Tree omitted = Tree::array();
  for (const PlanOmission& omission : report.omitted) omitted.push_back(tree(omission));
  return {{"schema", "backplan/plan/1"},
          {"generator", generator(report.version, report.library)},
          {"request",
           {{"budget_seconds", report.budget_seconds},
            {"have", report.have},
            {"limits", report.limits},
            {"seed", report.seed}}},
          {"level", name(report.level)},
          {"follow_up", name(report.follow_up)},
          {"total_seconds", report.total_seconds},
          {"reasons", tree(report.reasons)},
          {"check_before", report.check_before},
          {"stop_signs", report.stop_signs},
          {"steps", steps},
          {"omitted", omitted},
          {"worth", worth(report)},
          {"notes", report.notes},
          {"end", true}};
}

namespace {

/// A name of a file may have bytes that are no UTF-8; they become U+FFFD. What a terminal or a reader of
/// YAML must not find in a text as it is, is spelt as JSON and YAML both read it.
std::string dumped(const Tree& tree, int indent) {
  return shown(tree.dump(indent, ' ', false, Tree::error_handler_t::replace));
}

}  // namespace

std::string to_json(const Tree& tree) { return dumped(tree, 2) + "\n"; }

namespace {

bool plain_key(const std::string& key) {
  return !key.empty() && key != "n" &&
         key.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string::npos;
}

/// Keys are words of ours, but YAML 1.1 takes `n` for "no", and ids may hold digits and hyphens.
std::string yaml_key(const std::string& key) { return plain_key(key) ? key : dumped(key, -1); }

/// Whether there is a map with a key anywhere in it: that takes lines of its own.
bool is_block(const Tree& tree) {
  if (tree.is_object()) return !tree.empty();
  return tree.is_array() && std::ranges::any_of(tree, is_block);
}

/// What is no block, on one line. JSON's strings are YAML's.
std::string in_line(const Tree& tree) {
  if (!tree.is_array()) return dumped(tree, -1);
  std::string line;
  for (const Tree& item : tree) line += (line.empty() ? "" : ", ") + in_line(item);
  return "[" + line + "]";
}

void write_yaml(const Tree& tree, std::size_t indent, std::string& out) {
  const std::string margin(indent, ' ');
  if (!is_block(tree)) {
    out += margin + in_line(tree) + "\n";
  } else if (tree.is_array()) {
    for (const Tree& item : tree) {
      const std::size_t start = out.size();
      write_yaml(item, indent + 2, out);
      out[start + indent] = '-';
    }
  } else {
    for (const auto& [key, value] : tree.items()) {
      out += margin + yaml_key(key) + ":";
      out += is_block(value) ? "\n" : " ";
      write_yaml(value, is_block(value) ? indent + 2 : 0, out);
    }
  }
}

}  // namespace

std::string to_yaml(const Tree& tree) {
  std::string out;
  write_yaml(tree, 0, out);
  return out;
}

}  // namespace backplan
