#include "manual/definition.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <functional>
#include <set>
#include <stdexcept>

#include "backplan/report.hpp"
#include "cli/help.hpp"

namespace backplan::manual {
namespace {

Argument argument(const CLI::Option& option) {
  Argument out{.text = option.get_description(), .required = option.get_required()};
  for (const std::string& name : option.get_snames()) out.flags.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) out.flags.push_back("--" + name);
  if (option.get_type_size_max() > 0) out.value = option.get_type_name();
  return out;
}

std::vector<Argument> arguments(const CLI::App& app) {
  std::vector<Argument> all;
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_group().empty()) continue;  // hidden
    all.push_back(argument(*option));
  }
  return all;
}

template <class Things>
std::vector<std::string> ids(const Things& things) {
  std::vector<std::string> words;
  for (const auto& thing : things) words.push_back(thing.id.text);
  return words;
}

template <class Enum>
std::vector<std::string> words(int count) {
  std::vector<std::string> all;
  for (int i = 0; i < count; ++i) all.emplace_back(name(static_cast<Enum>(i)));
  return all;
}

std::vector<std::string> together(std::initializer_list<std::vector<std::string>> parts) {
  std::vector<std::string> all;
  for (const auto& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

std::vector<std::string> movements(const Catalog& catalog) {
  return together({ids(catalog.demands), words<Direction>(5), ids(catalog.movements)});
}

std::vector<std::string> topic_names() {
  std::vector<std::string> names;
  for (const cli::Topic& topic : cli::topics()) names.push_back(topic.name);
  return names;
}

std::vector<std::string> goals(const Catalog& catalog) {
  std::vector<std::string> names;
  for (const auto& [goal, points] : catalog.objective.goals) names.push_back(goal);
  return names;
}

std::vector<std::string> names(const std::vector<Command>& commands) {
  std::vector<std::string> all;
  for (const Command& command : commands) all.push_back(command.name);
  return all;
}

std::map<std::string, Completion> all_known(const Definition& definition, const Catalog& catalog) {
  using enum Completion::Kind;
  const auto techniques = ids(catalog.techniques);
  return {
      {"COLUMNS", {none, {}}},
      {"COMMAND", {none, {}}},
      {"DAY", {none, {}}},
      {"EQUIPMENT,...", {list, together({ids(catalog.equipment), {"none"}})}},
      {"FILE", {file, {}}},
      {"FOLDER", {folder, {}}},
      {"FORMAT", {word, {"text", "yaml", "json", "md"}}},
      {"GOAL", {word, goals(catalog)}},
      {"ID=VALUE", {key, ids(catalog.questions)}},
      {"INTENSITY", {word, words<Intensity>(2)}},
      {"LIST-FORMAT", {word, {"text", "yaml", "json"}}},
      {"LOG-FORMAT", {word, {"csv", "json"}}},
      {"MINUTES", {none, {}}},
      {"MOVEMENT,...", {list, movements(catalog)}},
      {"NAME", {word, together({techniques, ids(catalog.rules), ids(catalog.questions)})}},
      {"NUMBER", {none, {}}},
      {"OLD=NEW", {pair, techniques}},
      {"PHASE", {word, words<Phase>(6)}},
      {"PHASE,...", {list, words<Phase>(6)}},
      {"PLACE", {word, ids(catalog.places)}},
      {"PLAN-FORMAT", {word, {"text", "yaml", "json", "md", "ics"}}},
      {"POSITION,...", {list, ids(catalog.positions)}},
      {"REPEAT", {word, {"none", "daily", "weekdays"}}},
      {"TECHNIQUE,...", {list, techniques}},
      {"NOTE", {none, {}}},
      {"TIME", {none, {}}},
      {"TOPIC", {word, together({topic_names(), names(definition.commands)})}},
      {"WHEN", {word, {"auto", "always", "never"}}},
      {"WORD", {word, techniques}},
      {"ZONE", {none, {}}},
  };
}

std::vector<Command> commands(const CLI::App& app) {
  std::vector<Command> all;
  for (const CLI::App* command : app.get_subcommands({})) {
    if (command->get_group().empty()) continue;  // hidden
    all.push_back({command->get_name(), command->get_description(), arguments(*command), commands(*command)});
  }
  return all;
}

}  // namespace

Definition define(const CLI::App& app) {
  return {.text = app.get_description(), .arguments = arguments(app), .commands = commands(app)};
}

std::map<std::string, Completion> completions(const Definition& definition, const Catalog& catalog) {
  const auto known = all_known(definition, catalog);
  std::map<std::string, Completion> used;
  const auto add = [&](const std::string& place, const Argument& argument) {
    if (argument.value.empty()) return;
    const auto found = known.find(argument.value);
    if (found == known.end()) {
      throw std::logic_error(place + ": no completion is known for the value " + argument.value +
                             "; give the option a type_name of src/manual/definition.cpp");
    }
    used.insert(*found);
  };
  for (const Argument& each : definition.arguments) add("backplan", each);
  const std::function<void(const Command&)> add_all = [&](const Command& command) {
    for (const Argument& each : command.arguments) add(command.name, each);
    std::ranges::for_each(command.commands, add_all);
  };
  std::ranges::for_each(definition.commands, add_all);
  return used;
}

}  // namespace backplan::manual
