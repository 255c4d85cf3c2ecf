#include "io/answer_lines.hpp"

#include <simdjson.h>

#include <cstring>
#include <nlohmann/json.hpp>

#include "backplan/diagnostic.hpp"
#include "io/answers.hpp"
#include "io/utf8.hpp"

namespace backplan {
namespace {

namespace dom = simdjson::dom;
namespace ondemand = simdjson::ondemand;

/// simdjson's tree as the tree that all readers of answers read. A number is kept as it is written.
yaml::Node as_node(dom::element value) {
  using Kind = yaml::Node::Kind;
  yaml::Node node;
  if (value.is_null()) return node;
  std::string_view text;
  if (dom::array items; !value.get(items)) {
    node.kind = Kind::list;
    for (const dom::element item : items) node.items.push_back(as_node(item));
  } else if (dom::object fields; !value.get(fields)) {
    node.kind = Kind::map;
    for (const auto [key, field] : fields) {
      node.entries.push_back(
          {{.kind = Kind::scalar, .quoted = true, .text = std::string(key)}, as_node(field)});
    }
  } else {
    node.kind = Kind::scalar;
    node.quoted = !value.get(text);
    node.text = node.quoted ? std::string(text) : simdjson::minify(value);
  }
  return node;
}

/// An id as JSON, or "" when `value` cannot be one: a text, not empty, or a whole number.
std::string as_id(dom::element value) {
  std::string_view text;
  if (value.is_int64() || value.is_uint64()) return simdjson::minify(value);
  if (value.get(text) || text.empty() || first_control_character(text)) return "";
  return nlohmann::json(text).dump();
}

std::string in_one_line(const Diagnostic& mistake) {
  return mistake.field + ": " + mistake.message + (mistake.hint.empty() ? "" : "; " + mistake.hint);
}

/// Whether an id is of letters that JSON writes as they are.
bool is_plain(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return ' ' <= c && c <= '~' && c != '"' && c != '\\'; });
}

/// A word and the quotation mark after it, to be found in a line eight bytes at a time. As there is no such
/// mark within a word, nothing is read that is more than that after the mark in the line.
class Word {
 public:
  explicit Word(std::string word) {
    word += '"';
    for (std::size_t at = 0; at < word.size(); at += sizeof(std::uint64_t)) {
      Part& part = at == 0 ? first_ : rest_.emplace_back();
      const std::size_t length = std::min(word.size() - at, sizeof(std::uint64_t));
      std::memcpy(&part.bytes, word.data() + at, length);
      std::memset(&part.mask, 0xff, length);
    }
  }

  bool stands_at(const char* text) const {
    return first_.stands_at(text) && std::ranges::all_of(rest_, [&](const Part& part) {
             return part.stands_at(text += sizeof(std::uint64_t));
           });
  }

 private:
  struct Part {
    std::uint64_t bytes = 0;
    std::uint64_t mask = 0;

    bool stands_at(const char* text) const {
      std::uint64_t there = 0;
      std::memcpy(&there, text, sizeof there);
      return ((there ^ bytes) & mask) == 0;
    }
  };

  Part first_;
  std::vector<Part> rest_;
};

}  // namespace

const std::size_t AnswerLineReader::padding = simdjson::SIMDJSON_PADDING;

class AnswerLineReader::Line {
 public:
  explicit Line(const Compiled& compiled) : compiled_(compiled), seen_(compiled.questions().size()) {
    for (const Question& question : compiled.questions()) {
      questions_.push_back(question.id.text);
      Words& words = words_.emplace_back(Words{Word(question.id.text), {}, none});
      for (const Option& option : question.options) {
        if (option.id == question.unsure_as) words.unsure_as = words.options.size();
        words.options.push_back({Word(option.id.text), Word(option.id.text + '?')});
      }
    }
  }

  bool read(std::string_view line) {
    clear();
    if (read_on_demand(line)) return true;
    clear();
    return read_tree(line);
  }

