#include "io/answer_lines.hpp"

#include <simdjson.h>

#include <nlohmann/json.hpp>

#include "backplan/diagnostic.hpp"
#include "io/answers.hpp"
#include "io/utf8.hpp"
#include "io/words.hpp"

namespace backplan {
namespace {

namespace dom = simdjson::dom;
namespace ondemand = simdjson::ondemand;

// What is asked of a value, of simdjson's tree and on demand alike. On demand, a text is taken as it
// stands in the line, so there must be no backslash in it.

bool is_null(dom::element value) { return value.is_null(); }
bool is_null(ondemand::value& value) {
  bool null = false;
  return !value.is_null().get(null) && null;
}

bool is_word(dom::element value, std::string_view& word) { return !value.get(word); }
bool is_word(ondemand::value& value, std::string_view& word) {
  const std::string_view token = value.raw_json_token();  // and blanks after it
  ondemand::raw_json_string text;
  if (value.get(text)) return false;
  word = token.substr(1, token.rfind('"') - 1);
  return true;
}

/// Whether `value` is a list of one or more, and `visit` is true for each.
template <class Visit>
bool each_item(dom::element value, Visit visit) {
  dom::array items;
  if (value.get(items)) return false;
  for (const dom::element item : items) {
    if (!visit(item)) return false;
  }
  return items.size() > 0;
}
template <class Visit>
bool each_item(ondemand::value& value, Visit visit) {
  ondemand::array items;
  if (value.get(items)) return false;
  bool any = false;
  for (auto next : items) {
    any = true;
    ondemand::value item;
    if (next.get(item) || !visit(item)) return false;
  }
  return any;
}

/// The value as it would be read from a file.
yaml::Node node_of(dom::element value) {
  using Kind = yaml::Node::Kind;
  std::string_view text;
  if (!value.get(text)) return {.kind = Kind::scalar, .quoted = true, .text = std::string(text)};
  dom::array items;
  if (!value.get(items)) {
    yaml::Node list{.kind = Kind::list};
    for (const dom::element item : items) list.items.push_back(node_of(item));
    return list;
  }
  if (value.is_object()) return {.kind = Kind::map};
  if (value.is_null()) return {};
  return {.kind = Kind::scalar, .text = simdjson::minify(value)};
}

/// Why `value` is no answer to `question`, in the words that a file with it would get.
std::string why_refused(const Question& question, dom::element value) {
  yaml::Reader reader("");
  try {
    read_answer(node_of(value), question, reader);
  } catch (const InputError&) {  // more mistakes than anybody wants to know; the first is enough
  }
  if (reader.mistakes().empty()) return "not an answer; " + expected_answer(question);
  const Diagnostic& mistake = reader.mistakes().all().front();
  return mistake.message + (mistake.hint.empty() ? "" : "; " + mistake.hint);
}
std::string why_refused(const Question&, ondemand::value&) { return ""; }  // the exact road will tell

Words question_words(const Compiled& compiled) {
  std::vector<std::string> words;
  for (const Question& question : compiled.questions()) words.push_back(question.id.text);
  return Words(std::move(words));
}

/// A question and one of its options, or Words::none for "none of these".
struct Pair {
  std::size_t question;
  std::size_t option;
};

/// The answers that most fields have.
std::vector<Pair> pairs(const Compiled& compiled) {
  std::vector<Pair> all;
  for (std::size_t i = 0; i < compiled.questions().size(); ++i) {
    const Question& question = compiled.questions()[i];
    if (question.kind == QuestionKind::checklist) all.push_back({i, Words::none});
    for (std::size_t k = 0; k < question.options.size(); ++k) all.push_back({i, k});
  }
  return all;
}

/// They as they stand in a line that has no blanks, between the first and the last quotation mark.
Words pair_words(const Compiled& compiled) {
  std::vector<std::string> words;
  for (const Pair& pair : pairs(compiled)) {
    const Question& question = compiled.questions()[pair.question];
    words.push_back(question.id.text + "\":\"" +
                    (pair.option == Words::none ? "none" : question.options[pair.option].id.text));
  }
  return Words(std::move(words));
}

std::vector<Words> option_words(const Compiled& compiled) {
  std::vector<Words> all;
  for (const Question& question : compiled.questions()) {
    std::vector<std::string> words;
    for (const Option& option : question.options) words.push_back(option.id.text);
    all.emplace_back(std::move(words));
  }
  return all;
}

}  // namespace

const std::size_t AnswerLineReader::padding = simdjson::SIMDJSON_PADDING;

class AnswerLineReader::Line {
 public:
  explicit Line(const Compiled& compiled)
      : compiled_(compiled),
        questions_(question_words(compiled)),
        options_(option_words(compiled)),
        pairs_(pairs(compiled)),
        pair_words_(pair_words(compiled)),
        sheet_(compiled.blank()),
        seen_(sheet_.answered.size()),
        numbers_(compiled.questions().size()) {}

