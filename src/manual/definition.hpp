#pragma once

#include <map>
#include <string>
#include <vector>

#include "backplan/catalog.hpp"

namespace CLI {
class App;
}

namespace backplan::manual {

// The command line as plain values, for the manual and the completion scripts.

/// A flag, or a word without a flag.
struct Argument {
  std::vector<std::string> flags;  ///< "-m", "--minutes"; none for a word without a flag
  std::string value;               ///< "FILE", "PHASE,..." for a list with commas; "" for a switch
  std::string text;                ///< what it does
  bool required = false;
};

struct Command {
  std::string name;
  std::string text;
  std::vector<Argument> arguments;
  std::vector<Command> commands;  ///< "on" of "log"
};

struct Definition {
  std::string text;
  std::vector<Argument> arguments;  ///< which every command takes
  std::vector<Command> commands;
};

/// How a shell completes a value.
struct Completion {
  enum class Kind {
    none,  ///< it cannot know, as of a number
    file,
    folder,
    word,  ///< one of `words`
    list,  ///< some of `words`, with commas
    pair,  ///< one of `words`, '=', and again one of `words`
    key,   ///< one of `words`, '=', and what cannot be known
  };
  Kind kind = Kind::none;
  std::vector<std::string> words;
};

Definition define(const CLI::App& app);

/// By the value's name, as in `Argument::value`. Throws std::logic_error for a name that it does
/// not know: a new value must say here how it is completed.
std::map<std::string, Completion> completions(const Definition& definition, const Catalog& catalog);

/// backplan.1, in mdoc. `date` is as .Dd takes it: "November 21, 2026".
std::string manual(const Definition& definition, const std::string& date);

std::string bash(const Definition& definition, const std::map<std::string, Completion>& values);
std::string zsh(const Definition& definition, const std::map<std::string, Completion>& values);
std::string fish(const Definition& definition, const std::map<std::string, Completion>& values);

}  // namespace backplan::manual
