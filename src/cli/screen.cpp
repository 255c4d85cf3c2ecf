#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "backplan/screening.hpp"
#include "cli/commands.hpp"
#include "cli/interview.hpp"
#include "cli/output.hpp"
#include "cli/state.hpp"
#include "cli/terminal.hpp"
#include "io/answers.hpp"

namespace backplan::cli {
namespace {

/// The value of an --answer as a sheet would have it; a checklist takes its options with commas.
yaml::Node node_of(const std::string& value, const Question* question) {
  const auto word = [](std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    if (text.empty() || text == "~") return yaml::Node{};
    return yaml::Node{.kind = yaml::Node::Kind::scalar,
                      .text = std::string(text.substr(0, text.find_last_not_of(' ') + 1))};
  };
  const bool several =
      question && question->kind == QuestionKind::checklist && value.find(',') != std::string::npos;
  if (!several) return word(value);
  yaml::Node list{.kind = yaml::Node::Kind::list};
  for (const std::string& item : split({value})) list.items.push_back(word(item));
  return list;
}

/// The answer of one --answer ID=VALUE.
AnswerSheet stated_answer(const std::string& statement, const Catalog& catalog) {
  const auto equals = statement.find('=');
  if (equals == std::string::npos) {
    throw UsageError("--answer: " + in_quotes(statement) + " is not ID=VALUE");
  }
  const std::string id = statement.substr(0, equals);
  const Question* question = find(catalog.questions, QuestionId{id});
  yaml::Node sheet{.kind = yaml::Node::Kind::map};
  sheet.entries.push_back(
      {{.kind = yaml::Node::Kind::scalar, .text = id}, node_of(statement.substr(equals + 1), question)});
  yaml::Reader reader("--answer");
  return read_sheet(sheet, catalog.questions, reader);
}

/// Whether what was saved before is of the same answers.
bool is_kept_already(const std::filesystem::path& path, const Answers& answers, const Catalog& catalog) {
  std::string note;
  const auto saved = load(path, catalog, now(), note);
  return saved && saved->screening.answers == answers;
}

/// What was saved before is older than these answers, and generate must not go by it.
void not_saved(const std::filesystem::path& path, std::string_view why) {
  const bool older = !std::filesystem::is_symlink(path.parent_path()) && ::unlink(path.c_str()) == 0;
  tell(shown(fmt::format("backplan: not saved: {}{}\n", why, older ? "; the older one is deleted" : "")));
}

/// A screening that cannot be saved is still a screening.
void save_for_later(const ScreeningReport& report, const Catalog& catalog) {
  const auto path = saved_screening();
  if (!path) {
    tell("backplan: not saved: no home folder; set HOME or XDG_STATE_HOME\n");
    return;
  }
  if (report.incomplete()) return not_saved(*path, "questions are open");
  try {
    const Time at = now();
    save(*path, report, catalog.advice, at);
    tell(shown(fmt::format("backplan: saved in {} until {}\n", path->string(), in_words(at + saved_for))));
  } catch (const WriteError& error) {
    if (!is_kept_already(*path, report.answers, catalog)) return not_saved(*path, error.what());
    tell(shown(fmt::format("backplan: not saved: {}; the older one has the same answers and stays\n",
                           error.what())));
  }
}

}  // namespace

bool has_answers(const AnswerOptions& options) { return !options.file.empty() || !options.answers.empty(); }

Answers stated_answers(const AnswerOptions& options, const Catalog& catalog) {
  AnswerSheet sheet;
  if (!options.file.empty()) sheet = read_sheet(read_input(options.file), catalog.questions);
  for (const std::string& statement : options.answers) {
    AnswerSheet stated = stated_answer(statement, catalog);
    if (stated.answers.empty()) throw UsageError("--answer: " + in_quotes(statement) + " gives no answer");
    put_over(std::move(stated), sheet);
  }
  check_together(sheet, catalog);
  return std::move(sheet.answers);
}

Given ask_person(const Catalog& catalog) {
  listen_for_interrupt();
  TypedLines lines;
  InterviewStyle style;
  if (is_terminal(2)) style.width = std::min(text_width(2), 80) - 1;
  style.summary = is_terminal(0) && is_terminal(2);
  const Interview result = interview(
      catalog, [&lines] { return lines(); }, [](std::string_view text) { tell(text); }, style);
  tell("\n");
  return {result.answers, was_interrupted() || result.unconfirmed};
}

namespace {

/// A sheet to fill in has comments or is a tree; there is no other form of it.
ExitCode print_questions(const PrintOptions& options, const Catalog& catalog) {
  const bool json = parse_format(options, {"yaml", "json"}) == "json";
  tell_unused(options, false);
  deliver(answer_template(catalog.questions, json ? Format::json : Format::yaml), options);
  return done;
}

}  // namespace

ExitCode screen(const ScreenOptions& options, const Catalog& catalog) {
  if (options.batch.wanted) return screen_batch(options, catalog);
  if (options.questions) return print_questions(options.print, catalog);
  const Format format = parse_format(options.print);
  const Layout layout = parse_layout(options.print);
  tell_unused(options.print, format == Format::text);
  Given given;
  if (has_answers(options.answers)) {
    given.answers = stated_answers(options.answers, catalog);
  } else if (options.answers.no_input) {
    tell(
        "backplan: no answers; give --answers FILE, or leave out --no-input to be asked\n"
        "  a sheet to fill in: backplan screen --questions > me.yaml\n");
    return incomplete;
  } else {
    given = ask_person(catalog);
  }
  if (given.interrupted) {
    tell("backplan: interrupted; nothing was saved\n");
    return interrupted;
  }
  const Screening screening = backplan::screen(assess(catalog.rules, given.answers));
  const ScreeningReport report = describe(screening, given.answers, catalog);
  if (!options.print.quiet) {
    deliver_text(backplan::render(report, catalog.advice, format, layout), format, options.print);
  }
  if (options.save) save_for_later(report, catalog);
  return exit_code(report);
}

}  // namespace backplan::cli
