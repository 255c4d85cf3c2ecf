#include "cli/command_line.hpp"

#include <algorithm>
#include <memory>

#include "cli/help.hpp"

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

/// A value that is wrong is an error also where it would not be looked at; `parse` throws UsageError.
template <class Parse>
CLI::Option* checked(CLI::Option* option, Parse parse) {
  return option->check([parse](const std::string& value) {
    parse(value);
    return std::string();
  });
}

void add_width(CLI::App& command, PrintOptions& print, const std::string& what) {
  checked(command.add_option("--width", print.width, what)->type_name("COLUMNS"), parse_width);
}

void add_layout(CLI::App& command, PrintOptions& print) {
  add_width(command, print, "columns of text, 40 to 200 (the terminal's, or 80)");
  checked(command.add_option("--color", print.color, "auto, always or never (auto)")->type_name("WHEN"),
          parse_color);
}

void add_file(CLI::App& command, PrintOptions& print) {
  command.add_option("-o,--output", print.file, "write to this file instead of standard output")
      ->type_name("FILE");
  command.add_flag("--force", print.force, "let -o replace a file that is not backplan's own");
}

void add_print(CLI::App& command, PrintOptions& print) {
  command.add_option("-f,--format", print.format, "text, yaml, json or md")->type_name("FORMAT");
  add_file(command, print);
  add_layout(command, print);
}

/// A plan can also be put into a calendar.
void add_print_plan(CLI::App& command, PrintOptions& print, CalendarOptions& calendar) {
  command.add_option("-f,--format", print.format, "text, yaml, json, md or ics")->type_name("PLAN-FORMAT");
  add_file(command, print);
  add_layout(command, print);
  command.add_option("--at", calendar.at, "for -f ics: the time of day, such as 10:30")->type_name("TIME");
  command
      .add_option("--repeat", calendar.repeat, "for -f ics: none, or daily or weekdays for two weeks (none)")
      ->type_name("REPEAT");
  command.add_option("--from", calendar.from, "for -f ics: the first day, such as 2026-11-21 (today)")
      ->type_name("DAY");
  command.add_option("--zone", calendar.zone, "for -f ics: UTC, or a time zone such as Europe/Berlin (none)")
      ->type_name("ZONE");
}

/// The option that says that a batch is wanted; its file may be left out.
CLI::Option* add_batch(CLI::App& command, BatchOptions& batch) {
  command.add_option("--jobs", batch.jobs, "of a batch: threads, 1 to 64 (1)")->type_name("NUMBER");
  return command
      .add_option("--batch", batch.file, "many answer sheets, JSON, one a line; a file, or standard input")
      ->option_text("FILE")
      ->type_name("FILE")
      ->default_str("-")
      ->expected(0, 1);
}

void add_answers(CLI::App& command, AnswerOptions& answers) {
  command.add_option("-a,--answers", answers.file, "an answer sheet, YAML or JSON; - for standard input")
      ->type_name("FILE");
  repeated(command, "--answer", "ID=VALUE", answers.answers,
           "one answer; it lands in the shell's history, --answers - does not");
  command.add_flag("--no-input", answers.no_input, "never ask; without answers exit 13");
}

void add_library(CLI::App& app, LibraryOptions& library) {
  repeated(app, "--routines", "FOLDER", library.routines, "a folder of further rules and techniques");
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
  command.final_callback([&request, batch] {
    request.screen.batch.wanted = batch->count() > 0;
    request.run = [&request] {
      return screen(request.screen, load_library(request.library, builtin::Extent::screening));
    };
  });
}

