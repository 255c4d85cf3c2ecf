// Completion scripts. Every word in them is an id of letters, digits and '-', so that only
// descriptions need quoting.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "manual/definition.hpp"

namespace backplan::manual {
namespace {

using Values = std::map<std::string, Completion>;
using Kind = Completion::Kind;

/// In single quotes, for bash and zsh.
std::string quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

std::string list_of(const std::vector<std::string>& words) {
  return fmt::format("{}", fmt::join(words, " "));
}

std::string flags_of(const std::vector<Argument>& arguments) {
  std::vector<std::string> flags;
  for (const Argument& each : arguments) flags.insert(flags.end(), each.flags.begin(), each.flags.end());
  return list_of(flags);
}

std::string names_of(const std::vector<Command>& commands) {
  std::vector<std::string> names;
  for (const Command& command : commands) names.push_back(command.name);
  return list_of(names);
}

const std::string made =
    "completion of backplan, made from the definitions of its --help.\n"
    "# It knows the built-in techniques; those of your own can be typed as well.\n";

// ---- bash

/// The patterns of a `case` for a command, and for each within it; a blank in a name is quoted.
struct BashCases {
  std::string flags;
  std::string values;
  std::string inner;
};

std::string bash_values(const std::string& command, const std::vector<Argument>& arguments) {
  std::string out;
  for (const Argument& each : arguments) {
    if (each.value.empty()) continue;
    if (each.flags.empty()) out += fmt::format("    {}' ') echo '{}' ;;\n", command, each.value);
    for (const std::string& flag : each.flags) {
      out += fmt::format("    {}' {}') echo '{}' ;;\n", command, flag, each.value);
    }
  }
  return out;
}

void add_cases(const std::string& name, const Command& command, const std::string& general,
               BashCases& cases) {
  cases.flags += fmt::format("    {}) echo '{} {}' ;;\n", name, general, flags_of(command.arguments));
  cases.values += bash_values(name, command.arguments);
  if (command.commands.empty()) return;
  cases.inner += fmt::format("    {}) echo '{}' ;;\n", name, names_of(command.commands));
  for (const Command& inner : command.commands) add_cases(name + "\\ " + inner.name, inner, general, cases);
}

std::string bash_words(const Values& values) {
  static const std::map<Kind, std::string> names{
      {Kind::none, "none"}, {Kind::file, "file"}, {Kind::folder, "folder"}, {Kind::word, "word"},
      {Kind::list, "list"}, {Kind::pair, "pair"}, {Kind::key, "key"}};
  std::string out;
  for (const auto& [value, completion] : values) {
    out += fmt::format("    '{}') kind={} words='{}' ;;\n", value, names.at(completion.kind),
                       list_of(completion.words));
  }
  return out;
}

const std::string bash_function = R"(
_backplan() {
  local word=${COMP_WORDS[COMP_CWORD]} at=$COMP_CWORD command= each before=
  # bash takes '=' for a word of its own: put together what was typed as one.
  while ((at > 1)); do
    if [[ $word == =* ]]; then word=${COMP_WORDS[--at]}$word
    elif [[ ${COMP_WORDS[at - 1]} == = ]]; then word==$word; ((--at))
    else break
    fi
  done
  # A word names a command only where one stands: not as the value of a flag.
  for each in "${COMP_WORDS[@]:1:at-1}"; do
    if [[ $before && $(_backplan_value "$command" "$before") ]]; then before=; continue; fi
    before=$each
    [[ " $(_backplan_commands "$command") " == *" $each "* ]] && command+=${command:+ }$each
  done
  local flag=${COMP_WORDS[at - 1]} typed=$word value kind=none words= head=
  if [[ $word == --*=* ]]; then flag=${word%%=*} typed=${word#*=}; fi
  value=$(_backplan_value "$command" "$flag")
  if [[ -z $value && $word == -* ]]; then
    kind=word words=$(_backplan_flags "$command")
  elif [[ -z $value && $(_backplan_commands "$command") ]]; then
    kind=word words=$(_backplan_commands "$command")
  else
    [[ $value ]] || value=$(_backplan_value "$command" "")
    _backplan_kind "$value"
  fi
  COMPREPLY=()
  case $kind in
    word) mapfile -t COMPREPLY < <(compgen -W "$words" -- "$typed") ;;
    file) mapfile -t COMPREPLY < <(compgen -f -- "$typed"); compopt -o filenames 2>/dev/null ;;
    folder) mapfile -t COMPREPLY < <(compgen -d -- "$typed"); compopt -o filenames 2>/dev/null ;;
    list)
      head=${typed%"${typed##*,}"}
      mapfile -t COMPREPLY < <(compgen -P "$head" -W "$words" -- "${typed##*,}")
      compopt -o nospace 2>/dev/null ;;
    pair | key)
      if [[ $typed != *=* ]]; then
        mapfile -t COMPREPLY < <(compgen -S = -W "$words" -- "$typed")
        compopt -o nospace 2>/dev/null
      elif [[ $kind == pair ]]; then
        [[ $COMP_WORDBREAKS == *=* ]] || head=${typed%%=*}=
        mapfile -t COMPREPLY < <(compgen -P "$head" -W "$words" -- "${typed#*=}")
      fi ;;
  esac
  # Where '=' ends no word, the flag is part of what is replaced.
  if [[ $word == --*=* && $COMP_WORDBREAKS != *=* ]]; then
    COMPREPLY=("${COMPREPLY[@]/#/$flag=}")
  fi
}
complete -F _backplan backplan
)";

