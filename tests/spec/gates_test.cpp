// What the follow-ups of the shipped questionnaire take for granted, and that nobody's answer to one is
// passed over in silence. All is derived from routines/; the counts are from a review by hand.

#include <doctest/doctest.h>

#include <ranges>

#include "core/cohort.hpp"
#include "proof/people.hpp"
#include "proof/sheet_text.hpp"
#include "spec/tables.hpp"

namespace backplan::spec {
namespace {

/// Each answer to a question that says one thing, and "not sure"; to a checklist also two things.
std::vector<Value> answers_to(const Question& question) {
  std::vector<Value> values{counted(question, Unsure{})};
  const bool checklist = question.kind == QuestionKind::checklist;
  for (int n = question.least; question.kind == QuestionKind::number && n <= question.most; ++n) {
    values.emplace_back(n);
  }
  for (const Option& option : question.options) {
    if (!checklist) values.emplace_back(option.id);
    if (checklist) values.insert(values.end(), {Ticks{{option.id}, {}}, Ticks{{}, {option.id}}});
  }
  if (!checklist) return values;
  values.emplace_back(Ticks{});
  values.emplace_back(Ticks{{question.options.front().id, question.options.back().id}, {}});
  return values;
}

/// A calm person, and two answers of which only one can be so.
struct Pair {
  const Question* question;
  Value value;
  const Question* gate;
  Answers answers;
};

Answers calm() { return parse_answers(read_document(SOURCE_DIR "/examples/desk-worker.yaml"), shipped()); }

template <class Visit>
void each_gate_answer(const Question& question, Visit visit) {
  const auto looks_at = questions_of(*question.gate);
  REQUIRE(looks_at.size() == 1);
  const Question& gate = *find(shipped().questions, *looks_at.begin());
  for (const Value& value : answers_to(gate)) {
    Answers answers = calm();
    answers[gate.id] = value;
    visit(gate, answers);
  }
}

/// Each answer that reports something, with each that closes its gate.
std::vector<Pair> pairs() {
  std::vector<Pair> all;
  for (const Question& question : shipped().questions) {
    if (!question.gate) continue;
    each_gate_answer(question, [&](const Question& gate, Answers answers) {
      if (!closed(question, answers)) return;
      for (const Value& value : answers_to(question)) {
        if (!reports(shipped().rules, question.id, value)) continue;
        answers[question.id] = value;
        all.push_back({&question, value, &gate, answers});
      }
    });
  }
  return all;
}

std::string sheet_text(const Answers& answers) {
  std::string text;
  for (const auto& [id, value] : answers) text += id.text + ": " + proof::as_yaml(value) + "\n";
  return text;
}

std::string refusal(const Document& document) {
  try {
    parse_answers(document, shipped());
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

/// "severity: '9'"; of several ticks, the first.
std::string named(const Question& question, const Value& value) {
  std::string id = proof::as_yaml(value);
  if (const Ticks* ticks = std::get_if<Ticks>(&value)) {
    for (const Option& option : question.options | std::views::reverse) {
      if (ticks->yes.contains(option.id)) id = option.id.text;
      if (ticks->unsure.contains(option.id)) id = option.id.text + "?";
    }
  }
  std::erase(id, '"');
  return question.id.text + ": '" + id + "'";
}

/// Whether a batch refuses the same.
class Batch {
 public:
  bool refuses(const Answers& answers) {
    cohort_.clear();
    cohort_.add(compiled_.sheet(answers));
    cohort_.screen();
    return cohort_.contradicts(0);
  }

 private:
  Compiled compiled_{shipped().questions, shipped().rules};
  Cohort cohort_{compiled_};
};

TEST_CASE("every follow-up has a gate") {
  // Not in a calm sheet, and without a gate: their words take nothing for granted, and each can be
  // truly answered by somebody who was not asked.
  const std::set<QuestionId> facts{{"heart-risks"}, {"smoked"}, {"female"}, {"already-checked"}};
  const Answers asked = calm();
  std::size_t follow_ups = 0;
  for (const Question& question : shipped().questions) {
    INFO(question.id.text);
    if (asked.contains(question.id)) continue;
    ++follow_ups;
    CHECK(question.gate.has_value() != facts.contains(question.id));
    if (question.gate) CHECK_FALSE(asked.contains(question.id));
  }
  CHECK(follow_ups == 20);
}

TEST_CASE("a follow-up that reports something is refused while its gate is closed, with both named") {
  Batch batch;
  std::set<std::string> answers;
  std::set<QuestionId> questions;
  for (const Pair& pair : pairs()) {
    INFO(pair.question->id.text, " ", sheet_text(pair.answers));
    const std::string text = refusal({"me.yaml", sheet_text(pair.answers)});
    CHECK(text.find(named(*pair.question, pair.value)) != std::string::npos);
    CHECK(text.find(" does not go with " + named(*pair.gate, pair.answers.at(pair.gate->id))) !=
          std::string::npos);
    CHECK(batch.refuses(pair.answers));
    answers.insert(named(*pair.question, pair.value));
    questions.insert(pair.question->id);
  }
  MESSAGE(pairs().size(), " pairs, ", answers.size(), " answers to ", questions.size(), " questions");
  CHECK(questions.size() == 16);
  CHECK(answers.size() >= 66);
}

TEST_CASE("what says nothing turns no calm person away") {
  for (const char* nothing :
       {"severity: 0", "severity: 2", "severity: 6", "pain-pattern: none", "first-time: no",
        "pregnancy-alarm: none", "clot-clues: none", "crack-aftermath: none", "operation-kind: none",
        "rheumatoid-neck: no", "morning-clues: none", "heart-risks: [smoker]", "smoked: yes", "female: yes",
        "already-checked: no"}) {
    INFO(nothing);
    CHECK(refusal({"me.yaml", sheet_text(calm()) + nothing + "\n"}) == "");
  }
}

TEST_CASE("a gate that is open or not sure changes nothing") {
  for (const Question& question : shipped().questions) {
    if (!question.gate) continue;
    each_gate_answer(question, [&](const Question& gate, Answers answers) {
      if (closed(question, answers)) return;
      for (const Value& value : answers_to(question)) {
        answers[question.id] = value;
        const bool none = value == Value{Ticks{}};
        INFO(sheet_text(answers));
        if (!question.one_applies || !none) CHECK(refusal({"me.yaml", sheet_text(answers)}) == "");
        answers.erase(gate.id);
        CHECK(refusal({"me.yaml", sheet_text(answers)}) == "");
      }
    });
  }
}

TEST_CASE("an operation was somewhere") {
  Batch batch;
  std::size_t marked = 0;
  for (const Question& question : shipped().questions) {
    if (!question.one_applies) continue;
    ++marked;
    each_gate_answer(question, [&](const Question&, Answers answers) {
      answers[question.id] = Ticks{};
      const bool denied = evaluate(*question.gate, answers).least == Tri::yes;
      INFO(sheet_text(answers));
      CHECK(refusal({"me.yaml", sheet_text(answers)}).empty() != denied);
      CHECK(batch.refuses(answers) == denied);
    });
  }
  CHECK(marked == 1);  // of the others "none of these" can be so
}

TEST_CASE("a sheet that is read has no follow-up that reports something behind a closed gate") {
  Batch batch;
  People people(shipped().questions, 2026);
  std::size_t refused = 0;
  std::size_t read = 0;
  for (int i = 0; i < 3'000; ++i) {
    for (const Tendency& tendency :
         {Tendency{0.3, 0.02, 0.03}, Tendency{0.8, 0.1, 0.2}, Tendency{0.02, 0, 0.01}}) {
      const Answers answers = people.draw_any(tendency);
      const bool wrong = !contradictions(shipped().questions, shipped().rules, answers).empty();
      CHECK(batch.refuses(answers) == wrong);
      ++(wrong ? refused : read);
      if (i % 20 == 0) CHECK(refusal({"me.yaml", sheet_text(answers)}).empty() != wrong);
      if (wrong) continue;
      for (const Question& question : shipped().questions) {
        if (!closed(question, answers) || !answers.contains(question.id)) continue;
        CHECK_FALSE(reports(shipped().rules, question.id, answers.at(question.id)));
      }
    }
  }
  MESSAGE(refused, " refused, ", read, " read");
  CHECK(refused > 1'000);
  CHECK(read > 1'000);
}

TEST_CASE("what is left of a sheet that is read, without its closed follow-ups, gets the same advice") {
  People people(shipped().questions, 7);
  for (int i = 0; i < 2'000; ++i) {
    const Answers answers = people.draw_any({0.1, 0.01, 0.05});
    if (!contradictions(shipped().questions, shipped().rules, answers).empty()) continue;
    const Screening all = screen(assess(shipped().rules, answers));
    const Screening left = screen(assess(shipped().rules, consistent(shipped().questions, answers)));
    CHECK(left.total() == all.total());
    CHECK(left.asks() == all.asks());
  }
}

}  // namespace
}  // namespace backplan::spec
