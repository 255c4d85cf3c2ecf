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

/// What is quoted in a message is kept short; a line may be one long word.
std::string in_quotes(std::string_view word) {
  constexpr std::size_t most = 40;
  return "'" + (word.size() <= most ? std::string(word) : "...") + "'";
}

Words question_words(const Compiled& compiled) {
  std::vector<std::string> words;
  for (const Question& question : compiled.questions()) words.push_back(question.id.text);
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
        sheet_(compiled.blank()),
        seen_(sheet_.answered.size()) {}

  bool read(std::string_view line) {
    clear();
    dom::element root;
    if (const auto error = parser_.parse(line.data(), line.size(), false).get(root)) {
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

  const Sheet& sheet() const { return sheet_; }
  std::string_view id() const { return id_; }
  const std::string& error() const { return error_; }

 private:
  void clear() {
    for (Bits* bits : {&sheet_.yes, &sheet_.unsure, &sheet_.answered, &seen_}) std::ranges::fill(*bits, 0);
    has_schema_ = false;
    id_.clear();
    error_.clear();
  }

  bool fail(std::string error) {
    error_ = std::move(error);
    return false;
  }

  bool read_field(std::string_view key, dom::element value) {
    const std::size_t question = questions_.find(key);
    if (question != Words::none) {
      std::uint64_t& seen = seen_[question / 64];
      const std::uint64_t bit = std::uint64_t{1} << (question % 64);
      if (seen & bit) return fail(std::string(key) + ": given twice; keep one of them");
      seen |= bit;
      return value.is_null() || read_answer(question, value);
    }
    if (key == "id") {
      if (!id_.empty()) return fail("id: given twice; keep one of them");
      return set_id(value) || fail("id: must be a text, not empty and without control characters, or a whole number");
    }
    if (key == "schema") return read_schema(value);
    return fail(in_quotes(key) + ": unknown question" + hint(key, questions_.all()));
  }

  static std::string hint(std::string_view word, const std::vector<std::string>& known) {
    const std::string near = word.size() > 64 ? "" : nearest(word, known);
    return near.empty() ? "" : "; did you mean '" + near + "'?";
  }

  bool read_schema(dom::element value) {
    std::string_view word;
    if (has_schema_) return fail("schema: given twice; keep one of them");
    has_schema_ = true;
    return (!value.get(word) && word == "backplan/answers/1") || fail("schema: must be backplan/answers/1");
  }

  /// Nearly all ids are of letters that JSON writes as they are; also, an empty one is none.
  bool set_plain_id(std::string_view text) {
    const auto plain = [](char c) { return ' ' <= c && c <= '~' && c != '"' && c != '\\'; };
    if (!std::ranges::all_of(text, plain)) return false;
    if (!text.empty()) id_.append(1, '"').append(text).append(1, '"');
    return true;
  }

  /// Whether `value` can be an id.
  bool set_id(dom::element value) {
    std::string_view text;
    std::int64_t number = 0;
    std::uint64_t large = 0;
    if (!value.get(text)) {
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

  bool read_answer(std::size_t question, dom::element value) {
    const Question& asked = compiled_.questions()[question];
    std::string_view word;
    const bool is_word = !value.get(word);
    if (is_word && word == "unsure") return set_unsure(question, asked);
    if (asked.kind == QuestionKind::checklist) return read_ticks(question, value);
    if (asked.kind == QuestionKind::number) return read_number(question, value);
    if (!is_word) return refuse(question);
    return tick(question, word, Tri::yes);
  }

  bool set_unsure(std::size_t question, const Question& asked) {
    if (asked.unsure_as) return tick(question, asked.unsure_as->text, Tri::yes);
    compiled_.unsure(sheet_, question);
    return true;
  }

  bool read_number(std::size_t question, dom::element value) {
    const Question& asked = compiled_.questions()[question];
    std::int64_t number = 0;
    if (value.get(number)) return refuse(question);
    if (number < asked.least || number > asked.most) {
      return refuse(question, in_quotes(std::to_string(number)));
    }
    compiled_.number(sheet_, question, static_cast<int>(number));
    return true;
  }

  bool read_ticks(std::size_t question, dom::element value) {
    std::string_view word;
    if (!value.get(word)) {
      if (word != "none") return read_tick(question, word);
      compiled_.none(sheet_, question);
      return true;
    }
    dom::array items;
    if (value.get(items) || items.begin() == items.end()) return refuse(question);
    for (const dom::element item : items) {
      if (item.get(word)) return refuse(question);
      if (!read_tick(question, word)) return false;
    }
    return true;
  }

  /// A question mark at the end says "not sure about this one".
  bool read_tick(std::size_t question, std::string_view word) {
    const bool unsure = word.ends_with('?');
    if (unsure) word.remove_suffix(1);
    return tick(question, word, unsure ? Tri::unsure : Tri::yes);
  }

  bool tick(std::size_t question, std::string_view word, Tri how) {
    const std::size_t option = options_[question].find(word);
    if (option == Words::none) return refuse(question, in_quotes(word), hint(word, options_[question].all()));
    if (!compiled_.tick(sheet_, question, option, how)) {
      return fail(compiled_.questions()[question].id.text + ": " + in_quotes(word) + " is given twice; keep one of them");
    }
    return true;
  }

  bool refuse(std::size_t question, const std::string& what = "", const std::string& hint = "") {
    const Question& asked = compiled_.questions()[question];
    return fail(asked.id.text + ": " + (what.empty() ? "not an answer" : what + " is not an answer") +
                (hint.empty() ? "; " + expected_answer(asked) : hint));
  }

  const Compiled& compiled_;
  Words questions_;
  std::vector<Words> options_;
  dom::parser parser_;
  Sheet sheet_;
  Bits seen_;  ///< questions, also those whose answer is null
  bool has_schema_ = false;
  std::string id_;
  std::string error_;
};

AnswerLineReader::AnswerLineReader(const Compiled& compiled) : line_(std::make_unique<Line>(compiled)) {}
AnswerLineReader::~AnswerLineReader() = default;
bool AnswerLineReader::read(std::string_view line) { return line_->read(line); }
const Sheet& AnswerLineReader::sheet() const { return line_->sheet(); }
std::string_view AnswerLineReader::id() const { return line_->id(); }
const std::string& AnswerLineReader::error() const { return line_->error(); }

}  // namespace backplan
