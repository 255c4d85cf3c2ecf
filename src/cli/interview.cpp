#include "cli/interview.hpp"

#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <set>
#include <utility>

#include "backplan/contradiction.hpp"
#include "backplan/screening.hpp"
#include "io/layout.hpp"
#include "io/yaml_reader.hpp"

namespace backplan::cli {
namespace {

constexpr std::size_t longest_line = 4096;

bool is_yes_no(const Question& question) {
  return question.kind == QuestionKind::scale && question.options.size() == 2 &&
         question.options[0].text == "no" && question.options[1].text == "yes";
}

std::string lower(std::string text) {
  for (char& c : text) {
    if ('A' <= c && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

std::vector<std::string> words_of(const std::string& line) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : line + " ") {
    const bool between = c == ' ' || c == ',' || c == '\t';
    if (!between) word += c;
    if (between && !word.empty()) words.push_back(std::exchange(word, ""));
  }
  return words;
}

/// What the person can type, in words.
std::string how_to_answer(const Question& question) {
  const std::string also = "u (not sure), ? (why), b (back) or q (stop)";
  if (is_yes_no(question)) return "y, n, " + also;
  switch (question.kind) {
    case QuestionKind::scale:
    case QuestionKind::choice:
      return "one number, " + also;
    case QuestionKind::checklist:
      return "0, or numbers such as 1 3, or 2? when not sure of 2, " + also;
    case QuestionKind::number:
      return fmt::format("a number from {} to {}, {}", question.least, question.most, also);
  }
  return "";
}

/// The same at a glance, at every prompt; `least` is 0 where "none of these" can be so.
std::string keys(const Question& question, int least) {
  if (is_yes_no(question)) return "y n";
  switch (question.kind) {
    case QuestionKind::scale:
    case QuestionKind::choice:
      return fmt::format("1-{}", question.options.size());
    case QuestionKind::checklist:
      return fmt::format("{}-{}", least, question.options.size());
    case QuestionKind::number:
      return fmt::format("{}-{}", question.least, question.most);
  }
  return "";
}

/// Paragraphs for a person, at most so wide.
class Prompter {
 public:
  explicit Prompter(int width) : width_(width) {}

  std::string page(std::string_view first, std::string_view text) const {
    Page page(width_);
    page.say(first, text);
    return page.take();
  }

  std::string put(const Question& question, bool none, std::size_t more) const;
  std::string reasons_for(const Question& question) const;

 private:
  int width_;
};

std::string Prompter::put(const Question& question, bool none, std::size_t more) const {
  std::string text = "\n" + page("", question.ask);
  const bool listed = question.kind != QuestionKind::number && !is_yes_no(question);
  if (question.kind == QuestionKind::checklist && none) text += "   0 none of these\n";
  for (std::size_t i = 0; listed && i < question.options.size(); ++i) {
    text += page(fmt::format("  {:2} ", i + 1), question.options[i].text);
  }
  const std::string left = more == 0 ? "last one" : fmt::format("at most {} more", more);
  return text + fmt::format("({}) [{} u ? b q] ", left, keys(question, none ? 0 : 1));
}

std::string Prompter::reasons_for(const Question& question) const {
  std::string sources;
  for (const SourceId& source : question.sources) sources += " " + source.text;
  return page("  ", question.why) + page("  ", "Source:" + sources);
}

/// The option with this number, counting from 1, or with this name, as answer sheets have it.
const Option* option_of(const Question& question, std::string_view word) {
  const auto number = yaml::whole_number(word);
  for (std::size_t i = 0; i < question.options.size(); ++i) {
    const Option& option = question.options[i];
    if (option.id.text == word || number == static_cast<int>(i + 1)) return &option;
  }
  return nullptr;
}

std::optional<Value> read_checklist(const Question& question, const std::vector<std::string>& words) {
  if (words.size() == 1 && (words[0] == "0" || words[0] == "none")) return Ticks{};
  Ticks ticks;
  for (std::string word : words) {
    const bool unsure = word.ends_with('?');
    if (unsure) word.pop_back();
    const Option* option = option_of(question, word);
    if (!option) return std::nullopt;
    (unsure ? ticks.unsure : ticks.yes).insert(option->id);
  }
  return ticks;
}

/// The answer that a typed line states, or nothing.
std::optional<Value> understood(const Question& question, const std::string& line) {
  const std::vector<std::string> words = words_of(lower(line));
  if (words.empty()) return std::nullopt;
  const std::string& word = words.front();
  if (question.kind == QuestionKind::checklist && word != "u") return read_checklist(question, words);
  if (words.size() > 1) return std::nullopt;
  if (word == "u" || word == "unsure") return counted(question, Unsure{});
  if (question.kind == QuestionKind::number) {
    const auto number = yaml::whole_number(word);
    if (number && accepts(question, *number)) return *number;
    return std::nullopt;
  }
  if (is_yes_no(question)) {
    if (word == "y" || word == "yes") return question.options[1].id;
    if (word == "n" || word == "no") return question.options[0].id;
    return std::nullopt;
  }
  if (const Option* option = option_of(question, word)) return option->id;
  return std::nullopt;
}

/// What a line means: an answer, or a wish.
enum class Reply { answer, back, stop, again };  // again: go on asking

/// One interview in progress.
class Asking {
 public:
  Asking(const Catalog& catalog, const ReadLine& read_line, const Show& show, const InterviewStyle& style)
      : catalog_(catalog),
        read_line_(read_line),
        show_(show),
        prompter_(style.width),
        summary_(style.summary) {}

  Interview run() {
    show_(prompter_.page("",
                         "Questions about signs that should be looked at first, then about your "
                         "upper back.") +
          prompter_.page(
              "", "If you feel very unwell, stop here and call: " + catalog_.advice.emergency_numbers + ".") +
          prompter_.page("",
                         "Type numbers (1 3, or 2? when not sure of 2), u for not sure, ? why it is "
                         "asked, b back, q stop."));
    Reply reply = Reply::again;
    while (reply == Reply::again || reply == Reply::back) {
      if (reply == Reply::back) go_back();
      reply = ask_all();
      if (reply == Reply::answer && summary_ && !emergency()) reply = confirm();
    }
    state_.ended = reply == Reply::stop;
    return std::move(state_);
  }

 private:
  Reply ask_all() {
    for (const Question* next = next_question(); next; next = next_question()) {
      const Reply reply = ask(*next);
      if (reply == Reply::stop) return reply;
      if (reply == Reply::back) go_back();
    }
    return Reply::answer;
  }

  bool emergency() const {
    return screen(assess(catalog_.rules, state_.answers)).total().disposition == Disposition::emergency;
  }

  /// All answers once more: they are right, or the last or another one changes.
  Reply confirm() {
    for (;;) {
      show_(answers_so_far());
      ++state_.prompts;
      const auto line = read_line_();
      const std::string word = lower(line.value_or("q"));
      state_.unconfirmed = word == "q";
      if (word == "q") return Reply::stop;
      if (word == "b") return Reply::back;
      if (word == "y" || word == "yes") return Reply::answer;
      const auto number = yaml::whole_number(word);
      if (!number || *number < 1 || *number > static_cast<int>(asked_.size())) continue;
      const QuestionId changed = asked_[static_cast<std::size_t>(*number - 1)];
      const Reply reply = ask(*find(catalog_.questions, changed));
      if (reply == Reply::answer) return Reply::again;  // it may open further questions
      state_.unconfirmed = reply == Reply::stop;
      if (reply == Reply::stop) return reply;
    }
  }

  std::string answers_so_far() const {
    std::string text = "\n" + prompter_.page("", "Your answers:");
    for (std::size_t i = 0; i < asked_.size(); ++i) {
      const Question& question = *find(catalog_.questions, asked_[i]);
      text += prompter_.page(fmt::format("  {:2} ", i + 1), question.ask) +
              prompter_.page("     = ", said(question));
    }
    return text + prompter_.page("", "Is this right? y, or the number of an answer to change.") +
           fmt::format("[y 1-{} b q] ", asked_.size());
  }

  /// "Not sure" is kept as what it counts as.
  std::string said(const Question& question) const {
    std::string words = in_words(question, state_.answers.at(question.id));
    if (!unsure_.contains(question.id) || words == "not sure") return words;
    return "not sure, which counts as: " + words;
  }

  const Question* next_question() {
    const Screening screening = screen(assess(catalog_.rules, state_.answers));
    const auto open = open_questions(catalog_.questions, screening);
    more_ = open.empty() ? 0 : open.size() - 1;
    return open.empty() ? nullptr : open.front();
  }

  Reply ask(const Question& question) {
    show_(prompter_.put(question, denied_by(question, Ticks{}).empty(), more_));
    bool clarified = question.clarify.empty();
    for (;;) {
      ++state_.prompts;
      const auto line = read_line_();
      if (!line) return Reply::stop;
      const std::string word = lower(*line);
      if (word == "q") return Reply::stop;
      if (word == "b") return Reply::back;
      if (word == "?") {
        show_(prompter_.reasons_for(question) + "> ");
        continue;
      }
      const auto value = understood(question, *line);
      if (!value) {
        show_(prompter_.page("  ", "Please type " + how_to_answer(question) + ".") + "> ");
      } else if (std::holds_alternative<Unsure>(*value) && !clarified) {
        // One simpler wording; whoever is still not sure has answered.
        show_(prompter_.page("  ", question.clarify) + prompter_.page("  ", "Still not sure? Type u again.") +
              "> ");
        clarified = true;
      } else if (const std::string said = denied_by(question, *value); !said.empty()) {
        show_(prompter_.page("  ", "That does not go with what you said before: " + said +
                                       ". Answer again, or type b to go back.") +
              "> ");
      } else {
        keep(question, *value, word == "u" || word == "unsure");
        return Reply::answer;
      }
    }
  }

  /// The earlier answers that such an answer does not go with, in words.
  std::string denied_by(const Question& question, const Value& value) const {
    Answers answers = state_.answers;
    answers[question.id] = value;
    std::string said;
    for (const Contradiction& each : contradictions(catalog_.questions, catalog_.rules, answers)) {
      if (each.question != question.id) continue;
      for (const QuestionId& id : each.gate) {
        said += (said.empty() ? "" : "; ") + in_words(*find(catalog_.questions, id), answers.at(id));
      }
    }
    return said;
  }

  void keep(const Question& question, const Value& value, bool unsure) {
    const Answers before = state_.answers;
    state_.answers[question.id] = value;
    unsure_.erase(question.id);
    if (unsure) unsure_.insert(question.id);
    if (std::ranges::find(asked_, question.id) == asked_.end()) asked_.push_back(question.id);
    drop_denied(before);
  }

  /// Drops the answers that the last one denies, and says so. Should it change again, they are asked again.
  void drop_denied(const Answers& before) {
    std::set<QuestionId> denied;
    for (const Contradiction& each : contradictions(catalog_.questions, catalog_.rules, state_.answers)) {
      denied.insert(each.question);
    }
    for (const Question& each : catalog_.questions) {
      if (closed(each, state_.answers) && !closed(each, before)) denied.insert(each.id);
    }
    std::string dropped;
    for (const Question& each : catalog_.questions) {
      const auto answer = state_.answers.find(each.id);
      if (answer == state_.answers.end() || !denied.contains(each.id)) continue;
      dropped += prompter_.page("    ", each.ask + " " + in_words(each, answer->second));
      forget(each.id);
    }
    if (dropped.empty()) return;
    show_(prompter_.page("  ", "This no longer goes with your answers, and is left out:") + dropped);
  }

  void forget(const QuestionId& id) {
    state_.answers.erase(id);
    unsure_.erase(id);
    std::erase(asked_, id);
  }

  void go_back() {
    if (asked_.empty()) return;
    const QuestionId last = asked_.back();
    forget(last);
  }

  const Catalog& catalog_;
  const ReadLine& read_line_;
  const Show& show_;
  Prompter prompter_;
  bool summary_;
  Interview state_;
  std::vector<QuestionId> asked_;
  std::set<QuestionId> unsure_;
  std::size_t more_ = 0;
};

volatile sig_atomic_t interrupted_flag = 0;

void on_interrupt(int) { interrupted_flag = 1; }

}  // namespace

Interview interview(const Catalog& catalog, const ReadLine& read_line, const Show& show,
                    const InterviewStyle& style) {
  return Asking(catalog, read_line, show, style).run();
}

std::string in_words(const Question& question, const Value& value) {
  if (const int* number = std::get_if<int>(&value)) return fmt::format("{} {}", *number, question.unit);
  std::string words;
  for (const Option& option : question.options) {
    const Ticks* ticks = std::get_if<Ticks>(&value);
    const bool unsure = ticks && ticks->unsure.contains(option.id);
    const bool yes = ticks ? ticks->yes.contains(option.id) : value == Value{option.id};
    if (!yes && !unsure) continue;
    words += (words.empty() ? "" : "; ") + option.text + (unsure ? " (not sure)" : "");
  }
  if (!words.empty()) return words;
  return std::holds_alternative<Unsure>(value) ? "not sure" : "none of these";
}

void listen_for_interrupt() {
  struct sigaction action {};
  action.sa_handler = on_interrupt;  // no SA_RESTART: reading must end
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, nullptr);
}

bool was_interrupted() { return interrupted_flag != 0; }

std::optional<char> TypedLines::next() {
  if (position_ == length_) {
    ssize_t got = -1;
    do {
      if (was_interrupted()) return std::nullopt;
      got = ::read(0, buffer_.data(), buffer_.size());
    } while (got < 0 && errno == EINTR);
    if (got <= 0) return std::nullopt;
    position_ = 0;
    length_ = static_cast<std::size_t>(got);
  }
  return buffer_[position_++];
}

std::optional<std::string> TypedLines::operator()() {
  std::string line;
  for (auto c = next(); c != '\n'; c = next()) {
    // A last line without its end may have been cut: it is no answer.
    if (!c) return std::nullopt;
    if (line.size() < longest_line) line += *c;
  }
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

}  // namespace backplan::cli