// ---- zsh

/// Within the brackets of a specification of _arguments.
std::string zsh_text(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::string zsh_action(const Completion& completion) {
  const std::string words = list_of(completion.words);
  switch (completion.kind) {
    case Kind::none:
      return " ";
    case Kind::file:
      return "_files";
    case Kind::folder:
      return "_files -/";
    case Kind::word:
      return "(" + words + ")";
    case Kind::list:
      return " _backplan_list " + words;
    case Kind::pair:
      return " _backplan_pair " + words;
    case Kind::key:
      return " _backplan_key " + words;
  }
  return "";
}

std::string zsh_specs(const std::vector<Argument>& arguments, const Values& values) {
  std::string out;
  for (const Argument& each : arguments) {
    const std::string value =
        each.value.empty() ? "" : fmt::format(":{}:{}", each.value, zsh_action(values.at(each.value)));
    if (each.flags.empty()) out += " \\\n        " + quoted("*" + value);
    for (const std::string& flag : each.flags) {
      const char* joint = each.value.empty() ? "" : flag.starts_with("--") ? "=" : "+";
      out += " \\\n        " + quoted(fmt::format("*{}{}[{}]{}", flag, joint, zsh_text(each.text), value));
    }
  }
  return out;
}

const std::string zsh_helpers = R"(
_backplan_list() { compset -P '*,'; compadd -S '' -- "$@" }
_backplan_pair() { if compset -P '*='; then compadd -- "$@"; else compadd -S '=' -- "$@"; fi }
_backplan_key() { compset -P '*=' || compadd -S '=' -- "$@" }
)";

// ---- fish

std::string fish_quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

std::string fish_value(const Completion& completion) {
  const std::string words = list_of(completion.words);
  switch (completion.kind) {
    case Kind::none:
      return "-x";
    case Kind::file:
      return "-r -F";
    case Kind::folder:
      return "-x -a '(__fish_complete_directories)'";
    case Kind::word:
      return "-x -a '" + words + "'";
    case Kind::list:
      return "-x -a '(__backplan_list " + words + ")'";
    case Kind::pair:
      return "-x -a '(__backplan_pair " + words + ")'";
    case Kind::key:
      return "-x -a '(__backplan_key " + words + ")'";
  }
  return "";
}

std::string fish_lines(const std::string& condition, const std::vector<Argument>& arguments,
                       const Values& values) {
  std::string out;
  for (const Argument& each : arguments) {
    out += "complete -c backplan" + condition;
    for (const std::string& flag : each.flags) {
      const bool is_long = flag.starts_with("--");
      out += (is_long ? " -l " : " -s ") + flag.substr(is_long ? 2 : 1);
    }
    std::string value = each.value.empty() ? "" : fish_value(values.at(each.value));
    if (each.flags.empty()) value = value.substr(value.find(' ') + 1);  // no flag that -x or -r is about
    out += (value.empty() ? "" : " " + value) + " -d " + fish_quoted(each.text) + "\n";
  }
  return out;
}

const std::string fish_helpers = R"(
function __backplan_typed
    string replace -r -- '^--[^=]*=' '' (commandline -ct)