void add_generate(CLI::App& app, Request& request) {
  CLI::App& command = *app.add_subcommand("generate", "make a routine for the answers and the time");
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
  command.add_option("--intensity", options.intensity, "gentle or normal (gentle)")->type_name("INTENSITY");
  command.add_option("--goal", options.goal, "mobility, relax or strength: more of that")->type_name("GOAL");
  command.add_flag("--no-release", options.no_release, "no massage or pressure on tight spots");
  command.add_option("--seed", options.seed, "vary among good plans; the same number gives the same plan")
      ->type_name("NUMBER");
  command.add_flag("--vary", options.vary, "a seed from today's date, instead of --seed");
  CLI::Option* batch = add_batch(command, options.batch);
  command.add_flag("--brief", options.print.brief, "one line a step, of text");
  command.add_flag("--no-log", options.no_log, "as if the log were off");
  add_print_plan(command, options.print, options.calendar);
  command.add_flag("-q,--quiet", options.print.quiet,
                   "no notes but those on a saved screening and on the log");
  command.final_callback([&request, have, batch] {
    request.generate.batch.wanted = batch->count() > 0;
    request.generate.have_given = have->count() > 0;
    request.run = [&request] {
      return generate(request.generate, load_library(request.library, builtin::Extent::planning));
    };
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
  repeated(command, "--have", "EQUIPMENT,...", options.have, "only techniques that need nothing else");
  command.add_flag("--origin", options.origin, "say where each technique comes from");
  command.add_option("-f,--format", options.print.format, "text, or of techniques yaml or json")
      ->type_name("LIST-FORMAT");
  add_file(command, options.print);
  add_layout(command, options.print);
  command.final_callback(
      [&request] { request.run = [&request] { return list(request.list, load_library(request.library)); }; });
}

void add_show(CLI::App& app, Request& request) {
  CLI::App& command = *app.add_subcommand("show", "one technique, rule or question in full");
  command.add_option("name", request.show.name, "an id, or an alias of a technique")
      ->type_name("NAME")
      ->required();
  add_layout(command, request.show.print);
  command.final_callback(
      [&request] { request.run = [&request] { return show(request.show, load_library(request.library)); }; });
}

void add_explain(CLI::App& app, Request& request) {
  CLI::App& why = *app.add_subcommand("explain", "why each step of a saved plan is in, others out");
  why.add_option("plan", request.explain.name, "a plan as yaml or json; - for standard input")
      ->type_name("FILE")
      ->required();
  add_layout(why, request.explain.print);
  why.final_callback([&request] { request.run = [&request] { return explain(request.explain); }; });
}

void add_render(CLI::App& app, Request& request) {
  CLI::App& again = *app.add_subcommand("render", "a saved plan in another format");
  again.add_option("plan", request.render.plan, "a plan as yaml or json; - for standard input")
      ->type_name("FILE")
      ->required();
  add_print_plan(again, request.render.print, request.render.calendar);
  again.final_callback([&request] {
    request.run = [&request] { return render(request.render, load_library(request.library)); };
  });
}

void add_run(CLI::App& app, Request& request) {
  CLI::App& command = *app.add_subcommand("run", "lead through a saved plan, step by step");
  RunOptions& options = request.session;
  command.add_option("plan", options.plan, "a plan as yaml or json; - for standard input")->type_name("FILE");
  command.add_flag("--accessible", options.accessible, "plain lines, nothing is redrawn");
  command.add_flag("--no-bell", options.no_bell, "no bell at the cues");
  command.add_flag("--say", options.say, "speak the cues, with spd-say or espeak-ng");
  command.add_option("--cue-cmd", options.cue_command, "a shell command to run at each cue")
      ->type_name("COMMAND");
  command.add_flag("--events", options.events, "the cues on standard output, a line of JSON each");
  command.add_option("--speed", options.speed, "1 to 1000 times as fast, to try it out (1)")
      ->type_name("NUMBER");
  add_layout(command, options.print);
  command.final_callback([&request] { request.run = [&request] { return run(request.session); }; });
}

void add_log_add(CLI::App& log, Request& request) {
  CLI::App& add = *log.add_subcommand("add", "record a session that ends now");
  LogAddOptions& options = request.log_add;
  add.add_option("plan", options.plan, "the plan that was done, as yaml or json; - for standard input")
      ->type_name("FILE");
  add.add_option("--minutes", options.minutes, "how long it took: 1 to 60, or 8m, or 90s")
      ->type_name("MINUTES");
  add.add_option("--before", options.before, "how stiff you were before, 0 to 10")->type_name("NUMBER");
  add.add_option("--after", options.after, "how stiff you were after, 0 to 10")->type_name("NUMBER");
  add.add_option("--note", options.note, "one line of your own; it lands in the shell's history")
      ->type_name("NOTE");
  add.add_flag("--stopped", options.stopped, "it was stopped early; with --minutes, after those");
  add.final_callback([&request] { request.run = [&request] { return log_add(request.log_add); }; });
}

void add_log(CLI::App& app, Request& request) {
  CLI::App& log = *app.add_subcommand("log", "sessions that you did; nothing is kept unless it is on");
  log.require_subcommand(0, 1);
  log.add_flag("--plot", request.log_list.plot, "draw the trend of your stiffness");
  add_width(log, request.log_list.print, "columns of text, 40 to 200 (80)");
  log.final_callback([&log, &request] {  // after that of on, off, add or export
    if (log.get_subcommands().empty()) request.run = [&request] { return log_list(request.log_list); };
  });
  log.add_subcommand("on", "record sessions from now on")->final_callback([&request] {
    request.run = log_on;
  });
  log.add_subcommand("off", "record no more; what was recorded stays")->final_callback([&request] {
    request.run = log_off;
  });
  add_log_add(log, request);
  CLI::App& out = *log.add_subcommand("export", "every session, for other programs");
  out.add_option("-f,--format", request.log_export.format, "csv or json (csv)")->type_name("LOG-FORMAT");
  add_file(out, request.log_export);
  out.final_callback([&request] { request.run = [&request] { return log_export(request.log_export); }; });
}

void add_forget(CLI::App& app, Request& request) {
  CLI::App& command = *app.add_subcommand("forget", "delete everything that backplan saved");
  command.add_flag("--yes", request.forget.yes, "do not ask");
  command.final_callback([&request] { request.run = [&request] { return forget(request.forget); }; });
}

void add_validate(CLI::App& app, Request& request) {
  CLI::App& command = *app.add_subcommand("validate", "check files; name every mistake with its place");
  command
      .add_option("path", request.validate.paths,
                  "files or folders, - for standard input; without: the library in use")
      ->type_name("FILE");
  command.final_callback(
      [&request] { request.run = [&request] { return validate(request.validate, request.library); }; });
}

const std::string footer =
    "Examples:\n"
    "  backplan screen                              answer the questions\n"
    "  backplan generate --minutes 10 -a me.yaml    a routine of at most ten minutes\n"
    "It is no diagnosis. In an emergency call your emergency number.";

std::string command_help(std::span<const std::string> names);

void add_help(CLI::App& app, Request& request) {
  CLI::App& command = *app.add_subcommand("help", "help on a command or a topic; it runs nothing");
  command
      .add_option("topic", request.topic,
                  "a command, or exit-codes, formats, safety, files, environment, accessibility")
      ->type_name("TOPIC");
  command.final_callback([&request] {
    request.run = [&request] { return help(request.topic, command_help(request.topic), command_names()); };
  });
}

struct Command {
  std::string_view name;
  void (*add)(CLI::App&, Request&);
};

constexpr Command commands[] = {
    {"screen", add_screen},   {"generate", add_generate}, {"list", add_list}, {"show", add_show},
    {"explain", add_explain}, {"render", add_render},     {"run", add_run},   {"validate", add_validate},
    {"log", add_log},         {"forget", add_forget},     {"help", add_help},
};

/// The help of CLI11 in lines that a terminal of 80 columns does not break.
struct Folding : CLI::Formatter {
  std::string make_help(const CLI::App* app, std::string name, CLI::AppFormatMode mode) const override {
    return folded(CLI::Formatter::make_help(app, std::move(name), mode));
  }
};

/// What holds for every command.
void add_general(CLI::App& app, Request& request) {
  app.name("backplan");
  app.formatter(std::make_shared<Folding>());
  app.description("Screens for warning signs and plans a routine for a stiff upper back.");
  app.footer(footer);
  app.set_version_flag("--version", "backplan " + std::string(version()));
  app.fallthrough();
  app.option_defaults()->take_last();  // of a flag with one value, so that an alias can be overridden
  app.require_subcommand(0, 1);        // the words after a command are its own, also when they name another
  add_library(app, request.library);
}

/// What --help prints for a command, such as `log on`, or for the whole; "" when there is no such command.
std::string command_help(std::span<const std::string> names) {
  CLI::App app;  // one of its own: the help of one that was parsed is that of `help`
  Request request;
  add_commands(app, request);
  const CLI::App* command = &app;
  std::string before;
  for (const std::string& name : names) {
    before += (before.empty() ? "" : " ") + command->get_name();
    const auto nested =
        command->get_subcommands([&](const CLI::App* each) { return each->get_name() == name; });
    if (nested.empty()) return "";
    command = nested.front();
  }
  return command->help(before);
}

}  // namespace

std::vector<std::string> command_names() {
  std::vector<std::string> names;
  for (const Command& command : commands) names.emplace_back(command.name);
  return names;
}

void add_commands(CLI::App& app, Request& request) {
  add_general(app, request);
  for (const Command& command : commands) command.add(app, request);
}

void add_commands(CLI::App& app, Request& request, std::span<const std::string> words) {
  add_general(app, request);
  const auto among = [words](std::string_view name) { return std::ranges::find(words, name) != words.end(); };
  if (among("help")) return;
  for (const Command& command : commands) {
    if (among(command.name)) command.add(app, request);
  }
}

}  // namespace backplan::cli