  std::string contradiction(std::string_view line) {
    clear();
    read_tree(line);
    const auto all = contradictions(compiled_.questions(), compiled_.rules(), answers_);
    return in_one_line(diagnostic(all.front(), answers_, compiled_.questions()));
  }

  const Sheet& sheet() const { return sheet_; }
  std::string_view id() const { return id_; }
  const std::string& error() const { return error_; }

 private:
  static constexpr std::size_t none = ~std::size_t{0};
  struct OptionWords {
    Word yes;
    Word unsure;
  };
  struct Words {
    Word question;
    std::vector<OptionWords> options;
    std::size_t unsure_as = none;
  };

  void clear() {
    sheet_.clear();
    std::fill(seen_.begin(), seen_.end(), false);
    expected_ = 0;
    id_.clear();
    error_.clear();
  }

  // The fast road, for sheets in which nothing is wrong or unusual; of all others it says nothing. A text
  // is taken as it stands in the line, so there must be no backslash in it.

  bool read_on_demand(std::string_view line) {
    if (line.find('\\') != std::string_view::npos) return false;
    ondemand::document document;
    ondemand::object answers;
    if (on_demand_.iterate(line.data(), line.size(), line.size() + padding).get(document)) return false;
    if (document.get_object().get(answers)) return false;
    for (auto next : answers) {
      // A copy of the field would take longer than the rest.
      if (next.error() || !read_field(std::move(next).value_unsafe())) return false;
    }
    return document.current_location().error() == simdjson::OUT_OF_BOUNDS;  // nothing follows
  }