end
function __backplan_list
    set -l head (string match -r -- '^.*,' (__backplan_typed))
    printf '%s\n' "$head"$argv
end
function __backplan_pair
    set -l head (string match -r -- '^[^=]*=' (__backplan_typed))
    if test -n "$head"
        printf '%s\n' "$head"$argv
    else
        printf '%s\n' $argv=
    end
end
function __backplan_key
    printf '%s\n' $argv=
end
complete -c backplan -f
)";

}  // namespace

std::string bash(const Definition& definition, const Values& values) {
  const std::string general = flags_of(definition.arguments);
  BashCases cases;
  for (const Command& command : definition.commands) add_cases(command.name, command, general, cases);
  return "# bash " + made +
         fmt::format(
             "\n# The commands that can follow a command, or that can come first.\n"
             "_backplan_commands() {{\n  case $1 in\n    '') echo '{}' ;;\n{}  esac\n}}\n"
             "\n_backplan_flags() {{\n  case $1 in\n{}    *) echo '{}' ;;\n  esac\n}}\n"
             "\n# What a flag of a command takes, or the command itself when there is no flag.\n"
             "_backplan_value() {{\n  case \"$1 $2\" in\n{}{}  esac\n}}\n"
             "\n_backplan_kind() {{\n  case $1 in\n{}  esac\n}}\n",
             names_of(definition.commands), cases.inner, cases.flags, general, cases.values,
             bash_values("*", definition.arguments), bash_words(values)) +
         bash_function;
}

namespace {

/// A list of commands and what each takes; a command with others in it has the same within its case.
std::string zsh_level(const std::string& general, const std::vector<Argument>& own,
                      const std::vector<Command>& commands, const Values& values, const std::string& margin) {
  std::string names;
  std::string cases;
  for (const Command& command : commands) {
    names += " " + quoted(command.name + ":" + zsh_text(command.text));
    cases += margin + "      " + command.name + ")";
    cases += command.commands.empty()
                 ? fmt::format(" _arguments -s{}{} ;;\n", general, zsh_specs(command.arguments, values))
                 : "\n" + zsh_level(general, command.arguments, command.commands, values, margin + "      ") +
                       margin + "      ;;\n";
  }
  return fmt::format(
      "{0}  commands=({1} )\n"
      "{0}  _arguments -C{2}{3} \\\n{0}      '1:command:->command' '*::argument:->argument' && return\n"
      "{0}  case $state in\n{0}    command) _describe command commands ;;\n"
      "{0}    argument)\n{0}      case $words[1] in\n{4}{0}      esac ;;\n{0}  esac\n",
      margin, names, general, zsh_specs(own, values), cases);
}

}  // namespace

std::string zsh(const Definition& definition, const Values& values) {
  const std::string general = zsh_specs(definition.arguments, values);
  return "#compdef backplan\n# zsh " + made + zsh_helpers +
         "\n_backplan() {\n  local curcontext=$curcontext state line\n  local -A opt_args\n"
         "  local -a commands\n" +
         zsh_level(general, {}, definition.commands, values, "") +
         // Autoloaded, the file itself is the function; sourced, it registers it.
         "}\n\nif [[ $funcstack[1] == _backplan ]]; then _backplan \"$@\"; "
         "else compdef _backplan backplan; fi\n";
}

namespace {

/// A command, its flags, and those within it; `condition` says where its name can stand.
std::string fish_command(const Command& command, const std::string& condition, const std::string& seen,
                         const Values& values) {
  std::string out = fmt::format("complete -c backplan -n '{}' -a {} -d {}\n", condition, command.name,
                                fish_quoted(command.text));
  const std::string within =
      (seen.empty() ? "" : seen + "; and ") + "__fish_seen_subcommand_from " + command.name;
  const std::string before_inner =
      command.commands.empty()
          ? within
          : within + "; and not __fish_seen_subcommand_from " + names_of(command.commands);
  out += fish_lines(" -n '" + before_inner + "'", command.arguments, values);
  for (const Command& inner : command.commands) out += fish_command(inner, before_inner, within, values);
  return out;
}

}  // namespace

std::string fish(const Definition& definition, const Values& values) {
  std::string out = "# fish " + made + fish_helpers + fish_lines("", definition.arguments, values);
  for (const Command& command : definition.commands) {
    out += fish_command(command, "__fish_use_subcommand", "", values);
  }
  return out;
}

}  // namespace backplan::manual
