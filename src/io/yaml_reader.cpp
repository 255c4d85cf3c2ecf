#include "io/yaml_reader.hpp"

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
  Builder(const std::string& file, std::vector<Diagnostic>& mistakes) : file_(file), mistakes_(mistakes) {}

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
    if (has_control_character(value)) {
      mistakes_.push_back({at(mark), "", "a control character in a text", ""});
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
      mistakes_.push_back({where, value.text, "given twice", "keep one of them"});
    }
    return value;
  }

  const std::string& file_;
  std::vector<Diagnostic>& mistakes_;
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

/// The text as yaml-cpp may see it: without the byte order mark and the line ends of Windows.
std::string readable(std::string_view text) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  return without_carriage_returns(text);
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
    return Diagnostic{place_of(file, text, *offset), "", "a control character", "remove it"};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Node> parse(const Document& document, std::vector<Diagnostic>& mistakes) {
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
    const bool placed = !error.mark.is_null();
    mistakes.push_back({{document.name, placed ? error.mark.line + 1 : 0, placed ? error.mark.column + 1 : 0},
                        "",
                        "not YAML: " + error.msg,
                        ""});
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
  const bool plain = node.kind == Node::Kind::scalar && !node.quoted;
  const auto number = plain ? whole_number<Number>(node.text) : std::nullopt;
  if (!number || *number < least || *number > most) {
    note(node, field, "must be a whole number from " + std::to_string(least) + " to " + std::to_string(most),
         "write it plainly, such as 10");
    return std::nullopt;
  }
  return number;
}

template std::optional<int> Reader::number(const Node&, const std::string&, int, int);
template std::optional<std::int64_t> Reader::number(const Node&, const std::string&, std::int64_t,
                                                    std::int64_t);

std::vector<std::string> Reader::texts(const Node& node, const std::string& field) {
  if (node.kind != Node::Kind::list) {
    note(node, field, "must be a list", "write [one, two]");
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
  if (node.kind != Node::Kind::map) reader_.note(node, path_, "must be a map of fields");
}

std::string Fields::path(std::string_view key) const {
  return path_.empty() ? std::string(key) : path_ + "." + std::string(key);
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
    reader_.note(*value, path(key), "must be a list");
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
    reader_.note(*value, path(key), "unknown word '" + word + "'", suggestion(word, words));
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