  bool read(std::string_view line) { return read_on_demand(line) || read_tree(line); }

  const Sheet& sheet() const { return sheet_; }
  std::string_view id() const { return id_; }
  const std::string& error() const { return error_; }

  Answers answers() const {
    Answers answers = compiled_.unpack(sheet_);
    for (std::size_t i = 0; i < numbers_.size(); ++i) {
      const auto answer = answers.find(compiled_.questions()[i].id);
      if (answer == answers.end()) continue;
      if (int* number = std::get_if<int>(&answer->second)) *number = numbers_[i];
    }
    return answers;
  }

 private:
  /// The fast road, for sheets in which nothing is wrong or unusual; of all others it says nothing.
  bool read_on_demand(std::string_view line) {
    clear();
    if (line.find('\\') != std::string_view::npos) return false;
    ondemand::document document;
    ondemand::object answers;
    if (on_demand_.iterate(line.data(), line.size(), line.size() + padding).get(document)) return false;
    if (document.get_object().get(answers)) return false;
    for (auto next : answers) {
      if (next.error() || !read_field(std::move(next).value_unsafe())) return false;
    }
    return document.current_location().error() == simdjson::OUT_OF_BOUNDS;  // nothing follows
  }

  /// The exact road. It knows the whole line before it looks at a part.
  bool read_tree(std::string_view line) {
    clear();
    dom::element root;
    if (const auto error = tree_.parse(line.data(), line.size(), false).get(root)) {
      return fail(std::string("not JSON: ") + simdjson::error_message(error));
    }
    dom::object answers;
    if (root.get(answers)) return fail("must be a map of questions to answers");
    for (const auto [key, value] : answers) {
      if (read_field(key, value)) continue;
      find_id(answers);
      return false;
    }
    return true;
  }

  void clear() {
    for (Bits* bits : {&sheet_.yes, &sheet_.unsure, &sheet_.answered, &seen_}) std::ranges::fill(*bits, 0);
    has_schema_ = false;
    id_.clear();
    error_.clear();
  }

  /// The first error counts.
  bool fail(std::string error) {
    if (error_.empty()) error_ = std::move(error);
    return false;
  }

  bool read_field(ondemand::field&& field) {
    ondemand::value& value = field.value();
    const std::string_view token = value.raw_json_token();  // up to the next one
    const char* key = field.key().raw();
    const std::size_t known = pair_words_.find({key, token.data() + token.size() - 1});
    ondemand::raw_json_string text;
    if (known != Words::none && !value.get(text)) return read_pair(pairs_[known]);
    const std::string_view to_value(key, token.data());
    return read_field(to_value.substr(0, to_value.rfind('"')), value);
  }

  bool read_pair(const Pair& pair) {
    if (!is_first(pair.question)) return false;
    if (pair.option != Words::none) return compiled_.tick(sheet_, pair.question, pair.option, Tri::yes);
    compiled_.none(sheet_, pair.question);
    return true;
  }

  bool is_first(std::size_t question) {
    std::uint64_t& seen = seen_[question / 64];
    const std::uint64_t bit = std::uint64_t{1} << (question % 64);
    const bool first = (seen & bit) == 0;
    seen |= bit;
    return first;
  }

  template <class Value>
  bool read_field(std::string_view key, Value&& value) {
    const std::size_t question = questions_.find(key);
    if (question != Words::none) {
      if (!is_first(question)) return fail(std::string(key) + ": given twice; keep one of them");
      if (read_answer(question, value)) return true;
      const Question& asked = compiled_.questions()[question];
      return fail(asked.id.text + ": " + why_refused(asked, value));
    }
    if (key == "id") {
      if (!id_.empty()) return fail("id: given twice; keep one of them");
      return set_id(value) ||
             fail("id: must be a text, not empty and without control characters, or a whole number");
    }
    if (key == "schema") return read_schema(value);
    const std::string hint = yaml::suggestion(key, questions_.all());
    return fail(in_quotes(key) + ": unknown question" + (hint.empty() ? "" : "; " + hint));
  }

