// The manual page in mdoc, as mandoc and groff read it.

#include <algorithm>
#include <cctype>
#include <sstream>

#include "cli/help.hpp"
#include "manual/definition.hpp"

namespace backplan::manual {
namespace {

constexpr std::size_t longest_line = 76;  // mandoc's lint wants 80 at most

/// A word of text that no formatter takes for anything else. A bare '-' would become a hyphen that
/// cannot be copied into a shell.
std::string escaped(const std::string& word) {
  std::string out;
  for (const char c : word) {
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out += c;
    }
  }
  return out;
}

/// At the start of a line these would be a request.
std::string line_of(const std::string& text) {
  return (text.starts_with('.') || text.starts_with('\'') ? "\\&" : "") + text + "\n";
}

/// Running text: short lines, a new one after each sentence.
std::string prose(const std::string& text) {
  std::istringstream words(text);
  std::string out;
  std::string line;
  for (std::string word; words >> word;) {
    const bool ends = !line.empty() && std::string_view(".!?").find(line.back()) != std::string_view::npos;
    if (ends || line.size() + word.size() > longest_line) {
      out += line_of(line);
      line.clear();
    }
    line += (line.empty() ? "" : " ") + escaped(word);
  }
  return line.empty() ? out : out + line_of(line);
}

/// Lines that keep their form; the indentation comes from the page.
std::string display(const std::string& lines) {
  std::istringstream in(lines);
  std::string out = ".Bd -literal -offset indent -compact\n";
  for (std::string line; std::getline(in, line);) {
    out += line_of(escaped(line.starts_with("  ") ? line.substr(2) : line));
  }
  return out + ".Ed\n";
}

/// "Fl m , Fl \-minutes Ar MINUTES", or "Ar FILE".
std::string heading(const Argument& argument) {
  std::string out;
  for (const std::string& flag : argument.flags) {
    out += (out.empty() ? "Fl " : " , Fl ") + escaped(flag.substr(1));
  }
  if (!argument.value.empty()) out += (out.empty() ? "Ar " : " Ar ") + escaped(argument.value);
  return out;
}

std::string list_of(const std::vector<Argument>& arguments) {
  if (arguments.empty()) return "";
  std::string out = ".Bl -tag -width Ds\n";
  for (const Argument& argument : arguments) {
    out += ".It " + heading(argument) + "\n" + prose(argument.text);
  }
  return out + ".El\n";
}

bool is_help(const Argument& argument) {
  return std::ranges::find(argument.flags, "--help") != argument.flags.end();
}

/// Words without a flag first; --help is told once for all.
std::vector<Argument> in_order(const Command& command) {
  std::vector<Argument> out;
  std::ranges::remove_copy_if(command.arguments, std::back_inserter(out), is_help);
  std::ranges::stable_partition(out, [](const Argument& each) { return each.flags.empty(); });
  return out;
}

/// `name` is the whole, such as "log add"; so it is below.
std::string usage(const std::string& name, const Command& command) {
  std::string out = ".Nm\n.Cm " + name + "\n";
  const auto arguments = in_order(command);
  if (std::ranges::any_of(arguments, [](const Argument& each) { return !each.flags.empty(); })) {
    out += ".Op Ar options\n";
  }
  for (const Argument& each : arguments) {
    if (each.flags.empty()) out += (each.required ? ".Ar " : ".Op Ar ") + each.value + "\n";
  }
  for (const Command& inner : command.commands) out += usage(name + " " + inner.name, inner);
  return out;
}

std::string part(const std::string& name, const Command& command) {
  std::string out = ".Ss backplan " + name + "\n" + prose(command.text + ".") + list_of(in_order(command));
  for (const Command& inner : command.commands) out += part(name + " " + inner.name, inner);
  return out;
}

std::string section(const cli::Topic& topic) {
  const std::size_t end = topic.text.find('\n');
  std::string title = topic.name == "exit-codes" ? "exit status" : topic.text.substr(0, end);
  std::ranges::transform(title, title.begin(), [](unsigned char c) { return std::toupper(c); });
  if (const auto bracket = title.find(" ("); bracket != std::string::npos) title.resize(bracket);
  return ".Sh " + title + "\n" + display(topic.text.substr(end + 1));
}

/// The topics of `backplan help` in the order that manuals have: the usual sections first.
std::string sections() {
  const std::vector<std::string> usual{"environment", "files", "exit-codes"};
  std::string first;
  std::string rest;
  for (const std::string& name : usual) {
    for (const cli::Topic& topic : cli::topics()) {
      if (topic.name == name) first += section(topic);
    }
  }
  for (const cli::Topic& topic : cli::topics()) {
    if (std::ranges::find(usual, topic.name) == usual.end()) rest += section(topic);
  }
  return first + rest;
}

const std::string examples =
    ".Sh EXAMPLES\n"
    "Answer the questions and keep the result for a day:\n"
    ".Pp\n"
    ".Dl backplan screen \\-\\-save\n"
    ".Pp\n"
    "A routine of at most ten minutes, with a chair and a wall:\n"
    ".Pp\n"
    ".Dl backplan generate \\-\\-minutes 10 \\-\\-have chair,wall\n"
    ".Pp\n"
    "The same from a sheet of answers:\n"
    ".Bd -literal -offset indent\n"
    "backplan screen \\-\\-questions > me.yaml\n"
    "backplan generate \\-\\-minutes 10 \\-\\-answers me.yaml\n"
    ".Ed\n";

}  // namespace

std::string manual(const Definition& definition, const std::string& date) {
  std::string out = ".Dd " + date +
                    "\n.Dt BACKPLAN 1\n.Os\n"
                    ".Sh NAME\n.Nm backplan\n"
                    ".Nd screen for warning signs and plan a routine for a stiff upper back\n"
                    ".Sh SYNOPSIS\n";
  for (const Command& command : definition.commands) out += usage(command.name, command);
  out += ".Sh DESCRIPTION\n" + prose(definition.text) +
         "It is no diagnosis.\nIn an emergency call your emergency number.\n"
         ".Pp\nEvery command takes these:\n" +
         list_of(definition.arguments);
  for (const Command& command : definition.commands) out += part(command.name, command);
  return out + sections() + examples;
}

}  // namespace backplan::manual
