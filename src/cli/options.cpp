#include "cli/options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "cli/output.hpp"
#include "cli/terminal.hpp"
#include "io/yaml_reader.hpp"

namespace backplan::cli {

std::chrono::seconds parse_minutes(const std::string& text) {
  const bool in_seconds = text.ends_with('s');
  const bool unit = in_seconds || text.ends_with('m');
  const auto number = yaml::whole_number(unit ? text.substr(0, text.size() - 1) : text);
  const int least = in_seconds ? 60 : 1;
  const int most = in_seconds ? 3600 : 60;
  if (!number || *number < least || *number > most) {
    throw UsageError("--minutes: " + in_quotes(text) + " is not a time; give 1 to 60, such as 10, 8m or 90s");
  }
  return std::chrono::seconds(in_seconds ? *number : *number * 60);
}

int parse_number(const std::string& flag, const std::string& text, int least, int most) {
  const auto number = yaml::whole_number(text);
  if (!number || *number < least || *number > most) {
    throw UsageError(
        fmt::format("{}: {} is not a whole number from {} to {}", flag, in_quotes(text), least, most));
  }
  return *number;
}

std::vector<std::string> split(const std::vector<std::string>& lists) {
  std::vector<std::string> words;
  for (const std::string& list : lists) {
    std::string word;
    for (const char c : list + ",") {
      if (c != ',') {
        word += c;
      } else if (!word.empty()) {
        words.push_back(std::exchange(word, ""));
      }
    }
  }
  return words;
}

std::size_t parse_word(const std::string& flag, const std::string& word,
                       const std::vector<std::string>& known) {
  const auto found = std::ranges::find(known, word);
  if (found != known.end()) return static_cast<std::size_t>(found - known.begin());
  std::string all;
  for (const std::string& each : known) all += (all.empty() ? "" : ", ") + each;
  throw UsageError(flag + ": unknown word " + in_quotes(word) + did_you_mean(word, known) + " (one of " +
                   all + ")");
}

namespace {

/// What the ending of a name says of a file, also in capitals.
constexpr std::pair<std::string_view, std::string_view> endings[] = {
    {".txt", "text"}, {".yaml", "yaml"}, {".yml", "yaml"}, {".json", "json"},
    {".md", "md"},    {".ics", "ics"},   {".csv", "csv"}};

std::string ending_of(const std::string& file) {
  std::string ending = std::filesystem::path(file).extension().string();
  for (char& c : ending) {
    if ('A' <= c && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return ending;
}

std::string format_of_file(const std::string& file, const std::vector<std::string>& known) {
  const std::string ending = ending_of(file);
  if (ending.empty()) return known.front();
  std::string all;
  for (const auto& [each, word] : endings) {
    if (std::ranges::find(known, word) == known.end()) continue;
    if (each == ending) return std::string(word);
    all += (all.empty() ? "" : ", ") + std::string(each);
  }
  throw UsageError("--output: '" + ending + "' says no format that this can have (" + all +
                   "); -f names one for any name");
}

}  // namespace

std::string parse_format(const PrintOptions& options, const std::vector<std::string>& known) {
  if (!options.format.empty()) return known[parse_word("--format", options.format, known)];
  return format_of_file(options.file, known);
}

Format parse_format(const PrintOptions& options) {
  static const std::vector<std::string> words{"text", "yaml", "json", "md"};
  return static_cast<Format>(std::ranges::find(words, parse_format(options, words)) - words.begin());
}

bool to_file(const PrintOptions& options) { return !options.file.empty() && options.file != "-"; }

namespace {

/// The numbers of "10:30" or "2026-11-21": `shape` has a letter for each digit.
std::optional<std::vector<int>> read_shape(const std::string& text, std::string_view shape) {
  if (text.size() != shape.size()) return std::nullopt;
  std::vector<int> numbers{0};
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (digit != (shape[i] == 'd') || (!digit && text[i] != shape[i])) return std::nullopt;
    if (digit) numbers.back() = 10 * numbers.back() + (text[i] - '0');
    if (!digit) numbers.push_back(0);
  }
  return numbers;
}

std::chrono::minutes parse_time_of_day(const std::string& text) {
  const auto numbers = read_shape(text, "dd:dd");
  if (!numbers || numbers->at(0) > 23 || numbers->at(1) > 59) {
    throw UsageError("--at: " + in_quotes(text) + " is not a time from 00:00 to 23:59, such as 10:30");
  }
  return std::chrono::minutes(60 * numbers->at(0) + numbers->at(1));
}

std::chrono::sys_days parse_day(const std::string& text) {
  using namespace std::chrono;
  const auto numbers = read_shape(text, "dddd-dd-dd").value_or(std::vector{0, 0, 0});
  const year_month_day date{year(numbers.at(0)), month(static_cast<unsigned>(numbers.at(1))),
                            day(static_cast<unsigned>(numbers.at(2)))};
  // Calendar programs keep to these years.
  if (!date.ok() || date.year() < year(1970) || date.year() > year(9998)) {
    throw UsageError("--from: " + in_quotes(text) + " is not a day, such as 2026-11-21");
  }
  return date;
}

}  // namespace

std::optional<CalendarEvent> parse_calendar(const CalendarOptions& options, bool wanted,
                                            std::chrono::sys_days today) {
  static const std::vector<std::string> repeats{"none", "daily", "weekdays"};
  const bool given =
      !options.at.empty() || !options.repeat.empty() || !options.from.empty() || !options.zone.empty();
  if (!wanted && given) throw UsageError("--at, --repeat, --from and --zone are for a calendar: add -f ics");
  if (!wanted) return std::nullopt;
  if (options.at.empty()) throw UsageError("a calendar needs a time of day: --at 10:30");
  CalendarEvent event{.day = today, .at = parse_time_of_day(options.at)};
  if (!options.from.empty()) event.day = parse_day(options.from);
  if (!options.repeat.empty()) {
    event.repeat = static_cast<Repeat>(parse_word("--repeat", options.repeat, repeats));
  }
  return event;
}

Layout parse_layout(const PrintOptions& options) {
  Layout layout;
  layout.brief = options.brief;
  if (!to_file(options)) layout.width = text_width(1);
  if (!options.width.empty()) layout.width = parse_width(options.width);
  return layout;
}

int parse_width(const std::string& text) { return parse_number("--width", text, 40, 200); }

std::size_t parse_color(const std::string& word) {
  return parse_word("--color", word, {"auto", "always", "never"});
}

int text_width(int descriptor) {
  if (!is_terminal(descriptor)) return Layout{}.width;
  return std::clamp(columns(descriptor).value_or(Layout{}.width), 40, 100);
}

}  // namespace backplan::cli
