#pragma once

#include <set>
#include <string>
#include <vector>

#include "backplan/catalog.hpp"
#include "builtin/catalog.hpp"
#include "cli/exit_code.hpp"
#include "cli/options.hpp"

namespace backplan::cli {

/// The built-in library with the rules and techniques of the site and of the person; at least to
/// `extent`. Throws InputError and ReadError: a broken file stops every command.
const Catalog& load_library(const LibraryOptions& options,
                            builtin::Extent extent = builtin::Extent::everything);

/// The rules and techniques of the site, of the person, and of the folders that the options name, in this
/// order; a file that is reached twice once. Throws InputError and ReadError.
std::vector<Document> own_documents(const LibraryOptions& options);

/// Those of a folder that somebody named. It throws InputError also when there are none.
std::vector<Document> read_named_folder(const std::filesystem::path& folder);

/// A file, or standard input for "-".
Document read_input(const std::string& path);

/// The plan in a file, or in standard input for "-". Throws InputError and ReadError.
PlanReport read_plan(const std::string& path);

/// The document on standard output, or in the file of the options.
void deliver(const std::string& document, const PrintOptions& options);

/// The same for text: with colour where the options and the terminal allow it.
void deliver_text(const std::string& document, Format format, const PrintOptions& options);

/// The same for a text to look things up in, which a pager may show.
void deliver_paged(const std::string& text, const PrintOptions& options);

/// Tells which flags of form do nothing, as in a document that is no `text`. What is printed is right all the
/// same, so that is no error: an alias may give them.
void tell_unused(const PrintOptions& options, bool text);

/// How a plan is to be printed: as a document or as a calendar. Throws UsageError before any plan is
/// made.
class PlanPrinter {
 public:
  PlanPrinter(const PrintOptions& print, const CalendarOptions& calendar);

  void operator()(const PlanReport& plan, const Advice& advice) const;

  const Layout& layout() const { return layout_; }

  /// Whether it prints a document that `explain` can read.
  bool for_programs() const { return !event_ && (format_ == Format::yaml || format_ == Format::json); }

 private:
  PrintOptions print_;
  Layout layout_;
  Format format_ = Format::text;
  std::optional<CalendarEvent> event_;
};

/// How answers were got.
struct Given {
  Answers answers;
  bool interrupted = false;
  std::optional<Disposition> stated{};  ///< the level that a screening document had
};

/// The answers of a file and of the command line together. Throws UsageError and InputError.
Answers stated_answers(const AnswerOptions& options, const Catalog& catalog);
bool has_answers(const AnswerOptions& options);

/// The things that --have names. Throws UsageError.
std::set<EquipmentId> parse_have(const std::vector<std::string>& lists, const Catalog& catalog);

/// Asks the person, on standard input and standard error.
Given ask_person(const Catalog& catalog);

// Many answer sheets: one line of JSON in, one out. Exit 0 when all lines could be read, else 3.
ExitCode screen_batch(const ScreenOptions& options, const Catalog& catalog);
ExitCode generate_batch(const BatchOptions& options, const PlanRequest& request, const Catalog& catalog);

// One line for each command; its parameters are all that it may touch.
ExitCode screen(const ScreenOptions& options, const Catalog& catalog);
ExitCode generate(const GenerateOptions& options, const Catalog& catalog);
ExitCode list(const ListOptions& options, const Catalog& catalog);
ExitCode show(const NameOptions& options, const Catalog& catalog);
ExitCode explain(const NameOptions& options);
ExitCode validate(const ValidateOptions& options, const LibraryOptions& library);
ExitCode run(const RunOptions& options);
ExitCode render(const RenderOptions& options, const Catalog& catalog);
ExitCode log_on();
ExitCode log_off();
ExitCode log_add(const LogAddOptions& options);
ExitCode log_list(const LogListOptions& options);
ExitCode log_export(const PrintOptions& options);
ExitCode forget(const ForgetOptions& options);

/// Help on a topic or a command, or, without words, on the whole. `of_command` is the help of the command
/// that `words` name, "" when they name none; `commands` are those that can be named.
ExitCode help(const std::vector<std::string>& words, const std::string& of_command,
              const std::vector<std::string>& commands);

}  // namespace backplan::cli
