#include "io/yaml_reader.hpp"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <charconv>
#include <sstream>

#include "io/utf8.hpp"

namespace backplan::yaml {
namespace {

constexpr std::size_t depth_limit = 32;  // our deepest document has ten levels
// A plan of an hour has 3,000. yaml-cpp looks ahead to the end of what a bracket opens, and keeps it all.
constexpr std::ptrdiff_t mark_limit = 200'000;

/// Stops yaml-cpp at the first thing that it lets through and we do not.
struct Refused {
  Location at;
  std::string message;
  std::string hint;
};

/// Builds nodes from events. yaml-cpp's own tree keeps doubled keys and resolves aliases, which lets
/// a short file grow without end.
class Builder : public YAML::EventHandler {
 public:
  Builder(const std::string& file, Mistakes& mistakes) : file_(file), mistakes_(mistakes) {}

  Node take() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ > 1) refuse(mark, "a second document", "keep one document in a file");
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    plain(mark, "?", anchor);
    place(node(Node::Kind::null, mark));
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    refuse(mark, "an alias", "write the value out");
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    plain(mark, tag, anchor);
    Node scalar = node(Node::Kind::scalar, mark);
    scalar.quoted = tag == "!";
    scalar.text = value;
    if (const auto name = control_character(value); !name.empty()) {
      mistakes_.push_back({at(mark), "", std::string(name) + " in a text", ""});
    }
    place(std::move(scalar));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    plain(mark, tag, anchor);
    open(node(Node::Kind::list, mark));
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    plain(mark, tag, anchor);
    open(node(Node::Kind::map, mark));
  }
  void OnMapEnd() override { close(); }

 private:
  /// A list or map that is still being read.
  struct Frame {
    Node node;
    std::optional<Node> key;  ///< of a map: waits for its value
    std::set<std::string> keys{};
  };

  Location at(const YAML::Mark& mark) const { return {file_, mark.line + 1, mark.column + 1}; }

  static Node node(Node::Kind kind, const YAML::Mark& mark) {
    return {.kind = kind, .line = mark.line + 1, .column = mark.column + 1};
  }

  [[noreturn]] void refuse(const YAML::Mark& mark, std::string message, std::string hint) const {
    throw Refused{at(mark), std::move(message), std::move(hint)};
  }

  void plain(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) const {
    if (anchor != 0) refuse(mark, "an anchor", "write the value out where it is needed");
    if (!tag.empty() && tag != "?" && tag != "!") refuse(mark, "a tag", "remove it");
  }

  void open(Node node) {
    if (frames_.size() == depth_limit) {
      throw Refused{{file_, node.line, node.column}, "nested too deeply", ""};
    }
    frames_.push_back({std::move(node), std::nullopt});
  }

  void close() {
    Node whole = std::move(frames_.back().node);
    frames_.pop_back();
    place(std::move(whole));
  }

  void place(Node value) {
    if (frames_.empty()) {
      root_ = std::move(value);
      return;
    }
    Frame& frame = frames_.back();
    if (frame.node.kind == Node::Kind::list) {
      frame.node.items.push_back(std::move(value));
    } else if (!frame.key) {
      frame.key = key(frame, std::move(value));
    } else {
      frame.node.entries.push_back({std::move(*frame.key), std::move(value)});
      frame.key.reset();
    }
  }

  Node key(Frame& frame, Node value) {
    const Location where{file_, value.line, value.column};
    if (value.kind != Node::Kind::scalar) {
      throw Refused{where, "a key that is not a word", ""};
    }
    if (!frame.keys.insert(value.text).second) {
      mistakes_.push_back({where, shortened(value.text), "given twice", "keep one of them"});
    }
    return value;
  }

  const std::string& file_;
  Mistakes& mistakes_;
  int documents_ = 0;
  Node root_;
  std::vector<Frame> frames_;
};

std::string without_carriage_returns(std::string_view text) {
  std::string lines;
  lines.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
    lines += text[i];
  }
  return lines;
}

/// The half of a pair that starts `text`, such as \ud83d: from `least`, 1024 of them.
std::optional<unsigned> half(std::string_view text, unsigned least) {
  if (text.size() < 6 || !text.starts_with("\\u")) return std::nullopt;
  unsigned code = 0;
  const auto [end, error] = std::from_chars(text.data() + 2, text.data() + 6, code, 16);
  if (error != std::errc{} || end != text.data() + 6 || code < least || code - least >= 1024)
    return std::nullopt;
  return code - least;
}

/// JSON spells characters beyond U+FFFF as two halves, and YAML as one, \U0001f642.
std::string without_halves(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto high = half(text, 0xD800);
    const auto low = high ? half(text.substr(6), 0xDC00) : std::nullopt;
    const std::size_t length = low ? 12 : text.starts_with('\\') ? 2 : 1;
    out +=
        low ? fmt::format("\\U{:08x}", 0x10000 + 1024 * *high + *low) : std::string(text.substr(0, length));
    text.remove_prefix(std::min(length, text.size()));
  }
  return out;
}

