#include "cli/own_file.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "backplan/report.hpp"
#include "builtin/catalog.hpp"
#include "cli/log_text.hpp"
#include "io/document.hpp"
#include "io/yaml_reader.hpp"

namespace backplan::cli {
namespace {

/// The schemas of what only this program writes.
constexpr std::array<std::string_view, 4> written{"backplan/screening/", "backplan/plan/",
                                                  "backplan/techniques/", "backplan/log/"};

Tree tree_of(const yaml::Node& node) {
  using Kind = yaml::Node::Kind;
  if (node.kind == Kind::null) return nullptr;
  if (const auto number = yaml::number_of(node)) return *number;
  if (node.kind == Kind::scalar && !node.quoted && node.text == "true") return true;
  if (node.kind == Kind::scalar && !node.quoted && node.text == "false") return false;
  if (node.kind == Kind::scalar) return node.text;
  Tree tree = node.kind == Kind::list ? Tree::array() : Tree::object();
  for (const yaml::Node& item : node.items) tree.push_back(tree_of(item));
  for (const auto& [key, value] : node.entries) tree[key.text] = tree_of(value);
  return tree;
}

/// Written again it is the same to the byte: a comment, another quote or another order would be lost.
bool is_document(std::string_view text) {
  Mistakes mistakes;
  try {
    const auto root = yaml::parse({"", std::string(text)}, mistakes);
    if (!root || root->kind != yaml::Node::Kind::map) return false;
    const Tree tree = tree_of(*root);
    const std::string schema = tree.contains("schema") ? tree["schema"].dump() : "";
    const bool ours = std::ranges::any_of(
        written, [&](std::string_view kind) { return schema.starts_with('"' + std::string(kind)); });
    return ours && mistakes.empty() && (text == to_yaml(tree) || text == to_json(tree));
  } catch (const InputError&) {
    return false;
  }
}

bool is_blank_sheet(std::string_view text, const Catalog& catalog) {
  return text == answer_template(catalog.questions, Format::yaml) ||
         text == answer_template(catalog.questions, Format::json);
}

/// Calls `check` with each line; whether it is true for all of them, and the last one has an end.
template <class Check>
bool all_lines(std::string_view text, Check check) {
  while (!text.empty()) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos || !check(text.substr(0, end))) return false;
    text.remove_prefix(end + 1);
  }
  return true;
}

/// Other programs save with a mark of their own.
bool is_calendar(std::string_view text) {
  return text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//backplan//") &&
         text.ends_with("\r\nEND:VCALENDAR\r\n") &&
         text.find("\nBEGIN:VCALENDAR") == std::string_view::npos &&
         all_lines(text, [](std::string_view line) { return line.ends_with('\r'); });
}

/// The heading, and rows that begin with a year.
bool is_log(std::string_view text) {
  const std::string heading = log_csv({});
  if (!text.starts_with(heading)) return false;
  return all_lines(text.substr(heading.size()), [](std::string_view line) {
    return line.ends_with('\r') && line.size() > 4 && line[4] == '-' &&
           std::ranges::all_of(line.substr(0, 4), [](char c) { return '0' <= c && c <= '9'; });
  });
}

/// Words with one blank between them, as no width breaks them; without the signs of Markdown.
std::string words_of(std::string_view text) {
  std::string words;
  for (const char c : text) {
    if (c == '\\') continue;
    if (c != ' ' && c != '\n') words += c;
    if ((c == ' ' || c == '\n') && !words.ends_with(' ')) words += ' ';
  }
  words.erase(words.find_last_not_of(' ') + 1);
  return words;
}

/// From its heading to the sentence that it ends with.
bool is_screening(const std::string& words, const Advice& advice) {
  const std::string start = words.starts_with("# ") ? words.substr(2) : words;
  const auto begins = [&](const LevelAdvice& level) {
    return start.starts_with(words_of(level.heading) + " ");
  };
  const bool heading =
      begins(advice.incomplete) ||
      std::ranges::any_of(advice.levels, [&](const auto& level) { return begins(level.second); });
  return heading && words.ends_with(" " + words_of(advice.not_a_diagnosis));
}

/// "backplan 0.1.0, library 0011, seed 0", with which all but a brief plan ends.
bool ends_with_maker(const std::string& words) {
  const std::size_t library = words.find(", library ", words.rfind(" backplan "));
  const std::size_t seed = words.find(", seed ", library);
  return seed != std::string::npos && words.find_first_not_of("0123456789", seed + 7) == std::string::npos;
}

/// After its title a brief plan has nothing but warnings and steps, which are indented.
bool is_brief(std::string_view text, const std::string& words) {
  const std::size_t warnings = text.find("\n  ? ");
  return warnings != std::string_view::npos &&
         words.find(" ! Yes to any: do not start; screen again.") != std::string::npos &&
         all_lines(text.substr(warnings + 1), [](std::string_view line) { return line.starts_with(' '); });
}

/// A plan in Markdown has headings and lists, and one sentence between them.
bool is_line_of_markdown(std::string_view line) {
  return line.empty() || line.starts_with('#') || line.starts_with("- ") || line.starts_with("  - ") ||
         line.starts_with("If the answer to any of these is yes, ");
}

bool is_plan(std::string_view text, const std::string& words) {
  if (text.starts_with("# Upper back routine: ")) {
    return ends_with_maker(words) && all_lines(text, is_line_of_markdown);
  }
  return text.starts_with("Upper back routine: ") && (ends_with_maker(words) || is_brief(text, words));
}

/// A box that somebody ticked is theirs.
bool is_ticked(std::string_view text) {
  return text.find("- [x]") != std::string_view::npos || text.find("- [X]") != std::string_view::npos;
}

bool is_report(std::string_view text, const Advice& advice) {
  const std::string words = words_of(text);
  return text.ends_with('\n') && !is_ticked(text) && (is_plan(text, words) || is_screening(words, advice));
}

}  // namespace

bool is_ours(std::string_view text) {
  const Catalog catalog = builtin::catalog(builtin::Extent::screening);
  return text.empty() || is_document(text) || is_blank_sheet(text, catalog) || is_calendar(text) ||
         is_log(text) || is_report(text, catalog.advice);
}

}  // namespace backplan::cli
