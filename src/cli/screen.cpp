#include <fmt/format.h>

#include <algorithm>

#include "backplan/screening.hpp"
#include "cli/commands.hpp"
#include "cli/interview.hpp"
#include "cli/output.hpp"
#include "cli/state.hpp"
#include "cli/terminal.hpp"

namespace backplan::cli {
namespace {

/// The YAML of one --answer ID=VALUE; a checklist takes its options with commas.
std::string as_yaml(const std::string& statement, const Catalog& catalog) {
  const auto equals = statement.find('=');
  if (equals == std::string::npos) {
    throw UsageError("--answer: '" + statement + "' is not ID=VALUE");
  }
  const std::string id = statement.substr(0, equals);
  const std::string value = statement.substr(equals + 1);
  const Question* question = find(catalog.questions, QuestionId{id});
  const bool plain = value == "none" || value == "unsure";
  const bool list = question && question->kind == QuestionKind::checklist && !plain;
  if (!list) return id + ": " + value + "\n";
  std::string items;
  for (const std::string& item : split({value})) {
    items += (items.empty() ? "" : ", ") + ("\"" + item + "\"");
  }
  return id + ": [" + items + "]\n";
}

/// A screening that cannot be saved is still a screening.
void save_for_later(const ScreeningReport& report, const Advice& advice) {
  if (report.incomplete()) {
    tell("backplan: not saved: questions are open\n");
    return;
  }
  const auto path = saved_screening();
  if (!path) {
    tell("backplan: not saved: no home folder; set HOME or XDG_STATE_HOME\n");
    return;
  }
  try {
    const Time at = now();
    save(*path, report, advice, at);
    tell(shown(fmt::format("backplan: saved in {} until {}\n", path->string(), in_words(at + saved_for))));
  } catch (const WriteError& error) {
    tell(shown(fmt::format("backplan: not saved: {}\n", error.what())));
  }
}

}  // namespace

bool has_answers(const AnswerOptions& options) { return !options.file.empty() || !options.answers.empty(); }

Answers stated_answers(const AnswerOptions& options, const Catalog& catalog) {
  std::vector<Document> documents;
  if (!options.file.empty()) documents.push_back(read_input(options.file));
  for (const std::string& statement : options.answers) {
    documents.push_back({"--answer " + statement, as_yaml(statement, catalog)});
  }
  return parse_answers(documents, catalog);
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

ExitCode screen(const ScreenOptions& options, const Catalog& catalog) {
  if (options.batch.wanted) return screen_batch(options, catalog);
  const Format format = parse_format(options.print);
  const Layout layout = parse_layout(options.print);
  if (options.questions) {
    deliver(answer_template(catalog.questions, format), options.print);
    return done;
  }
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
  if (options.save) save_for_later(report, catalog.advice);
  return exit_code(report);
}

}  // namespace backplan::cli
