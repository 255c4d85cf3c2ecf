#include "cli/command_line.hpp"

namespace backplan::cli {
namespace {

CLI::Option* repeated(CLI::App& command, const std::string& flag, const std::string& value,
                      std::vector<std::string>& words, const std::string& what) {
  // One value for each flag: the next word may be something else.
  return command.add_option(flag, words, what)
      ->type_name(value)
      ->expected(1)
      ->take_all()
      ->allow_extra_args(false);
}

void add_print(CLI::App& command, PrintOptions& print) {
  command.add_option("-f,--format", print.format, "text, yaml, json or md")->type_name("FORMAT");
  command.add_option("-o,--output", print.file, "write to this file instead of standard output")
      ->type_name("FILE");
  command.add_flag("--force", print.force, "let -o replace a file that backplan did not write");
  command.add_option("--width", print.width, "columns of text, 40 to 200 (80)")
      ->type_name("COLUMNS");
}

void add_answers(CLI::App& command, AnswerOptions& answers) {
  command
      .add_option("-a,--answers", answers.file,
                  "an answer sheet, YAML or JSON; - for standard input")
      ->type_name("FILE");
  repeated(command, "--answer", "ID=VALUE", answers.answers,
           "one answer; it lands in the shell's history, --answers - does not");
  command.add_flag("--no-input", answers.no_input, "never ask; without answers exit 13");
}

void add_library(CLI::App& app, LibraryOptions& library) {
  repeated(app, "--routines", "FOLDER", library.routines,
           "a folder of further rules and techniques");
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
  command.add_flag("--accessible", options.accessible, "plain prompts; they always are");
  command.final_callback([&request] {
    request.run = [&request] { return screen(request.screen, load_library(request.library)); };
  });
}

void add_generate(CLI::App& app, Request& request) {
  CLI::App& command =
      *app.add_subcommand("generate", "make a routine for the answers and the time");
  GenerateOptions& options = request.generate;
  command.add_option("-m,--minutes", options.minutes, "a ceiling: 1 to 60, or 8m, or 90s (10)")
      ->type_name("MINUTES");
  add_answers(command, options.answers);
  command
      .add_option("-s,--screening", options.screening,
                  "what screen -f yaml or json wrote; - for standard input")
      ->type_name("FILE");
  CLI::Option* have =
      repeated(command, "--have", "EQUIPMENT,...", options.have, "equipment at hand; or none");
  command.add_option("--place", options.place, "office, home, bed or floor")->type_name("PLACE");
  repeated(command, "--position", "POSITION,...", options.positions, "only these positions");
  repeated(command, "--phase", "PHASE,...", options.phases, "only these phases");
  repeated(command, "--avoid", "MOVEMENT,...", options.avoid,
           "demands, directions or movement classes to leave out");
  repeated(command, "--include", "TECHNIQUE,...", options.include,
           "techniques that must enter, where nothing forbids them");
  repeated(command, "--exclude", "TECHNIQUE,...", options.exclude, "techniques to leave out");
  repeated(command, "--swap", "OLD=NEW", options.swap, "the second takes the place of the first");
  command.add_option("--intensity", options.intensity, "gentle or normal (gentle)")
      ->type_name("INTENSITY");
  command.add_flag("--no-release", options.no_release, "no massage or pressure on tight spots");
  command
      .add_option("--seed", options.seed, "vary the choice; the same number gives the same plan")
      ->type_name("NUMBER");
  command.add_flag("--vary", options.vary, "a seed from today's date");
  command.add_flag("--brief", options.brief, "one line a step");
  add_print(command, options.print);
  command.add_flag("-q,--quiet", options.print.quiet, "no notes");
  command.final_callback([&request, have] {
    request.generate.have_given = have->count() > 0;
    request.run = [&request] { return generate(request.generate, load_library(request.library)); };
  });
}

void add_list(CLI::App& app, Request& request) {
  CLI::App& command = *app.add_subcommand("list", "techniques, rules, questions, equipment");
  ListOptions& options = request.list;
  command.add_option("query", options.query, "a part of an id, name or alias")->type_name("WORD");
  command.add_flag("--rules", options.rules, "the rules and their levels");
  command.add_flag("--questions", options.questions, "the questions");
  command.add_flag("--equipment", options.equipment, "what --have can name");
  command.add_flag("--demands", options.demands, "what techniques ask of a body");
  command.add_option("--phase", options.phase, "only techniques of this phase")->type_name("PHASE");
  repeated(command, "--have", "EQUIPMENT,...", options.have,
           "only techniques that need nothing else");
  command.add_flag("--origin", options.origin, "say where each technique comes from");
  add_print(command, options.print);
  command.final_callback([&request] {
    request.run = [&request] { return list(request.list, load_library(request.library)); };
  });
}

void add_show(CLI::App& app, Request& request) {
  CLI::App& command = *app.add_subcommand("show", "one technique, rule or question in full");
  command.add_option("name", request.show.name, "an id, or an alias of a technique")
      ->type_name("NAME")
      ->required();
  command.add_option("--width", request.show.print.width, "columns of text, 40 to 200 (80)")
      ->type_name("COLUMNS");
  command.final_callback([&request] {
    request.run = [&request] { return show(request.show, load_library(request.library)); };
  });
}

void add_plan_commands(CLI::App& app, Request& request) {
  CLI::App& why = *app.add_subcommand("explain", "why each step of a saved plan is in, others out");
  why.add_option("plan", request.explain.name, "a plan as yaml or json; - for standard input")
      ->type_name("FILE")
      ->required();
  why.add_option("--width", request.explain.print.width, "columns of text, 40 to 200 (80)")
      ->type_name("COLUMNS");
  why.final_callback([&request] { request.run = [&request] { return explain(request.explain); }; });

  CLI::App& again = *app.add_subcommand("render", "a saved plan in another format");
  again.add_option("plan", request.render.name, "a plan as yaml or json; - for standard input")
      ->type_name("FILE")
      ->required();
  add_print(again, request.render.print);
  again.final_callback([&request] {
    request.run = [&request] { return render(request.render, load_library(request.library)); };
  });
}

void add_validate(CLI::App& app, Request& request) {
  CLI::App& command =
      *app.add_subcommand("validate", "check files; name every mistake with its place");
  command
      .add_option("path", request.validate.paths,
                  "files or folders, - for standard input; without: the library in use")
      ->type_name("FILE");
  command.final_callback([&request] {
    request.run = [&request] { return validate(request.validate, request.library); };
  });
}

const std::string footer =
    "Examples:\n"
    "  backplan screen                              answer the questions\n"
    "  backplan generate --minutes 10 -a me.yaml    a routine of at most ten minutes\n"
    "It is no diagnosis. In an emergency call your emergency number.";

}  // namespace

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
  command
      .add_option("topic", request.topic,
                  "exit-codes, formats, safety, files, environment, accessibility")
      ->type_name("TOPIC");
  command.final_callback([&app, &request] {
    request.run = [&app, &request] { return help(request.topic, app.help()); };
  });
}

}  // namespace backplan::cli
