// A person's own technique cannot leave out what its other words say: implied.txt, beside this file.

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>

#include "backplan/plan.hpp"
#include "spec/tables.hpp"

namespace backplan::spec {
namespace {

/// A technique that implies nothing, with some lines replaced or added.
std::string technique(const std::map<std::string, std::string>& lines) {
  std::map<std::string, std::string> all{
      {"phase", "mobilise"}, {"class", "mobility"}, {"directions", "[]"}, {"position", "standing"},
      {"places", "[home]"},  {"equipment", "[]"},   {"demands", "[]"}};
  for (const auto& [key, value] : lines) all[key] = value;
  std::string text = "schema: backplan/technique/1\nid: own\nname: \"Own\"\nregions: [upper]\nfamily: own\n";
  for (const auto& [key, value] : all) text += key + ": " + value + "\n";
  return text + R"(sides: none
doses: [{kind: time, seconds: 30}]
steps: ["Move."]
cue: "Move."
breathing: "Breathe."
feel: "Ease."
stop-if: ["it hurts"]
easier: "Less."
harder: "More."
sources: [{document: house-judgement}]
)";
}

/// One line of implied.txt.
struct Row {
  std::string word;                  ///< "position prone"
  std::vector<std::string> demands;  ///< that it implies
};

std::vector<Row> rows() {
  std::vector<Row> all;
  for (const std::string& line : lines_of("implied.txt")) {
    const auto fields = split(line, '|', 2);
    Row row{fields.at(0), {}};
    std::istringstream demands(fields.at(1));
    for (std::string demand; demands >> demand;) row.demands.push_back(demand);
    all.push_back(row);
  }
  return all;
}

std::string list(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return "[" + text + "]";
}

/// A technique with the word of `row` and these demands.
std::string with_word(const Row& row, std::vector<std::string> demands) {
  const auto space = row.word.find(' ');
  const std::string kind = row.word.substr(0, space);
  const std::string word = row.word.substr(space + 1);
  if (kind == "demand") demands.push_back(word);
  std::map<std::string, std::string> lines{{"demands", list(demands)}};
  if (kind == "direction") lines["directions"] = "[scapular, " + word + "]";
  if (kind == "place") lines["places"] = "[home, " + word + "]";
  if (kind == "equipment") lines["equipment"] = "[[chair], [wall, " + word + "]]";  // one of two is enough
  if (kind == "phase" || kind == "class" || kind == "position") lines[kind] = word;
  return technique(lines);
}

std::string mistakes(const std::vector<Document>& own) {
  try {
    extend(shipped(), own);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

std::string mistakes(const std::string& text) { return mistakes(std::vector<Document>{{"own.yaml", text}}); }

std::vector<std::string> without(std::vector<std::string> words, const std::string& word) {
  std::erase(words, word);
  return words;
}

/// A rule that excludes `demand` for everybody.
Document forbidding(const std::string& demand) {
  return {"rule.yaml", R"(schema: backplan/rules/1
rules:
  - id: own-rule
    title: "Everybody"
    when: {age: {at-least: 0}}
    level: modified
    if-unsure: as-yes
    exclude: [)" + demand +
                           R"(]
    why: "Your answers leave it out."
    sources: [house-judgement]
    examples: [{answers: {age: 35}, expect: "yes"}, {answers: {}, expect: open}]
)"};
}

/// The plan that tries its best to have the technique "own".
Plan plan_with(const std::vector<Document>& own, const PlanRequest& request) {
  const Catalog catalog = extend(shipped(), own);
  const auto constraints = constrain(screen(assess(catalog.rules, sheet("{}"))));
  REQUIRE(constraints);
  return make_plan(catalog.techniques, *constraints, request, catalog.timing, catalog.objective);
}

PlanRequest everything() {
  PlanRequest request{.include = {{"own"}}};
  for (const Equipment& thing : shipped().equipment) request.have.insert(thing.id);
  return request;
}

bool in_plan(const Plan& plan) {
  return std::ranges::any_of(plan.steps, [](const Step& step) { return step.technique.id.text == "own"; });
}

TEST_CASE("a technique that leaves out what a word implies is refused with the missing demand") {
  for (const Row& row : rows()) {
    for (const std::string& demand : row.demands) {
      INFO(row.word << " " << demand);
      const std::string found = mistakes(with_word(row, without(row.demands, demand)));
      CHECK(found.find(": demands: '" + demand + "' is missing; " + row.word + " implies it\n") !=
            std::string::npos);
      CHECK(std::ranges::count(found, '\n') == 1);
    }
    INFO(row.word);
    CHECK(mistakes(with_word(row, row.demands)) == "");
  }
}

TEST_CASE("nothing that implies a demand enters the plan of somebody whom a rule forbids it") {
  for (const Row& row : rows()) {
    const Document own{"own.yaml", with_word(row, row.demands)};
    INFO(row.word);
    CHECK(in_plan(plan_with({own}, everything())));
    for (const std::string& demand : row.demands) {
      INFO(demand);
      CHECK_FALSE(in_plan(plan_with({own, forbidding(demand)}, everything())));
    }
  }
}

TEST_CASE("every implication of the vocabulary is in the table, and the other way round") {
  std::set<std::pair<std::string, std::string>> found;
  std::set<std::pair<std::string, std::string>> wanted{{"", "any-technique"}};
  for (const auto& [word, implication] : shipped().implications) {
    for (const DemandId& demand : implication.adds) found.emplace(word, demand.text);
  }
  for (const Row& row : rows()) {
    for (const std::string& demand : row.demands) wanted.emplace(row.word, demand);
  }
  CHECK(found == wanted);
}

TEST_CASE("the manual of techniques has the table") {
  std::ifstream file(SOURCE_DIR "/docs/rules.md");
  const std::string manual(std::istreambuf_iterator<char>(file), {});
  for (const std::string& line : lines_of("implied.txt")) {
    INFO(line);
    CHECK(manual.find("\n| " + line + " |\n") != std::string::npos);
  }
}

TEST_CASE("what every technique demands need not be written, and may be") {
  const std::string plain = technique({});
  const std::string written = technique({{"demands", "[any-technique]"}});
  for (const std::string& text : {plain, written}) {
    const Document own{"own.yaml", text};
    CHECK(mistakes(text) == "");
    const Plan plan = plan_with({own}, everything());
    CHECK(in_plan(plan));
    for (const Step& step : plan.steps) CHECK(step.technique.demands.contains({"any-technique"}));
  }
}

TEST_CASE("who is always on a bed does not get down to the floor") {
  const auto lying = [](const std::string& places, const std::string& equipment) {
    return mistakes(technique(
        {{"position", "supine"}, {"demands", "[supine]"}, {"places", places}, {"equipment", equipment}}));
  };
  const std::string floor = "own.yaml:7:10: demands: 'floor' is missing; ";
  CHECK(lying("[bed]", "[]") == "");
  CHECK(lying("[bed, home]", "[[bed], [pillow]]") == "");
  CHECK(lying("[bed, home]", "[]") == floor + "position supine implies it\n");
  CHECK(lying("[home]", "[[bed]]") == floor + "position supine implies it\n");  // with the calves on it, say
  CHECK(lying("[bed, home]", "[[bed, chair]]") == floor + "position supine implies it\n");
  CHECK(lying("[bed, floor]", "[[bed]]") == floor + "place floor implies it\n");
}

TEST_CASE("a class that nobody knows is refused, as it would imply nothing") {
  CHECK(mistakes(technique({{"class", "Rotation"}})) ==
        "own.yaml:6:8: class: unknown class 'Rotation'; did you mean 'rotation'?\n");
  CHECK(mistakes(technique({{"class", "twist"}})).find("unknown class 'twist'; one of: aerobic, ") !=
        std::string::npos);
}

TEST_CASE("a technique in the place of a shipped one keeps the demands of both") {
  const std::string own = technique({{"position", "prone"}, {"demands", "[floor, prone]"}});
  const std::string lean = "id: chair-twist\n";
  std::string text = own;
  text.replace(text.find("id: own\n"), 8, lean);
  CHECK(mistakes(text).find("leaves out 'twist', which the built-in technique has") != std::string::npos);
}

}  // namespace
}  // namespace backplan::spec
