#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "backplan/calendar.hpp"
#include "backplan/report.hpp"

namespace backplan::cli {

// The command line as it was typed. The commands make sense of the words.

struct LibraryOptions {
  std::vector<std::string> routines;  ///< folders of further rules and techniques
  bool no_user_routines = false;
};

struct PrintOptions {
  std::string format;  ///< "" for text, or what the name of the file says
  std::string file;    ///< "" for standard output
  std::string width;
  std::string color = "auto";
  bool force = false;
  bool quiet = false;
  bool brief = false;  ///< of a plan: one line a step
};

struct AnswerOptions {
  std::string file;                  ///< "-" for standard input
  std::vector<std::string> answers;  ///< ID=VALUE
  bool no_input = false;
};

/// Many answer sheets, one in a line.
struct BatchOptions {
  bool wanted = false;
  std::string file;  ///< "" or "-" for standard input
  std::string jobs = "1";
};

struct ScreenOptions {
  AnswerOptions answers;
  PrintOptions print;
  BatchOptions batch;
  bool levels = false;  ///< of a batch: no more than the levels
  bool questions = false;
  bool save = false;
};

/// When a plan is done, for -f ics.
struct CalendarOptions {
  std::string at;      ///< "10:30"
  std::string repeat;  ///< "" for none
  std::string from;    ///< "2026-11-21"; "" for today
  std::string zone;    ///< "Europe/Berlin" or "UTC"; "" for the clock of wherever one is
};

struct GenerateOptions {
  AnswerOptions answers;
  PrintOptions print;
  CalendarOptions calendar;
  BatchOptions batch;
  std::string screening;
  std::string minutes = "10";
  std::vector<std::string> have;
  std::string place;
  std::vector<std::string> positions;
  std::vector<std::string> phases;
  std::vector<std::string> avoid;
  std::vector<std::string> include;
  std::vector<std::string> exclude;
  std::vector<std::string> swap;
  std::string intensity = "gentle";
  std::string goal;
  std::string seed = "0";
  bool have_given = false;
  bool no_release = false;
  bool vary = false;
  bool no_log = false;
};

struct RunOptions {
  PrintOptions print;
  std::string plan;  ///< a file; "" and "-" are standard input
  std::string cue_command;
  std::string speed = "1";
  bool accessible = false;
  bool events = false;
  bool say = false;
  bool no_bell = false;
};

struct ListOptions {
  PrintOptions print;
  std::string query;
  std::string phase;
  std::vector<std::string> have;
  bool rules = false;
  bool questions = false;
  bool equipment = false;
  bool demands = false;
  bool origin = false;
};

struct NameOptions {
  PrintOptions print;
  std::string name;  ///< an id, a file or a topic
};

struct RenderOptions {
  PrintOptions print;
  CalendarOptions calendar;
  std::string plan;
};

struct LogAddOptions {
  std::string plan;  ///< "" for none, "-" for standard input
  std::string minutes;
  std::string before;
  std::string after;
  std::string note;
  bool stopped = false;
};

struct LogListOptions {
  PrintOptions print;
  bool plot = false;
};

struct ForgetOptions {
  bool yes = false;
};

struct ValidateOptions {
  std::vector<std::string> paths;
};

/// 60 to 3600 seconds of "8", "8m" or "90s". Digits only, without a leading zero. Throws UsageError.
std::chrono::seconds parse_minutes(const std::string& text);

/// A whole number from `least` to `most`. Throws UsageError that names `flag`.
int parse_number(const std::string& flag, const std::string& text, int least, int most);

/// The words of a list that may be given with commas, several times, or both.
std::vector<std::string> split(const std::vector<std::string>& lists);

/// The index of `word` in `known`. Throws UsageError that names `flag` and the nearest word.
std::size_t parse_word(const std::string& flag, const std::string& word,
                       const std::vector<std::string>& known);

/// One of `known`: what -f says, or the ending of the file, or else the first. Throws UsageError.
std::string parse_format(const PrintOptions& options, const std::vector<std::string>& known);

/// The same of what is text, yaml, json or md.
Format parse_format(const PrintOptions& options);

/// Whether -o names a file, and not standard output.
bool to_file(const PrintOptions& options);

/// Without its zone. Throws UsageError: no or wrong time or day, or any of these without a calendar.
std::optional<CalendarEvent> parse_calendar(const CalendarOptions& options, bool wanted,
                                            std::chrono::sys_days today);
Layout parse_layout(const PrintOptions& options);

/// 40 to 200 columns. Throws UsageError.
int parse_width(const std::string& text);

/// 0 for auto, 1 for always, 2 for never. Throws UsageError.
std::size_t parse_color(const std::string& word);

/// The columns for text on this stream: of the terminal, 40 to 100; 80 where there is none.
int text_width(int descriptor);

}  // namespace backplan::cli
