#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "backplan/catalog.hpp"
#include "io/mistakes.hpp"

namespace backplan::yaml {

struct Entry;

/// A value in a YAML text and where it stands. Anchors, aliases, tags, duplicate keys and further
/// documents never get this far.
struct Node {
  enum class Kind { null, scalar, list, map };

  Kind kind = Kind::null;
  int line = 0;  ///< from 1
  int column = 0;
  bool quoted = false;  ///< of a scalar
  std::string text;     ///< of a scalar
  std::vector<Node> items;
  std::vector<Entry> entries;  ///< in the order of the file
};

/// A field of a map.
struct Entry {
  Node key;  ///< a scalar
  Node value;
};

/// Parses one document. Notes what is wrong in `mistakes`, and returns nothing when that is so much
/// that the rest cannot be read; after a doubled key, say, the rest is looked at, too. As every function
/// here that notes something, it throws InputError when there are too many mistakes.
std::optional<Node> parse(const Document& document, Mistakes& mistakes);

/// A whole number written plainly: no sign but '-', no leading zero, no 0x, not quoted.
/// `Number` is int or std::int64_t, which more than that does not fit.
template <class Number = int>
std::optional<Number> whole_number(std::string_view text);

/// The same of a node.
template <class Number = int>
std::optional<Number> number_of(const Node& node);

/// "write 41 without quotes", when that is what `node` was meant to say and it is in the range; else "".
std::string number_hint(const Node& node, std::int64_t least, std::int64_t most);

/// ", not 'x'" of a scalar that stands where something else belongs; else "".
std::string instead(const Node& node);

/// Reads the fields of one map and notes mistakes with their place. Unknown fields are mistakes.
///
///   Fields fields(node, "rules[0]", reader);
///   rule.title = fields.text("title");
///   fields.done();
class Reader;

class Fields {
 public:
  Fields(const Node& node, std::string path, Reader& reader);

  /// The value of `key`, or null. `get` notes when it is missing, `find` does not.
  const Node* get(std::string_view key);
  const Node* find(std::string_view key);

  std::string text(std::string_view key);          ///< required, not empty
  std::string text_or_none(std::string_view key);  ///< "" when missing
  int number(std::string_view key, int least, int most);
  int number_or(std::string_view key, int least, int most, int otherwise);
  std::vector<std::string> texts(std::string_view key);          ///< required list of texts
  std::vector<std::string> texts_or_none(std::string_view key);  ///< empty when missing
  std::span<const Node> list(std::string_view key);              ///< required list

  /// One of `words`, as its index; notes the nearest word otherwise, and returns nothing.
  std::optional<std::size_t> word(std::string_view key, std::span<const std::string> words);

  /// Notes every field that was not asked for.
  void done();

  const Node& node() const { return node_; }
  const std::string& path() const { return path_; }
  std::string path(std::string_view key) const;
  Reader& reader() { return reader_; }

 private:
  const Node& node_;
  std::string path_;
  Reader& reader_;
  std::set<std::string, std::less<>> known_;
};

/// The text that is being read, and what is wrong with it so far.
class Reader {
 public:
  explicit Reader(std::string file) : file_(std::move(file)) {}

  void note(const Node& node, std::string field, std::string message, std::string hint = "");
  Mistakes& mistakes() { return mistakes_; }
  const std::string& file() const { return file_; }

  /// The text of a scalar; notes anything else.
  std::string text(const Node& node, const std::string& field);
  template <class Number>
  std::optional<Number> number(const Node& node, const std::string& field, Number least, Number most);
  std::vector<std::string> texts(const Node& node, const std::string& field);

 private:
  std::string file_;
  Mistakes mistakes_;
};

/// "did you mean 'x'?", or "" when nothing is near.
std::string suggestion(std::string_view word, std::span<const std::string> known);

}  // namespace backplan::yaml
