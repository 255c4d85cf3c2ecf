#include <CLI/CLI.hpp>

#include <algorithm>
#include <functional>

#include "cli/commands.hpp"
#include "cli/output.hpp"

namespace backplan::cli {
namespace {

/// Everything that the command line can set, and which command was asked for.
struct Request {
  LibraryOptions library;
  ScreenOptions screen;
  GenerateOptions generate;
  ListOptions list;
  NameOptions show;
  NameOptions explain;
  NameOptions render;
  ValidateOptions validate;
  std::string topic;
  std::function<ExitCode()> run;
};

CLI::Option* repeated(CLI::App& command, const std::string& flag, std::vector<std::string>& words,
                      const std::string& what) {
  // One value for each flag: the next word may be something else.
  return command.add_option(flag, words, what)->expected(1)->take_all()->allow_extra_args(false);
}

void add_print(CLI::App& command, PrintOptions& print) {
  command.add_option("-f,--format", print.format, "text, yaml, json or md");
  command.add_option("-o,--output", print.file, "write to this file instead of standard output");
  command.add_flag("--force", print.force, "let -o replace a file that backplan did not write");
  command.add_option("--width", print.width, "columns of text, 40 to 200 (80)");
}

void add_answers(CLI::App& command, AnswerOptions& answers) {
  command.add_option("-a,--answers", answers.file, "an answer sheet, YAML or JSON; - for standard input");
  repeated(command, "--answer", answers.answers,
           "ID=VALUE, one answer; it lands in the shell's history, --answers - does not");
  command.add_flag("--no-input", answers.no_input, "never ask; without answers exit 13");
}

/// The option that says that a batch is wanted; its file may be left out.
CLI::Option* add_batch(CLI::App& command, BatchOptions& batch) {
  command.add_option("--jobs", batch.jobs, "of a batch: threads, 1 to 64 (1)");
  return command
      .add_option("--batch", batch.file, "many answer sheets, JSON, one a line; a file, or standard input")
      ->expected(0, 1);
}

void add_library(CLI::App& app, LibraryOptions& library) {
  repeated(app, "--routines", library.routines, "a folder of further rules and techniques");
  app.add_flag("--no-user-routines", library.no_user_routines,
               "leave out the rules and techniques of your own and of the site");
}

void add_screen(CLI::App& app, Request& request) {
  CLI::App& command = *app.add_subcommand("screen", "ask about warning signs, or read the answers");
  ScreenOptions& options = request.screen;
  add_answers(command, options.answers);
  add_print(command, options.print);
  command.add_flag("-q,--quiet", options.print.quiet, "print nothing; the exit code tells");
  command.add_flag("--questions", options.questions, "print an answer sheet to fill in");
  command.add_flag("--save", options.save, "keep the result for generate, for 24 hours");
  CLI::Option* batch = add_batch(command, options.batch);
  command.add_flag("--levels", options.levels, "of a batch: the levels without the rules that hold");
  command.add_flag("--accessible", options.accessible, "plain prompts; they always are");
  command.final_callback([&request, batch] {
    request.screen.batch.wanted = batch->count() > 0;
    request.run = [&request] { return screen(request.screen, load_library(request.library)); };
  });
}

void add_generate(CLI::App& app, Request& request) {
  CLI::App& command = *app.add_subcommand("generate", "make a routine for the answers and the time");
  GenerateOptions& options = request.generate;
  command.add_option("-m,--minutes", options.minutes, "a ceiling: 1 to 60, or 8m, or 90s (10)");
  add_answers(command, options.answers);
  command.add_option("-s,--screening", options.screening,
                     "what screen -f yaml or json wrote; - for standard input");
  CLI::Option* have = repeated(command, "--have", options.have, "equipment at hand, with commas; or none");
  command.add_option("--place", options.place, "office, home, bed or floor");
  repeated(command, "--position", options.positions, "only these positions");
  repeated(command, "--phase", options.phases, "only these phases");
  repeated(command, "--avoid", options.avoid, "demands, directions or movement classes to leave out");
  repeated(command, "--include", options.include, "techniques that must enter, where nothing forbids them");
  repeated(command, "--exclude", options.exclude, "techniques to leave out");
  repeated(command, "--swap", options.swap, "OLD=NEW, the second takes the place of the first");
  command.add_option("--intensity", options.intensity, "gentle or normal (gentle)");
  command.add_flag("--no-release", options.no_release, "no massage or pressure on tight spots");
  command.add_option("--seed", options.seed, "vary the choice; the same number gives the same plan");
  command.add_flag("--vary", options.vary, "a seed from today's date");
  CLI::Option* batch = add_batch(command, options.batch);
  command.add_flag("--brief", options.brief, "one line a step");
  add_print(command, options.print);
  command.add_flag("-q,--quiet", options.print.quiet, "no notes");
  command.final_callback([&request, have, batch] {
    request.generate.batch.wanted = batch->count() > 0;
    request.generate.have_given = have->count() > 0;
    request.run = [&request] { return generate(request.generate, load_library(request.library)); };
  });
}

void add_list(CLI::App& app, Request& request) {
  CLI::App& command = *app.add_subcommand("list", "techniques, rules, questions, equipment");
  ListOptions& options = request.list;
  command.add_option("query", options.query, "a part of an id, name or alias");
  command.add_flag("--rules", options.rules, "the rules and their levels");
  command.add_flag("--questions", options.questions, "the questions");
  command.add_flag("--equipment", options.equipment, "what --have can name");
  command.add_flag("--demands", options.demands, "what techniques ask of a body");
  command.add_option("--phase", options.phase, "only techniques of this phase");
  repeated(command, "--have", options.have, "only techniques that need nothing else");
  command.add_flag("--origin", options.origin, "say where each technique comes from");
  add_print(command, options.print);
  command.final_callback([&request] {
    request.run = [&request] { return list(request.list, load_library(request.library)); };
  });
}

void add_show(CLI::App& app, Request& request) {
  CLI::App& command = *app.add_subcommand("show", "one technique, rule or question in full");
  command.add_option("name", request.show.name, "an id, or an alias of a technique")->required();
  command.add_option("--width", request.show.print.width, "columns of text, 40 to 200 (80)");
  command.final_callback([&request] {
    request.run = [&request] { return show(request.show, load_library(request.library)); };
  });
}

void add_plan_commands(CLI::App& app, Request& request) {
  CLI::App& why = *app.add_subcommand("explain", "why each step of a saved plan is in, others out");
  why.add_option("plan", request.explain.name, "a plan as yaml or json; - for standard input")->required();
  why.add_option("--width", request.explain.print.width, "columns of text, 40 to 200 (80)");
  why.final_callback([&request] { request.run = [&request] { return explain(request.explain); }; });

  CLI::App& again = *app.add_subcommand("render", "a saved plan in another format");
  again.add_option("plan", request.render.name, "a plan as yaml or json; - for standard input")->required();
  add_print(again, request.render.print);
  again.final_callback([&request] {
    request.run = [&request] { return render(request.render, load_library(request.library)); };
  });
}

void add_validate(CLI::App& app, Request& request) {
  CLI::App& command = *app.add_subcommand("validate", "check files; name every mistake with its place");
  command.add_option("path", request.validate.paths,
                     "files or folders, - for standard input; without: the library in use");
  command.final_callback([&request] {
    request.run = [&request] { return validate(request.validate, request.library); };
  });
}

const std::string footer =
    "Examples:\n"
    "  backplan screen                              answer the questions\n"
    "  backplan generate --minutes 10 -a me.yaml    a routine of at most ten minutes\n"
    "It is no diagnosis. In an emergency call your emergency number.";

void add_commands(CLI::App& app, Request& request) {
  app.name("backplan");
  app.description("Screens for warning signs and plans a routine for a stiff upper back.");
  app.footer(footer);
  app.set_version_flag("--version", "backplan " + std::string(version()));
  app.fallthrough();
  add_library(app, request.library);
  add_screen(app, request);
  add_generate(app, request);
  add_list(app, request);
  add_show(app, request);
  add_plan_commands(app, request);
  add_validate(app, request);
  CLI::App& command = *app.add_subcommand("help", "help on a topic");
  command.add_option("topic", request.topic, "exit-codes, formats, safety, files, environment, accessibility");
  command.final_callback([&app, &request] {
    request.run = [&app, &request] { return help(request.topic, app.help()); };
  });
}

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

/// The help of the command that was named, or of the whole.
std::string help_text(const CLI::App& app) {
  const auto commands = app.get_subcommands();
  return commands.empty() ? app.help() : commands.front()->help("backplan");
}

ExitCode run(const std::vector<std::string>& words) {
  CLI::App app;
  Request request;
  add_commands(app, request);
  if (words.empty()) {
    tell(app.help());
    return wrong_usage;
  }
  try {
    app.parse(std::vector<std::string>(words.rbegin(), words.rend()));  // CLI11 takes them from the back
  } catch (const CLI::CallForHelp&) {
    print(help_text(app));
    return done;
  } catch (const CLI::CallForVersion&) {
    print("backplan " + std::string(version()) + "\n");
    return done;
  } catch (const CLI::ParseError& error) {
    throw UsageError(std::string(error.what()) + suggestion(app, words));
  }
  if (!request.run) throw UsageError("name a command" + suggestion(app, words));
  return request.run();
}

ExitCode fail(ExitCode code, const std::string& message) {
  tell("backplan: " + shown(message) + "\n");
  return code;
}

/// The one place where errors end.
ExitCode guarded(const std::vector<std::string>& words) {
  try {
    return run(words);
  } catch (const UsageError& error) {
    return fail(wrong_usage, std::string(error.what()) + "\n  more: backplan --help");
  } catch (const UnknownName& error) {
    return fail(unknown_name, error.what());
  } catch (const InputError& error) {
    for (const Diagnostic& mistake : error.diagnostics()) {
      tell("backplan: " + shown(to_string(mistake)) + "\n");
    }
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
