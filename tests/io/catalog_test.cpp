#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "small_library.hpp"

namespace backplan {
namespace {

using namespace small_library;

/// What is wrong with what `read` reads, or "".
template <class Read>
std::string refusal(Read read) {
  try {
    read();
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

std::string mistakes(const std::vector<Document>& documents) {
  return refusal([&] { parse_catalog(documents); });
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

TEST_CASE("a small library is read whole") {
  const Catalog catalog = parse_catalog(whole());
  CHECK(catalog.questions.size() == 3);
  CHECK(catalog.rules.at(0).then.disposition == Disposition::emergency);
  CHECK(catalog.rules.at(0).if_unsure.disposition == Disposition::same_day);
  CHECK(catalog.techniques.at(0).doses.at(1).intensity == Intensity::normal);
  CHECK(catalog.equipment.at(0).usual);
}

struct Case {
  std::string from;
  std::string to;
  std::string mistake;  ///< the first line
};

const std::vector<Case> bad_rules{
    {"title:", "titel:", "r.yaml:3:5: rules[0].title: missing"},
    {"chest: pain}", "chest: pian}",
     "r.yaml:6:26: rules[0].when.any[0].chest: unknown option 'pian'; did you mean 'pain'?"},
    {"{chest: pain}", "{chset: pain}",
     "r.yaml:6:19: rules[0].when.any[0]: unknown question 'chset'; did you mean 'chest'?"},
    {"from: same", "from: better",
     "r.yaml:6:89: rules[0].when.any[1].all[2].course: names the answer with nothing to report; a condition "
     "may only name the others"},
    {"{from: same}", "same",
     "r.yaml:6:89: rules[0].when.any[1].all[2].course: leaves out 'worse', which is more worrying; use "
     "{from: OPTION}"},
    {"at-least: 50", "at-least: 050",
     "r.yaml:6:74: rules[0].when.any[1].all[1].age.at-least: must be a whole number from 0 to 120; write 50"},
    {"level: emergency", "level: emergancy",
     "r.yaml:7:12: rules[0].level: unknown word 'emergancy'; did you mean 'emergency'?"},
    {"if-unsure: same-day", "if-unsure: modified",
     "r.yaml:8:16: rules[0].if-unsure: is milder than same-day in an emergency rule"},
    {"    if-unsure: same-day\n", "", "r.yaml:3:5: rules[0].if-unsure: missing"},
    {"sources: [s0]", "sources: []", "r.yaml:10:14: rules[0].sources: must name at least one source"},
    {"sources: [s0]", "sources: [s9]",
     "r.yaml:10:15: rules[0].sources: unknown source 's9'; did you mean 's0'?"},
    {"sources: [s0]", "sources: [s0]\n    exclude: [pronee]",
     "r.yaml:11:15: rules[0].exclude: unknown demand 'pronee'; did you mean 'prone'?"},
    {"{chest: none}, expect: \"no\"", "{chest: none}, expect: \"yes\"",
     "r.yaml:13:9: rules[0].examples[1]: expected yes, but these answers come to no"},
    {"answers: {}, expect: open", "answers: {}, expect: \"no\"",
     "r.yaml:15:9: rules[0].examples[3]: expected no, but these answers come to open, from no to yes"},
    {"    when: {any: [", "    when: {chest: pain, any: [",
     "r.yaml:6:11: rules[0].when: a condition has exactly one key; join several with all: [...] or any: "
     "[...]"},
    {"{answers: {chest: none}, expect: \"no\"}", "{answers: {chset: none}, expect: \"no\"}",
     "r.yaml:13:20: chset: unknown question; did you mean 'chest'?"},
    {"schema: backplan/rules/1", "schema: backplan/rules/2",
     "r.yaml:1:9: schema: unknown word 'backplan/rules/2'; did you mean 'backplan/rules/1'?"},
};

TEST_CASE("a wrong rule is refused, with its place") {
  for (const Case& each : bad_rules) {
    INFO(each.from << " -> " << each.to);
    const std::string found = mistakes(whole({"r.yaml", replaced(rules().text, each.from, each.to)}));
    CHECK(found.substr(0, found.find('\n')) == each.mistake);
  }
}

const std::vector<Case> bad_techniques{
    {"demands: [prone]\n", "", "t.yaml:1:1: demands: missing"},
    {"demands: [prone]", "demands: [porne]",
     "t.yaml:13:11: demands: unknown demand 'porne'; did you mean 'prone'?"},
    {"seconds: 3", "seconds: 0", "t.yaml:15:27: doses[0].seconds: must be a whole number from 1 to 3600"},
    {"seconds: 5, repetitions: 5", "seconds: 1, repetitions: 5",
     "t.yaml:16:5: doses[1]: takes no longer than the dose before it; list them from the least"},
    {"seconds: 5, repetitions: 5", "seconds: 5, repetitions: 5, set-rest-seconds: 30",
     "t.yaml:16:64: doses[1].set-rest-seconds: needs more than one set; write sets, or leave it out"},
    {"kind: hold, seconds: 5, repetitions: 5",
     "kind: breaths, seconds: 5, repetitions: 5, sets: 2, set-rest-seconds: 30",
     "t.yaml:16:76: doses[1].set-rest-seconds: is for holds only; the other rest lies between sets here"},
    {"phase: mobilise", "phase: mobilize",
     "t.yaml:4:8: phase: unknown word 'mobilize'; did you mean 'mobilise'?"},
    {"cue: \"Lean.\"", "cue: \"" + std::string(61, 'x') + "\"",
     "t.yaml:18:6: cue: has 61 characters; at most 60"},
    {"equipment: [[chair]]", "equipment: [[chiar]]",
     "t.yaml:11:13: equipment: unknown equipment 'chiar'; did you mean 'chair'?"},
    {"sources: [{document: s0", "sources: [{document: s7",
     "t.yaml:24:22: sources[0].document: unknown source 's7'; did you mean 's0'?"},
    {"family: lean\n", "family: lean\nfamly: lean\n",
     "t.yaml:9:1: famly: unknown field; did you mean 'family'?"},
    {"class: extension", "class: twist", "t.yaml:5:8: class: unknown class 'twist'; one of: extension"},
    {"id: lean", "id: Lean",
     "t.yaml:2:5: id: 'Lean' is not an id; use lower case letters, digits and -, at most 64"},
};

/// The small library, in which `course` has a gate and what else is given.
std::vector<Document> gated(const std::string& fields) {
  auto documents = whole();
  for (Document& document : documents) {
    if (document.name == "q.yaml")
      document.text = replaced(document.text, "worse: \"w\"}, ", "worse: \"w\"}, " + fields);
  }
  return documents;
}

TEST_CASE("a question is asked only where its gate may hold") {
  const auto gate_of = [](const std::string& fields) {
    return *find(parse_catalog(gated(fields)).questions, {"course"})->gate;
  };
  const Condition pain = gate_of("gate: {chest: pain}, ");
  CHECK(evaluate(pain, {{{"chest"}, Ticks{}}}) == settled(Tri::no));
  CHECK(evaluate(pain, {{{"chest"}, Ticks{{}, {{"pain"}}}}}) == settled(Tri::unsure));
  CHECK(evaluate(gate_of("gate: {all: [{chest: pain}, {chest: breath}]}, "), {}) == Truth{});
}

TEST_CASE("behind a gate is the gate of what it looks at") {
  auto documents = gated("gate: {chest: pain}, ");
  documents[1].text =
      replaced(documents[1].text, "kind: number,", "kind: number, gate: {course: {from: same}},");
  const Condition gate = *find(parse_catalog(documents).questions, {"age"})->gate;
  CHECK(evaluate(gate, {{{"chest"}, Ticks{}}}) == settled(Tri::no));
  CHECK(evaluate(gate, {{{"course"}, OptionId{"better"}}}) == settled(Tri::no));
  CHECK(questions_of(gate) == std::set<QuestionId>{{"chest"}, {"course"}});
}

TEST_CASE("a wrong gate is refused, with its place") {
  const std::vector<std::pair<std::string, std::string>> wrong{
      {"gate: {chset: pain}, ", "gate: no earlier question is 'chset'; did you mean 'chest'?"},
      {"gate: {age: {at-least: 50}}, ", "gate: no earlier question is 'age'"},
      {"gate: {course: worse}, ", "gate: no earlier question is 'course'"},
      {"gate: {chest: pian}, ", "gate.chest: unknown option 'pian'; did you mean 'pain'?"},
      {"gate: {is: pain}, ", "gate: no earlier question is 'is'"},
      {"gate: {some: {at-least: 1, of: [{chest: pain}]}}, ", "gate: no earlier question is 'some'"},
      {"gate: [], ", "gate: a condition has exactly one key; join several with all: [...] or any: [...]"},
      {"one-applies: true, ", "one-applies: is for a checklist with a gate"},
      {"gate: {chest: pain}, one-applies: true, ", "one-applies: is for a checklist with a gate"}};
  for (const auto& [fields, mistake] : wrong) {
    INFO(fields);
    const std::string said = mistakes(gated(fields));
    CHECK(said.find("q.yaml:4:") == 0);
    CHECK(said.find(": questions[1]." + mistake + "\n") != std::string::npos);
  }
}

TEST_CASE("gates that double behind each other have an end") {
  std::string questions = "schema: backplan/questionnaire/1\nquestions:\n";
  for (int i = 0; i < 60; ++i) {
    questions += "  - {id: q" + std::to_string(i) + ", ask: a, kind: yes-no, why: w, sources: [s0]";
    const std::string last = "{q" + std::to_string(i - 1) + ": \"yes\"}";
    if (i > 0) questions += ", gate: {any: [" + last + ", " + last + "]}";
    questions += "}\n";
  }
  auto documents = whole();
  documents[1].text = questions;
  CHECK(mistakes(documents).find("looks at more than 100 answers") != std::string::npos);
}

TEST_CASE("a wrong technique is refused, with its place") {
  for (const Case& each : bad_techniques) {
    INFO(each.from << " -> " << each.to);
    const std::string found =
        mistakes(whole(rules(), technique(replaced(technique_text(), each.from, each.to))));
    CHECK(found.substr(0, found.find('\n')) == each.mistake);
  }
}

TEST_CASE("the limit of a cue counts characters, not bytes") {
  std::string cue;
  for (int i = 0; i < 60; ++i) cue += "\u00FC";
  const auto with = [](const std::string& text) {
    return mistakes(whole(rules(), technique(replaced(technique_text(), "Lean.\"", text + "\""))));
  };
  CHECK(with(cue) == "");
  CHECK(with(cue + "\u4E2D") == "t.yaml:18:6: cue: has 61 characters; at most 60\n");
}

TEST_CASE("a library in which something is missing is refused") {
  CHECK(mistakes({}).find("has no emergency rule") != std::string::npos);
  CHECK(mistakes({vocabulary, questionnaire, session, objective, advice, technique()}) ==
        "routines: has no emergency rule, so it could not stop anybody\n"
        "routines: chest: no rule uses this question; remove it, or write the rule\n"
        "routines: course: no rule uses this question; remove it, or write the rule\n"
        "routines: age: no rule uses this question; remove it, or write the rule\n");
  CHECK(mistakes({vocabulary, questionnaire, session, objective, advice, rules()}) ==
        "routines: has no technique\n");
}

TEST_CASE("ids are defined once") {
  CHECK(mistakes(whole(rules(emergency_rule))) == "r.yaml:16:5: rules[1].id: 'a1' is defined twice\n");
  std::vector<Document> twice = whole();
  twice.push_back({"t2.yaml", technique_text()});
  CHECK(mistakes(twice) ==
        "t2.yaml: two files have the technique lean: t.yaml and t2.yaml; keep one of them, or give one "
        "another id\n");
  twice.back() = {"sub/r2.yaml", rules().text};
  CHECK(mistakes(twice) ==
        "sub/r2.yaml: two files have the rule a1: r.yaml and sub/r2.yaml; keep one of them, or give one "
        "another id\n");
}

TEST_CASE("all mistakes of all files come at once") {
  const std::string found = mistakes(whole({"r.yaml", replaced(rules().text, "title:", "titel:")},
                                           technique(replaced(technique_text(), "cue:", "cuee:"))));
  CHECK(std::ranges::count(found, '\n') == 4);
}

std::string extending(const std::string& text) {
  return refusal([&] { extend(parse_catalog(whole()), std::vector<Document>{{"own.yaml", text}}); });
}

TEST_CASE("a person's own rules and techniques join the library") {
  const Catalog catalog =
      extend(parse_catalog(whole()), std::vector<Document>{{"own.yaml", technique_text("own")}});
  CHECK(catalog.techniques.size() == 2);
  CHECK(catalog.techniques.at(1).origin == "own.yaml");
  CHECK(extending("schema: backplan/rules/1\nrules:\n" + replaced(emergency_rule, "a1", "own")) == "");
}

TEST_CASE("the same rule or technique in two files of a person is refused, and both are named") {
  const std::string rule = "schema: backplan/rules/1\nrules:\n" + replaced(emergency_rule, "a1", "own");
  const std::string copy = "own/r.sync-conflict-20260101-101010-ABCDEFG.yaml";
  const std::vector<std::pair<std::string, std::string>> all{
      {rule, "rule own"},
      {technique_text("own"), "technique own"},
      {technique_text("lean"), "technique lean"},  // that takes the place of a built-in one
  };
  for (const auto& [text, what] : all) {
    INFO(what);
    const auto in = [&text = text](const std::string& one, const std::string& other) {
      return refusal([&] {
        extend(parse_catalog(whole()), std::vector<Document>{{one, text}, {other, text}});
      });
    };
    CHECK(in(copy, "own/r.yaml") ==
          copy + ": two files have the " + what +
              ": r.yaml and r.sync-conflict-20260101-101010-ABCDEFG.yaml; keep one of them, or give one "
              "another id\n");
    CHECK(in("own/r.yaml", copy) == in(copy, "own/r.yaml"));
    CHECK(in("own/r.yaml", "site/r.yaml").find(what + ": own/r.yaml and site/r.yaml;") != std::string::npos);
  }
}

TEST_CASE("they can only make it stricter") {
  CHECK(extending("schema: backplan/rules/1\nrules:\n" + emergency_rule) ==
        "own.yaml: a1: a built-in rule has this id; rules may be added, not replaced; choose another id\n");
  CHECK(extending(replaced(technique_text(), "demands: [prone]", "demands: []")) ==
        "own.yaml: demands: leaves out 'prone', which the built-in technique has; "
        "add it, or give the technique another id\n");
  CHECK(extending(replaced(technique_text(), "demands: [prone]", "demands: [prone, floor]")) == "");
  CHECK(extending(questionnaire.text) ==
        "own.yaml: schema: only rules and techniques can be added; the questions and the words are those of "
        "the program\n");
}

TEST_CASE("a rule that leaves no exercise does not let a routine follow") {
  const auto added = [](const std::string& level, const std::string& if_unsure) {
    const std::string rule =
        "schema: backplan/rules/1\nrules:\n  - id: own\n    title: t\n    when: {fever-and-unwell: "
        "ill-today}\n"
        "    level: " +
        level + "\n    if-unsure: " + if_unsure +
        "\n    exclude: [any-technique]\n    why: w\n    sources: [parq]\n    examples:\n"
        "      - {answers: {fever-and-unwell: [ill-today]}, expect: \"yes\"}\n"
        "      - {answers: {}, expect: open}\n";
    try {
      extend(builtin_catalog(), std::vector<Document>{{"own.yaml", rule}});
    } catch (const InputError& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  const std::string mistake =
      "lets a routine follow, but 'any-technique' is excluded; write rest-today, or exclude less\n";
  CHECK(added("modified", "as-no") == "own.yaml:6:12: rules[0].level: " + mistake);
  CHECK(added("rest-today", "modified") == "own.yaml:7:16: rules[0].if-unsure: " + mistake);
  CHECK(added("rest-today", "as-yes") == "");
  CHECK(added("clinician-first", "rest-today") == "");
  CHECK(added("rest-today", "as-no") == "");
}

/// Reads `documents`, which may only work or be refused.
bool read_or_refused(const std::vector<Document>& documents) {
  try {
    parse_catalog(documents);
  } catch (const InputError&) {
  }
  return true;
}

TEST_CASE("a library with any one character gone is read or refused, nothing else") {
  const std::vector<Document> documents = whole();
  for (std::size_t d = 0; d < documents.size(); ++d) {
    for (std::size_t i = 0; i < documents[d].text.size(); ++i) {
      std::vector<Document> damaged = documents;
      damaged[d].text.erase(i, 1);
      CHECK(read_or_refused(damaged));
    }
  }
}

TEST_CASE("a library cut anywhere is read or refused, nothing else") {
  const std::vector<Document> documents = whole();
  for (std::size_t d = 0; d < documents.size(); ++d) {
    for (std::size_t i = 0; i < documents[d].text.size(); ++i) {
      std::vector<Document> cut = documents;
      cut[d].text.resize(i);
      CHECK(read_or_refused(cut));
    }
  }
}

}  // namespace
}  // namespace backplan