  /// Sheets are mostly in the order of the questionnaire, so the next question is looked for first.
  std::size_t question_at(const char* key) {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      const std::size_t at = expected_ + i < words_.size() ? expected_ + i : expected_ + i - words_.size();
      if (!words_[at].question.stands_at(key)) continue;
      expected_ = at + 1;
      return at;
    }
    return none;
  }

  bool read_field(ondemand::field&& field) {
    const char* key = field.key().raw();
    const std::size_t question = question_at(key);
    if (question == none) return read_id(key, field.value());
    if (seen_[question]) return false;
    seen_[question] = true;
    return read_answer(question, field.value());
  }

  bool read_id(const char* key, ondemand::value& value) {
    std::string_view text;
    if (!id_word_.stands_at(key) || !id_.empty() || value.get_string().get(text) || text.empty())
      return false;
    if (is_plain(text)) id_.append(1, '"').append(text).append(1, '"');
    return !id_.empty();
  }

  bool read_answer(std::size_t question, ondemand::value& value) {
    const QuestionKind kind = compiled_.questions()[question].kind;
    ondemand::raw_json_string text;
    if (!value.get(text)) return read_word(question, text.raw());
    if (kind == QuestionKind::number) return read_number(question, value);
    return kind == QuestionKind::checklist && read_ticks(question, value);
  }

  bool read_word(std::size_t question, const char* word) {
    const Question& asked = compiled_.questions()[question];
    if (asked.kind == QuestionKind::number) return false;
    if (unsure_word_.stands_at(word)) {
      set_unsure(question);
      return true;
    }
    compiled_.none(sheet_, question);
    const bool list = asked.kind == QuestionKind::checklist;
    return (list && none_word_.stands_at(word)) || tick(question, word, list) != none;
  }

  void set_unsure(std::size_t question) {
    const std::size_t option = words_[question].unsure_as;
    if (option == none) return compiled_.unsure(sheet_, question);
    compiled_.none(sheet_, question);
    compiled_.tick(sheet_, question, option, Tri::yes);
  }

  bool read_number(std::size_t question, ondemand::value& value) {
    const Question& asked = compiled_.questions()[question];
    std::int64_t number = 0;
    if (value.get(number) || number < asked.least || number > asked.most) return false;
    compiled_.number(sheet_, question, static_cast<int>(number));
    return true;
  }

  bool read_ticks(std::size_t question, ondemand::value& value) {
    ondemand::array items;
    if (value.get(items)) return false;
    compiled_.none(sheet_, question);
    std::uint64_t ticked = 0;
    for (auto next : items) {
      ondemand::raw_json_string word;
      if (next.get(word)) return false;
      const std::size_t option = tick(question, word.raw(), true);
      if (option >= 64 || (ticked >> option & 1) != 0) return false;
      ticked |= std::uint64_t{1} << option;
    }
    return ticked != 0;
  }

  /// The option that was ticked, or none.
  std::size_t tick(std::size_t question, const char* word, bool may_be_unsure) {
    const auto& options = words_[question].options;
    for (std::size_t i = 0; i < options.size(); ++i) {
      const bool unsure = may_be_unsure && options[i].unsure.stands_at(word);
      if (!unsure && !options[i].yes.stands_at(word)) continue;
      compiled_.tick(sheet_, question, i, unsure ? Tri::unsure : Tri::yes);
      return i;
    }
    return none;
  }

  // The exact road: the whole line first, then what a single sheet is read with.

  bool read_tree(std::string_view line) {
    dom::element root;
    if (const auto error = tree_.parse(line.data(), line.size(), false).get(root)) {
      return fail(std::string("not JSON: ") + simdjson::error_message(error));
    }
    dom::object fields;
    if (root.get(fields)) return fail("must be a map of questions to answers");
    answers_.clear();
    std::set<std::string_view> keys;
    for (const auto [key, value] : fields) {
      if (!keys.insert(key).second) fail(std::string(key) + ": given twice; keep one of them");
      if (error_.empty()) read_field(key, value);
      if (error_.empty()) continue;
      // So that the error names it also when the id stands last.
      if (dom::element id; id_.empty() && !fields.at_key("id").get(id)) id_ = as_id(id);
      return false;
    }
    sheet_ = compiled_.sheet(answers_);
    return true;
  }

  bool fail(std::string error) {
    error_ = std::move(error);
    return false;
  }

  void read_field(std::string_view key, dom::element value) {
    const Question* question = find(compiled_.questions(), QuestionId{std::string(key)});
    if (question) return read_answer(*question, value);
    std::string_view text;
    if (key == "id") {
      id_ = as_id(value);
      if (id_.empty())
        fail("id: must be a text, not empty and without control characters, or a whole number");
    } else if (key == "schema") {
      if (value.get(text) || text != "backplan/answers/1") fail("schema: must be backplan/answers/1");
    } else {
      const std::string hint = yaml::suggestion(key, questions_);
      fail(in_quotes(key) + ": unknown question" + (hint.empty() ? "" : "; " + hint));
    }
  }

  void read_answer(const Question& question, dom::element value) {
    if (value.is_null()) return;
    yaml::Reader reader("");
    try {
      if (const auto answer = backplan::read_answer(as_node(value), question, reader)) {
        answers_.emplace(question.id, *answer);
      }
    } catch (const InputError&) {  // more mistakes than anybody wants to know; the first is enough
    }
    if (!reader.mistakes().empty()) fail(in_one_line(reader.mistakes().all().front()));
  }

  const Compiled& compiled_;
  std::vector<std::string> questions_;
  std::vector<Words> words_;  ///< by question
  const Word id_word_{"id"}, none_word_{"none"}, unsure_word_{"unsure"};
  ondemand::parser on_demand_;
  dom::parser tree_;
  Sheet sheet_;
  Answers answers_;         ///< of the exact road
  std::vector<bool> seen_;  ///< questions
  std::size_t expected_ = 0;
  std::string id_;
  std::string error_;
};

AnswerLineReader::AnswerLineReader(const Compiled& compiled) : line_(std::make_unique<Line>(compiled)) {}
AnswerLineReader::~AnswerLineReader() = default;
bool AnswerLineReader::read(std::string_view line) { return line_->read(line); }
const Sheet& AnswerLineReader::sheet() const { return line_->sheet(); }
std::string_view AnswerLineReader::id() const { return line_->id(); }
const std::string& AnswerLineReader::error() const { return line_->error(); }
std::string AnswerLineReader::contradiction(std::string_view line) { return line_->contradiction(line); }

}  // namespace backplan
