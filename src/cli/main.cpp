#include <CLI/CLI.hpp>
#include <algorithm>
#include <optional>

#include "cli/command_line.hpp"
#include "cli/flag_rules.hpp"
#include "cli/output.hpp"

namespace backplan::cli {
namespace {

/// The command that was named last, such as `on` of `log on`, or the whole.
const CLI::App& named(const CLI::App& app) {
  const auto commands = app.get_subcommands();
  return commands.empty() ? app : named(*commands.front());
}

/// The flags that can stand behind a command.
std::vector<std::string> known_flags(const CLI::App* command) {
  std::vector<std::string> names;
  for (; command; command = command->get_parent()) {
    for (const CLI::Option* option : command->get_options()) {
      for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    }
  }
  return names;
}

/// What was probably meant by a word that CLI11 did not expect.
std::string suggestion(const CLI::App& command, const std::string& word) {
  if (word.starts_with("--")) return did_you_mean(word.substr(0, word.find('=')), known_flags(&command));
  std::vector<std::string> names;
  for (const CLI::App* each : command.get_subcommands({})) names.push_back(each->get_name());
  const auto all = command_names();
  const bool second = command.get_parent() && std::ranges::find(all, word) != all.end();
  return second ? "; it is a second command, and one line runs one" : did_you_mean(word, names);
}

/// What CLI11 says, with at most a part of each word.
std::string in_short(std::string message, const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    const auto at = message.find(word);
    if (at != std::string::npos) message.replace(at, word.size(), shortened(word));
  }
  return message;
}

/// What is wrong with the words; CLI11 would name those that it did not expect from the back.
std::string complaint(const CLI::App& app, const CLI::ParseError& error,
                      const std::vector<std::string>& words) {
  const auto unexpected = app.remaining(true);
  if (unexpected.empty()) return in_short(error.what(), words);
  std::string line = unexpected.size() == 1 ? "The following argument was not expected:"
                                            : "The following arguments were not expected:";
  for (const std::string& word : unexpected) line += " " + shortened(word);
  return line + suggestion(named(app), unexpected.front());
}

/// CLI11 takes the words from the back.
void parse(CLI::App& app, const std::vector<std::string>& words) {
  app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
}

/// Runs `words` when they are as they should be. To define all commands takes longer than most of them
/// run, so only those are that the words can mean; nothing: another look, with all of them.
std::optional<ExitCode> run_named(const std::vector<std::string>& words) {
  CLI::App app;
  Request request;
  add_commands(app, request, words);
  try {
    parse(app, words);
  } catch (const CLI::ParseError&) {
    return std::nullopt;
  }
  if (!request.run) return std::nullopt;
  check_flags(app);
  return request.run();
}

ExitCode run(const std::vector<std::string>& words) {
  if (const auto code = run_named(words)) return *code;
  CLI::App app;
  Request request;
  add_commands(app, request);
  if (words.empty()) {
    tell(app.help());
    return wrong_usage;
  }
  try {
    parse(app, words);
  } catch (const CLI::CallForHelp&) {
    print(app.help());
    return done;
  } catch (const CLI::CallForVersion&) {
    print("backplan " + std::string(version()) + "\n");
    return done;
  } catch (const CLI::ParseError& error) {
    throw UsageError(complaint(app, error, words));
  }
  if (!request.run) throw UsageError("name a command");
  check_flags(app);
  return request.run();
}

ExitCode fail(ExitCode code, const std::string& message, const std::string& more = "") {
  tell("backplan: " + spelt_out(message) + more + "\n");
  return code;
}

/// The one place where errors end.
ExitCode guarded(const std::vector<std::string>& words) {
  try {
    return run(words);
  } catch (const UsageError& error) {
    return fail(wrong_usage, error.what(), "\n  more: backplan --help");
  } catch (const UnknownName& error) {
    return fail(unknown_name, error.what());
  } catch (const InputError& error) {
    for (const Diagnostic& mistake : error.diagnostics()) fail(bad_data, to_string(mistake));
    return bad_data;
  } catch (const ReadError& error) {
    return fail(cannot_read_or_write, error.what());
  } catch (const WriteError& error) {
    return fail(cannot_read_or_write, error.what());
  } catch (const std::bad_alloc&) {
    return fail(cannot_read_or_write, "out of memory");
  } catch (const std::exception& error) {  // a library's own; nobody's plan ends in a crash
    return fail(cannot_read_or_write, error.what());
  }
}

}  // namespace
}  // namespace backplan::cli

int main(int argc, char** argv) {
  backplan::cli::prepare_streams();
  return backplan::cli::guarded(std::vector<std::string>(argv + std::min(argc, 1), argv + argc));
}
