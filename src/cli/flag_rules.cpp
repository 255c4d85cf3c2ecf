#include "cli/flag_rules.hpp"

#include <algorithm>
#include <sstream>
#include <string>
#include <string_view>

#include "cli/output.hpp"
#include "io/utf8.hpp"

namespace backplan::cli {
namespace {

/// Flags of a command, the names of each list with blanks between.
struct FlagRule {
  std::string_view command;
  std::string_view flags;
  std::string_view others;
};

/// Beside the first there is nothing that any of the others could do.
constexpr FlagRule apart[] = {
    {"screen", "--batch",
     "--answers --answer --no-input --format --output --width --color --quiet --questions --save"},
    {"screen", "--questions", "--answers --answer --no-input --width --color --quiet --save"},
    {"screen", "--quiet", "--format --output --width --color"},
    {"generate", "--batch",
     "--answers --answer --screening --no-input --no-log --format --output --width --color --quiet --brief "
     "--at --repeat --from --zone"},
    {"generate", "--seed", "--vary"},
    {"list", "--rules", "--questions --equipment --demands --phase --have --origin"},
    {"list", "--questions", "--equipment --demands --phase --have --origin"},
    {"list", "--equipment", "--demands --phase --have --origin"},
    {"list", "--demands", "--phase --have --origin"},
};

/// The first are about something that the other asks for.
constexpr FlagRule needs[] = {
    {"screen", "--jobs --levels", "--batch"}, {"generate", "--jobs", "--batch"},
    {"screen", "--force", "--output"},        {"generate", "--force", "--output"},
    {"list", "--force", "--output"},          {"render", "--force", "--output"},
    {"export", "--force", "--output"},
};

/// Commands that look at no rules and no techniques but those in a plan, and what has none of them to show.
constexpr std::string_view without_library = " explain render run log forget help ";
constexpr std::string_view not_of_folders = "--questions --equipment --demands";

bool given(const CLI::App& command, const std::string& flag) {
  const CLI::Option* option = command.get_option_no_throw(flag);
  return option && option->count() > 0;
}

/// The first of `flags` that is given, or "".
std::string first_given(const CLI::App& command, std::string_view flags) {
  std::istringstream names{std::string(flags)};
  for (std::string name; names >> name;) {
    if (given(command, name)) return name;
  }
  return "";
}

/// A value of nothing, or of a list with nothing between its commas.
bool is_empty(const CLI::Option& option, const std::string& value) {
  const bool list = option.get_multi_option_policy() == CLI::MultiOptionPolicy::TakeAll;
  return value.empty() || (list && value.find_first_not_of(',') == std::string::npos);
}

void check_values(const CLI::App& command) {
  for (const CLI::Option* option : command.get_options()) {
    if (option->get_type_size_max() == 0) continue;  // a switch
    for (const std::string& value : option->results()) {
      if (is_empty(*option, value)) throw UsageError(option->get_name() + ": the value is empty");
    }
  }
}

/// Of a flag with one value the last is used, so that an alias can be overridden; an answer sheet that nobody
/// looks at is said.
void check_repeated(const CLI::App& command) {
  for (const std::string flag : {"--answers", "--screening", "--batch"}) {
    const CLI::Option* option = command.get_option_no_throw(flag);
    if (!option || option->results().size() < 2) continue;
    for (std::size_t i = 0; i + 1 < option->results().size(); ++i) {
      tell("backplan: " + flag + " " + in_quotes(option->results()[i]) + " is not used: the last one is\n");
    }
  }
}

void check_together(const CLI::App& command) {
  for (const FlagRule& rule : apart) {
    if (rule.command != command.get_name() || !given(command, std::string(rule.flags))) continue;
    const std::string other = first_given(command, rule.others);
    if (!other.empty()) throw UsageError(other + " does not go with " + std::string(rule.flags));
  }
  for (const FlagRule& rule : needs) {
    if (rule.command != command.get_name() || given(command, std::string(rule.others))) continue;
    const std::string flag = first_given(command, rule.flags);
    if (!flag.empty()) throw UsageError(flag + " does nothing without " + std::string(rule.others));
  }
}

/// `log --plot on`: what the outer command was told, the inner one does not do.
void check_outer(const CLI::App& command, const CLI::App& inner) {
  for (const CLI::Option* option : command.get_options()) {
    if (option->count() == 0) continue;
    throw UsageError(option->get_name() + " does not go with " + command.get_name() + " " + inner.get_name());
  }
}

void check_command(const CLI::App& command) {
  check_values(command);
  check_repeated(command);
  check_together(command);
  for (const CLI::App* inner : command.get_subcommands()) {
    check_outer(command, *inner);
    check_command(*inner);
  }
}

bool uses_library(const CLI::App& command) {
  if (command.get_name() == "validate") return !given(command, "path");
  if (!first_given(command, not_of_folders).empty()) return false;
  return without_library.find(" " + command.get_name() + " ") == std::string_view::npos;
}

}  // namespace

void check_flags(const CLI::App& app) {
  check_values(app);
  for (const CLI::App* command : app.get_subcommands()) {
    check_command(*command);
    if (!given(app, "--routines") || uses_library(*command)) continue;
    tell("backplan: --routines changes nothing here: no rules or techniques of a folder are used\n");
  }
}

}  // namespace backplan::cli
