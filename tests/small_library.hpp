#pragma once

#include <string>
#include <vector>

#include "backplan/catalog.hpp"

// The least that a library can be, for tests to add mistakes to.
namespace backplan::small_library {

inline const Document vocabulary{"v.yaml", R"(schema: backplan/vocabulary/1
demands:
  - {id: prone, title: "lying on your front"}
  - {id: floor, title: "getting down"}
equipment: [{id: chair, title: "a chair", usual: true}]
positions: [{id: standing, title: "standing"}]
places: [{id: home, title: "at home"}]
classes: [{id: extension, title: "bending back"}]
sources: [{id: s0, citation: "a document"}]
)"};

inline const Document questionnaire{"q.yaml", R"(schema: backplan/questionnaire/1
questions:
  - {id: chest, ask: "Chest?", kind: checklist, options: {pain: "pain", breath: "breath"}, why: "w", sources: [s0]}
  - {id: course, ask: "Course?", kind: scale, options: {better: "b", same: "s", worse: "w"}, why: "w", sources: [s0]}
  - {id: age, ask: "Age?", kind: number, least: 0, most: 120, why: "w", sources: [s0]}
)"};

inline const Document session{"s.yaml", R"(schema: backplan/session/1
get-ready-seconds: 5
change-sides-seconds: 5
change-position-seconds: 10
fetch-equipment-seconds: 10
)"};

inline const Document objective{"o.yaml", R"(schema: backplan/objective/1
least-dose: {prepare: 40, warm-up: 90, mobilise: 100, release: 50, strengthen: 80, cool-down: 60}
further-doses: [30, 10]
document: 4
most-documents: 3
directions: [40, 15]
regions: [30, 10]
second: 1
shares: {prepare: 10, warm-up: 15, mobilise: 35, release: 10, strengthen: 15, cool-down: 15}
limits: {prepare: 50, warm-up: 50, mobilise: 60, release: 20, strengthen: 50, cool-down: 50}
least-limit-seconds: 90
recent: 15
most-recent: 3
normal-intensity: {strengthen: 20}
goals: {relax: {cool-down: 40}}
)"};

inline const Document advice{"a.yaml", R"(schema: backplan/advice/1
levels:
  emergency: {heading: "E", lines: ["e"]}
  same-day: {heading: "D", lines: ["d"]}
  clinician-first: {heading: "C", lines: ["c"]}
  rest-today: {heading: "R", lines: ["r"]}
  modified: {heading: "M", lines: ["m"]}
  self-care: {heading: "S", lines: ["s"]}
incomplete: {heading: "I", lines: ["i"]}
follow-ups: {recheck: "r", appointment: "a"}
emergency-numbers: "112"
check-before: ["?"]
stop-signs: ["stop"]
evidence: "little"
not-a-diagnosis: "none"
)"};

inline const std::string emergency_rule = R"(  - id: a1
    title: "Chest pain"
    covers: [A1]
    when: {any: [{chest: pain}, {all: [{chest: breath}, {age: {at-least: 50}}, {course: {from: same}}]}]}
    level: emergency
    if-unsure: same-day
    why: "w"
    sources: [s0]
    examples:
      - {answers: {chest: [pain]}, expect: "yes"}
      - {answers: {chest: none}, expect: "no"}
      - {answers: {chest: unsure, age: 20, course: better}, expect: unsure}
      - {answers: {}, expect: open}
)";

inline Document rules(const std::string& more = "") {
  return {"r.yaml", "schema: backplan/rules/1\nrules:\n" + emergency_rule + more};
}

inline std::string technique_text(const std::string& id = "lean") {
  return "schema: backplan/technique/1\nid: " + id + R"(
name: "Lean"
phase: mobilise
class: extension
directions: [extension]
regions: [upper]
family: lean
position: standing
places: [home]
equipment: [[chair]]
sides: none
demands: [prone]
doses:
  - {kind: hold, seconds: 3, repetitions: 5, rest-seconds: 2, assumed: [rest-seconds]}
  - {kind: hold, seconds: 5, repetitions: 5, intensity: normal}
steps: ["Stand."]
cue: "Lean."
breathing: "Breathe."
feel: "A stretch."
stop-if: ["it hurts"]
easier: "Less."
harder: "More."
sources: [{document: s0, heading: "Lean", lines: [1, 2]}]
)";
}

inline Document technique(const std::string& text = technique_text()) { return {"t.yaml", text}; }

inline std::vector<Document> whole(const Document& r = rules(), const Document& t = technique()) {
  return {vocabulary, questionnaire, session, objective, advice, r, t};
}

}  // namespace backplan::small_library