/// The text as yaml-cpp may see it: without the byte order mark, the line ends of Windows and, of JSON,
/// characters in halves.
std::string readable(std::string_view text) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  const std::string lines = without_carriage_returns(text);
  const bool json = lines.starts_with('{') && lines.find("\\u") != std::string::npos;
  return json ? without_halves(lines) : lines;
}

Location place_of(const std::string& file, std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, offset);
  const auto line_start = before.rfind('\n') + 1;  // npos + 1 is 0
  return {file, 1 + static_cast<int>(std::ranges::count(before, '\n')),
          1 + static_cast<int>(offset - line_start)};
}

/// What is wrong with the bytes, before any YAML.
std::optional<Diagnostic> bad_bytes(const std::string& file, std::string_view text) {
  if (text.size() > document_limit) {
    return Diagnostic{{file, 0, 0}, "", "longer than 1 MiB", "split it or make it shorter"};
  }
  if (const auto offset = first_invalid_utf8(text)) {
    return Diagnostic{place_of(file, text, *offset), "", "not UTF-8", "save it as UTF-8 text"};
  }
  if (const auto offset = first_control_character(text)) {
    const std::string name(hidden_name(text.substr(*offset)));
    return Diagnostic{place_of(file, text, *offset), "", name, "remove it"};
  }
  const auto mark = [](char c) { return std::string_view("[]{},:").find(c) != std::string_view::npos; };
  if (std::ranges::count_if(text, mark) > mark_limit) {
    return Diagnostic{{file, 0, 0}, "", "more than 200,000 brackets, commas and colons", "split it"};
  }
  return std::nullopt;
}

/// "this line has a non-breaking space": whoever looks at the line cannot see what is wrong with it.
std::string hidden_in_line(std::string_view text, int line) {
  for (int i = 0; i < line; ++i) text.remove_prefix(std::min(text.size(), text.find('\n')) + 1);
  text = text.substr(0, text.find('\n'));
  const auto at = first_hidden_character(text);
  return at ? "this line has " + std::string(hidden_name(text.substr(*at))) : "";
}

Diagnostic not_yaml(const std::string& file, std::string_view text, const YAML::Exception& error) {
  const std::string message = "not YAML: " + shortened(error.msg);
  if (error.mark.is_null()) return {{file, 0, 0}, "", message, ""};
  return {
      {file, error.mark.line + 1, error.mark.column + 1}, "", message, hidden_in_line(text, error.mark.line)};
}

}  // namespace

std::optional<Node> parse(const Document& document, Mistakes& mistakes) {
  const std::string text = readable(document.text);
  if (auto mistake = bad_bytes(document.name, text)) {
    mistakes.push_back(std::move(*mistake));
    return std::nullopt;
  }
  bool usable = true;
  Builder builder(document.name, mistakes);
  try {
    std::istringstream stream(text);
    YAML::Parser parser(stream);
    if (!parser.HandleNextDocument(builder)) {
      mistakes.push_back({{document.name, 0, 0}, "", "an empty file", ""});
      return std::nullopt;
    }
    // A text after the end is silently dropped unless one asks for it.
    parser.HandleNextDocument(builder);
  } catch (const Refused& refused) {
    mistakes.push_back({refused.at, "", refused.message, refused.hint});
    usable = false;
  } catch (const YAML::Exception& error) {
    mistakes.push_back(not_yaml(document.name, text, error));
    usable = false;
  }
  if (!usable) return std::nullopt;
  return builder.take();
}

