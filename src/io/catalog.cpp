#include "backplan/catalog.hpp"

#include <algorithm>
#include <functional>
#include <iterator>

#include "backplan/report.hpp"
#include "io/catalog_reader.hpp"

namespace backplan {
namespace {

using yaml::Fields;
using yaml::Node;
using yaml::Reader;

/// What a file of routines/ holds, in the order of reading: first what is named, then what names it.
enum class Kind { vocabulary, questionnaire, definitions, rules, technique, session, objective, advice };

const std::vector<std::string>& schemas() {
  static const std::vector<std::string> words{
      "backplan/vocabulary/1", "backplan/questionnaire/1", "backplan/definitions/1", "backplan/rules/1",
      "backplan/technique/1",  "backplan/session/1",       "backplan/objective/1",   "backplan/advice/1"};
  return words;
}

/// A document of known kind, parsed.
struct Part {
  std::string file;
  Kind kind;
  Node root;
};

/// Everything that is being read, and what is wrong with it.
struct Reading {
  Catalog catalog;
  Mistakes mistakes;
};

void append(Mistakes& all, const Mistakes& more) {
  for (const Diagnostic& mistake : more.all()) all.push_back(mistake);
}

std::vector<Part> parse_all(std::span<const Document> documents, Mistakes& mistakes) {
  std::vector<Part> parts;
  for (const Document& document : documents) {
    auto root = yaml::parse(document, mistakes);
    if (!root) continue;
    Reader reader(document.name);
    Fields fields(*root, "", reader);
    const auto kind = fields.word("schema", schemas());
    append(mistakes, reader.mistakes());
    if (kind) parts.push_back({document.name, static_cast<Kind>(*kind), std::move(*root)});
  }
  return parts;
}

void read_part(const Part& part, Reading& reading) {
  Reader reader(part.file);
  Fields fields(part.root, "", reader);
  fields.find("schema");
  Catalog& catalog = reading.catalog;
  switch (part.kind) {
    case Kind::vocabulary:
      read_vocabulary(fields, catalog);
      break;
    case Kind::questionnaire:
      read_questionnaire(fields, catalog);
      break;
    case Kind::definitions:
      read_definitions(fields, catalog);
      break;
    case Kind::rules:
      read_rules(fields, catalog);
      break;
    case Kind::technique:
      read_technique(fields, catalog);
      break;
    case Kind::session:
      read_session(fields, catalog);
      break;
    case Kind::objective:
      read_objective(fields, catalog);
      break;
    case Kind::advice:
      read_advice(fields, catalog);
      break;
  }
  fields.done();
  append(reading.mistakes, reader.mistakes());
}

/// Reads in stages, so that one mistake in a name does not bring one in each of its uses.
void read_parts(std::vector<Part> parts, Reading& reading) {
  std::ranges::stable_sort(parts, {}, &Part::kind);
  for (const Part& part : parts) read_part(part, reading);
}

/// A library in which something is missing would screen less than it seems to.
void check_whole(const std::vector<Part>& parts, Reading& reading) {
  const auto count = [&](Kind kind) { return std::ranges::count(parts, kind, &Part::kind); };
  const auto want = [&](bool met, const std::string& message) {
    if (!met) reading.mistakes.push_back({{"routines", 0, 0}, "", message, ""});
  };
  for (const Kind kind :
       {Kind::vocabulary, Kind::questionnaire, Kind::session, Kind::objective, Kind::advice}) {
    want(count(kind) == 1, "needs exactly one file with schema " + schemas()[static_cast<std::size_t>(kind)] +
                               ", and has " + std::to_string(count(kind)));
  }
  const bool flags = std::ranges::any_of(reading.catalog.rules, [](const Rule& rule) {
    return rule.then.disposition == Disposition::emergency;
  });
  want(flags, "has no emergency rule, so it could not stop anybody");
  want(!reading.catalog.techniques.empty(), "has no technique");
}

/// A question that no rule looks at would be asked for nothing, or worse, be believed to matter.
void check_questions_used(Reading& reading) {
  std::set<QuestionId> used;
  for (const Rule& rule : reading.catalog.rules) used.merge(questions_of(rule.when));
  for (const Question& question : reading.catalog.questions) {
    if (used.contains(question.id)) continue;
    reading.mistakes.push_back(
        {{"routines", 0, 0}, question.id.text, "no rule uses this question", "remove it, or write the rule"});
  }
}

/// An alias may be shared, but it must not hide another technique.
void check_aliases(Reading& reading) {
  const auto& techniques = reading.catalog.techniques;
  for (const Technique& technique : techniques) {
    for (const std::string& alias : technique.aliases) {
      const bool hides = std::ranges::any_of(techniques, [&](const Technique& other) {
        return other.id != technique.id && (alias == other.id.text || alias == other.name);
      });
      if (!hides) continue;
      reading.mistakes.push_back(
          {{technique.origin, 0, 0}, "aliases", in_quotes(alias) + " names another technique", ""});
    }
  }
}

Catalog result(Reading reading) {
  if (!reading.mistakes.empty()) throw InputError(reading.mistakes.all());
  return std::move(reading.catalog);
}

/// The demands of `technique` that `replacement` no longer has.
std::vector<std::string> dropped(const Technique& technique, const Technique& replacement) {
  std::vector<std::string> names;
  for (const DemandId& demand : technique.demands) {
    if (!replacement.demands.contains(demand)) names.push_back(demand.text);
  }
  return names;
}

void merge_technique(Technique technique, Reading& whole) {
  auto& techniques = whole.catalog.techniques;
  const auto same = std::ranges::find(techniques, technique.id, &Technique::id);
  if (same == techniques.end()) {
    techniques.push_back(std::move(technique));
    return;
  }
  for (const std::string& demand : dropped(*same, technique)) {
    whole.mistakes.push_back({{technique.origin, 0, 0},
                              "demands",
                              "leaves out '" + demand + "', which the built-in technique has",
                              "add it, or give the technique another id"});
  }
  *same = std::move(technique);
}

void merge_rule(Rule rule, const std::string& file, Reading& whole) {
  auto& rules = whole.catalog.rules;
  if (std::ranges::find(rules, rule.id, &Rule::id) != rules.end()) {
    whole.mistakes.push_back({{file, 0, 0},
                              rule.id.text,
                              "a built-in rule has this id",
                              "rules may be added, not replaced; choose another id"});
    return;
  }
  rules.push_back(std::move(rule));
}

/// Rules and techniques only: the questions and the words stay those of the program.
std::vector<Part> only_extensions(std::vector<Part> parts, Mistakes& mistakes) {
  std::vector<Part> kept;
  for (Part& part : parts) {
    if (part.kind == Kind::rules || part.kind == Kind::technique) {
      kept.push_back(std::move(part));
    } else {
      mistakes.push_back({{part.file, 0, 0},
                          "schema",
                          "only rules and techniques can be added",
                          "the questions and the words are those of the program"});
    }
  }
  return kept;
}

}  // namespace

Catalog parse_catalog(std::span<const Document> documents) {
  Reading reading;
  const std::vector<Part> parts = parse_all(documents, reading.mistakes);
  read_parts(parts, reading);
  reading.catalog.digest = digest(documents);
  if (reading.mistakes.empty()) {
    check_whole(parts, reading);
    check_questions_used(reading);
    check_aliases(reading);
  }
  return result(std::move(reading));
}

Catalog extend(Catalog catalog, std::span<const Document> documents) {
  Reading whole;
  whole.catalog = std::move(catalog);
  auto parts = only_extensions(parse_all(documents, whole.mistakes), whole.mistakes);
  for (const Part& part : parts) {
    Reading own;  // names come from the library, rules and techniques from the part alone
    own.catalog = whole.catalog;
    own.catalog.rules.clear();
    own.catalog.techniques.clear();
    read_part(part, own);
    append(whole.mistakes, own.mistakes);
    if (!own.mistakes.empty()) continue;
    for (Rule& rule : own.catalog.rules) merge_rule(std::move(rule), part.file, whole);
    for (Technique& technique : own.catalog.techniques) {
      merge_technique(std::move(technique), whole);
    }
  }
  check_aliases(whole);
  whole.catalog.digest += "+" + digest(documents);
  return result(std::move(whole));
}

}  // namespace backplan
