#include <CLI/CLI.hpp>
#include <algorithm>
#include <optional>

#include "cli/command_line.hpp"
#include "cli/output.hpp"

namespace backplan::cli {
namespace {

/// The names that a word of the command line can have at this place.
std::vector<std::string> known_flags(const CLI::App& app) {
  std::vector<std::string> names;
  const auto add = [&names](const CLI::App& each) {
    for (const CLI::Option* option : each.get_options()) {
      for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    }
  };
  add(app);
  for (const CLI::App* command : app.get_subcommands()) add(*command);
  return names;
}

/// What was probably meant by the words that CLI11 did not expect.
std::string suggestion(const CLI::App& app, const std::vector<std::string>& words) {
  const std::vector<std::string> flags = known_flags(app);
  for (const std::string& word : words) {
    if (!word.starts_with("--")) continue;
    const std::string flag = word.substr(0, word.find('='));
    if (std::ranges::find(flags, flag) == flags.end()) return did_you_mean(flag, flags);
  }
  if (!app.get_subcommands().empty()) return "";
  std::vector<std::string> commands;
  for (const CLI::App* command : app.get_subcommands({})) commands.push_back(command->get_name());
  for (const std::string& word : words) {
    if (!word.starts_with("-")) return did_you_mean(word, commands);
  }
  return "";
}

/// What CLI11 says, with at most a part of each word.
std::string in_short(std::string message, const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    const auto at = message.find(word);
    if (at != std::string::npos) message.replace(at, word.size(), shortened(word));
  }
  return message;
}

/// The help of the command that was named, or of the whole.
std::string help_text(const CLI::App& app) {
  const CLI::App* named = &app;
  std::string before;
  while (!named->get_subcommands().empty()) {
    before += (before.empty() ? "" : " ") + named->get_name();
    named = named->get_subcommands().front();
  }
  return named->help(before);
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
    print(help_text(app));
    return done;
  } catch (const CLI::CallForVersion&) {
    print("backplan " + std::string(version()) + "\n");
    return done;
  } catch (const CLI::ParseError& error) {
    throw UsageError(in_short(error.what(), words) + suggestion(app, words));
  }
  if (!request.run) throw UsageError("name a command" + suggestion(app, words));
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
