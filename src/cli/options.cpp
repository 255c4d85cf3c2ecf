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
    throw UsageError("--minutes: '" + text + "' is not a time; give 1 to 60, such as 10, 8m or 90s");
  }
  return std::chrono::seconds(in_seconds ? *number : *number * 60);
}

int parse_number(const std::string& flag, const std::string& text, int least, int most) {
  const auto number = yaml::whole_number(text);
  if (!number || *number < least || *number > most) {
    throw UsageError(fmt::format("{}: '{}' is not a whole number from {} to {}", flag, text, least,
                                 most));
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
  throw UsageError(flag + ": unknown word '" + word + "'" + did_you_mean(word, known) + " (one of " +
                   all + ")");
}

Format parse_format(const PrintOptions& options) {
  static const std::vector<std::string> words{"text", "yaml", "json", "md"};
  if (!options.format.empty()) {
    return static_cast<Format>(parse_word("--format", options.format, words));
  }
  const std::string extension = std::filesystem::path(options.file).extension().string();
  if (extension == ".yaml" || extension == ".yml") return Format::yaml;
  if (extension == ".json") return Format::json;
  if (extension == ".md") return Format::markdown;
  return Format::text;
}

Layout parse_layout(const PrintOptions& options) {
  Layout layout;
  const bool to_file = !options.file.empty() && options.file != "-";
  if (!to_file) layout.width = text_width(1);
  if (!options.width.empty()) layout.width = parse_number("--width", options.width, 40, 200);
  return layout;
}

int text_width(int descriptor) {
  if (!is_terminal(descriptor)) return Layout{}.width;
  return std::clamp(columns(descriptor).value_or(Layout{}.width), 40, 100);
}

}  // namespace backplan::cli