template <class Number>
std::optional<Number> whole_number(std::string_view text) {
  const std::string_view digits = text.starts_with('-') ? text.substr(1) : text;
  if (digits.empty() || (digits.size() > 1 && digits.front() == '0')) return std::nullopt;
  Number number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

template std::optional<int> whole_number(std::string_view text);
template std::optional<std::int64_t> whole_number(std::string_view text);

namespace {

/// The number that `text` was meant to be: +41, 041, 41.0 and "41 years" are 41.
std::optional<int> meant_number(std::string_view text) {
  const std::string word = folded(text);
  std::string_view rest = word;
  if (rest.starts_with('+')) rest.remove_prefix(1);
  while (rest.size() > 1 && rest[0] == '0' && '0' <= rest[1] && rest[1] <= '9') rest.remove_prefix(1);
  const std::string_view digits = rest.substr(0, rest.find_first_not_of("0123456789"));
  rest.remove_prefix(digits.size());
  const bool no_fraction = rest.starts_with('.') && rest.find_first_not_of('0', 1) == std::string_view::npos;
  const bool unit = std::ranges::all_of(rest, [](char c) { return c == '-' || ('a' <= c && c <= 'z'); });
  return no_fraction || unit ? whole_number(digits) : std::nullopt;
}

}  // namespace

template <class Number>
std::optional<Number> number_of(const Node& node) {
  return node.kind == Node::Kind::scalar && !node.quoted ? whole_number<Number>(node.text) : std::nullopt;
}

template std::optional<int> number_of(const Node& node);

std::string number_hint(const Node& node, std::int64_t least, std::int64_t most) {
  const auto meant = meant_number(node.text);
  if (!meant || *meant < least || *meant > most || number_of<int>(node)) return "";
  const bool only_quotes = whole_number(node.text).has_value();
  return "write " + std::to_string(*meant) + (only_quotes ? " without quotes" : "");
}

std::string instead(const Node& node) {
  return node.kind == Node::Kind::scalar && !node.text.empty() ? ", not " + in_quotes(node.text) : "";
}

std::string suggestion(std::string_view word, std::span<const std::string> known) {
  const std::string near = nearest(word, known);
  return near.empty() ? "" : "did you mean '" + near + "'?";
}

void Reader::note(const Node& node, std::string field, std::string message, std::string hint) {
  mistakes_.push_back(
      {{file_, node.line, node.column}, std::move(field), std::move(message), std::move(hint)});
}

std::string Reader::text(const Node& node, const std::string& field) {
  if (node.kind != Node::Kind::scalar) {
    note(node, field, "must be a text");
    return "";
  }
  return node.text;
}

template <class Number>
std::optional<Number> Reader::number(const Node& node, const std::string& field, Number least, Number most) {
  const auto number = number_of<Number>(node);
  if (number && least <= *number && *number <= most) return number;
  note(node, field, "must be a whole number from " + std::to_string(least) + " to " + std::to_string(most),
       number_hint(node, least, most));
  return std::nullopt;
}

template std::optional<int> Reader::number(const Node&, const std::string&, int, int);
template std::optional<std::int64_t> Reader::number(const Node&, const std::string&, std::int64_t,
                                                    std::int64_t);

std::vector<std::string> Reader::texts(const Node& node, const std::string& field) {
  if (node.kind != Node::Kind::list) {
    note(node, field, "must be a list" + instead(node), "write [one, two]");
    return {};
  }
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    texts.push_back(text(node.items[i], field + "[" + std::to_string(i) + "]"));
  }
  return texts;
}

Fields::Fields(const Node& node, std::string path, Reader& reader)
    : node_(node), path_(std::move(path)), reader_(reader) {
  if (node.kind != Node::Kind::map) reader_.note(node, path_, "must be a map of fields" + instead(node));
}

std::string Fields::path(std::string_view key) const {
  return path_.empty() ? shortened(key) : path_ + "." + shortened(key);
}

const Node* Fields::find(std::string_view key) {
  known_.emplace(key);
  const auto found =
      std::ranges::find_if(node_.entries, [key](const auto& entry) { return entry.key.text == key; });
  return found == node_.entries.end() ? nullptr : &found->value;
}

const Node* Fields::get(std::string_view key) {
  const Node* value = find(key);
  if (!value && node_.kind == Node::Kind::map) reader_.note(node_, path(key), "missing");
  return value;
}

std::string Fields::text(std::string_view key) {
  const Node* value = get(key);
  if (!value) return "";
  std::string text = reader_.text(*value, path(key));
  if (value->kind == Node::Kind::scalar && text.empty()) {
    reader_.note(*value, path(key), "must not be empty");
  }
  return text;
}

std::string Fields::text_or_none(std::string_view key) { return find(key) ? text(key) : ""; }

int Fields::number(std::string_view key, int least, int most) {
  const Node* value = get(key);
  return value ? reader_.number(*value, path(key), least, most).value_or(least) : least;
}

int Fields::number_or(std::string_view key, int least, int most, int otherwise) {
  return find(key) ? number(key, least, most) : otherwise;
}

std::vector<std::string> Fields::texts(std::string_view key) {
  const Node* value = get(key);
  return value ? reader_.texts(*value, path(key)) : std::vector<std::string>{};
}

std::vector<std::string> Fields::texts_or_none(std::string_view key) {
  return find(key) ? texts(key) : std::vector<std::string>{};
}

std::span<const Node> Fields::list(std::string_view key) {
  const Node* value = get(key);
  if (!value) return {};
  if (value->kind != Node::Kind::list) {
    reader_.note(*value, path(key), "must be a list" + instead(*value));
    return {};
  }
  return value->items;
}

std::optional<std::size_t> Fields::word(std::string_view key, std::span<const std::string> words) {
  const Node* value = get(key);
  if (!value) return std::nullopt;
  const std::string word = reader_.text(*value, path(key));
  const auto found = std::ranges::find(words, word);
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  if (value->kind == Node::Kind::scalar) {
    reader_.note(*value, path(key), "unknown word " + in_quotes(word), suggestion(word, words));
  }
  return std::nullopt;
}

void Fields::done() {
  const std::vector<std::string> known(known_.begin(), known_.end());
  for (const auto& [key, value] : node_.entries) {
    if (known_.contains(key.text)) continue;
    reader_.note(key, path(key.text), "unknown field", suggestion(key.text, known));
  }
}

}  // namespace backplan::yaml