  template <class Value>
  bool read_schema(Value& value) {
    std::string_view word;
    if (has_schema_) return fail("schema: given twice; keep one of them");
    has_schema_ = true;
    return (is_word(value, word) && word == "backplan/answers/1") ||
           fail("schema: must be backplan/answers/1");
  }

  /// Nearly all ids are of letters that JSON writes as they are; also, an empty one is none.
  bool set_plain_id(std::string_view text) {
    const auto plain = [](char c) { return ' ' <= c && c <= '~' && c != '"' && c != '\\'; };
    if (!std::ranges::all_of(text, plain)) return false;
    if (!text.empty()) id_.append(1, '"').append(text).append(1, '"');
    return true;
  }

  /// Whether `value` can be an id.
  template <class Value>
  bool set_id(Value& value) {
    std::string_view text;
    std::int64_t number = 0;
    std::uint64_t large = 0;
    if (is_word(value, text)) {
      if (!set_plain_id(text) && !first_control_character(text)) id_ = nlohmann::json(text).dump();
    } else if (!value.get(number)) {
      id_ = std::to_string(number);
    } else if (!value.get(large)) {
      id_ = std::to_string(large);
    }
    return !id_.empty();
  }

  /// Of a line that is wrong; so that its error names it also when the id stands last.
  void find_id(dom::object answers) {
    dom::element value;
    if (id_.empty() && !answers.at_key("id").get(value)) set_id(value);
  }

  template <class Value>
  bool read_answer(std::size_t question, Value& value) {
    const QuestionKind kind = compiled_.questions()[question].kind;
    std::string_view word;
    if (is_word(value, word)) return read_word(question, word);
    if (is_null(value)) return true;
    if (kind == QuestionKind::number) return read_number(question, value);
    if (kind == QuestionKind::checklist) return read_ticks(question, value);
    return false;
  }

  bool read_word(std::size_t question, std::string_view word) {
    const Question& asked = compiled_.questions()[question];
    if (word == "unsure") return set_unsure(question, asked);
    if (asked.kind == QuestionKind::number) return false;
    if (asked.kind != QuestionKind::checklist) return tick(question, word, Tri::yes);
    if (word != "none") return read_tick(question, word);
    compiled_.none(sheet_, question);
    return true;
  }

  bool set_unsure(std::size_t question, const Question& asked) {
    if (asked.unsure_as) return tick(question, asked.unsure_as->text, Tri::yes);
    compiled_.unsure(sheet_, question);
    return true;
  }

  template <class Value>
  bool read_number(std::size_t question, Value& value) {
    const Question& asked = compiled_.questions()[question];
    std::int64_t number = 0;
    if (value.get(number) || number < asked.least || number > asked.most) return false;
    numbers_[question] = static_cast<int>(number);
    compiled_.number(sheet_, question, numbers_[question]);
    return true;
  }

  template <class Value>
  bool read_ticks(std::size_t question, Value& value) {
    const auto read_item = [&](auto&& item) {
      std::string_view word;
      return is_word(item, word) && read_tick(question, word);
    };
    return each_item(value, read_item);
  }

  /// A question mark at the end says "not sure about this one".
  bool read_tick(std::size_t question, std::string_view word) {
    const bool unsure = word.ends_with('?');
    if (unsure) word.remove_suffix(1);
    return tick(question, word, unsure ? Tri::unsure : Tri::yes);
  }

  bool tick(std::size_t question, std::string_view word, Tri how) {
    const std::size_t option = options_[question].find(word);
    return option != Words::none && compiled_.tick(sheet_, question, option, how);
  }

  const Compiled& compiled_;
  Words questions_;
  std::vector<Words> options_;
  std::vector<Pair> pairs_;
  Words pair_words_;
  ondemand::parser on_demand_;
  dom::parser tree_;
  Sheet sheet_;
  Bits seen_;                 ///< questions, also those whose answer is null
  std::vector<int> numbers_;  ///< by question: the sheet only has their classes
  bool has_schema_ = false;
  std::string id_;
  std::string error_;
};

AnswerLineReader::AnswerLineReader(const Compiled& compiled) : line_(std::make_unique<Line>(compiled)) {}
AnswerLineReader::~AnswerLineReader() = default;
bool AnswerLineReader::read(std::string_view line) { return line_->read(line); }
const Sheet& AnswerLineReader::sheet() const { return line_->sheet(); }
Answers AnswerLineReader::answers() const { return line_->answers(); }
std::string_view AnswerLineReader::id() const { return line_->id(); }
const std::string& AnswerLineReader::error() const { return line_->error(); }

}  // namespace backplan
