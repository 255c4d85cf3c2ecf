#include "backplan/catalog.hpp"

#include <algorithm>
#include <utility>

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
  std::map<std::string, std::string> files;  ///< where "rule a1" or "technique lean" was read
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

/// The demands of `technique` that `replacement` no longer has.
std::vector<std::string> dropped(const Technique& technique, const Technique& replacement) {
  std::vector<std::string> names;
  for (const DemandId& demand : technique.demands) {
    if (!replacement.demands.contains(demand)) names.push_back(demand.text);
  }
  return names;
}

/// Two files, by their names alone when they are in one folder.
std::string both(const std::string& one, const std::string& other) {
  const std::size_t folder = one.rfind('/') + 1;  // 0 where there is none
  const bool together = other.rfind('/') + 1 == folder && one.starts_with(other.substr(0, folder));
  return together ? one.substr(folder) + " and " + other.substr(folder) : one + " and " + other;
}

bool shorter(const std::string& a, const std::string& b) { return a.size() < b.size(); }

/// Whether `file` is the first of those that are read to have `what`, such as "rule a1".
bool is_first(const std::string& what, const std::string& file, Reading& reading) {
  const auto [known, first] = reading.files.emplace(what, file);
  if (first) return true;
  // Programs that make a copy add to its name.
  const auto [original, copy] = std::minmax(known->second, file, shorter);
  reading.mistakes.push_back({{copy, 0, 0},
                              "",
                              "two files have the " + what + ": " + both(original, copy),
                              "keep one of them, or give one another id"});
  return false;
}

void merge_technique(Technique technique, Reading& reading) {
  if (!is_first("technique " + technique.id.text, technique.origin, reading)) return;
  auto& techniques = reading.catalog.techniques;
  const auto same = std::ranges::find(techniques, technique.id, &Technique::id);
  if (same == techniques.end()) {
    techniques.push_back(std::move(technique));
    return;
  }
  for (const std::string& demand : dropped(*same, technique)) {
    reading.mistakes.push_back({{technique.origin, 0, 0},
                                "demands",
                                "leaves out '" + demand + "', which the built-in technique has",
                                "add it, or give the technique another id"});
  }
  *same = std::move(technique);
}

void merge_rule(Rule rule, const std::string& file, Reading& reading) {
  if (!is_first("rule " + rule.id.text, file, reading)) return;
  auto& rules = reading.catalog.rules;
  if (std::ranges::find(rules, rule.id, &Rule::id) != rules.end()) {
    reading.mistakes.push_back({{file, 0, 0},
                                rule.id.text,
                                "a built-in rule has this id",
                                "rules may be added, not replaced; choose another id"});
    return;
  }
  rules.push_back(std::move(rule));
}

void read_fields(Kind kind, Fields& fields, Catalog& catalog) {
  fields.find("schema");
  switch (kind) {
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
}

/// Rules and techniques are read by themselves, and join those of other files when they have no mistake.
void read_part(const Part& part, Reading& reading) {
  Reader reader(part.file);
  Fields fields(part.root, "", reader);
  Catalog& catalog = reading.catalog;
  auto rules = std::exchange(catalog.rules, {});
  auto techniques = std::exchange(catalog.techniques, {});
  read_fields(part.kind, fields, catalog);
  rules.swap(catalog.rules);
  techniques.swap(catalog.techniques);
  append(reading.mistakes, reader.mistakes());
  if (!reader.mistakes().empty()) return;
  for (Rule& rule : rules) merge_rule(std::move(rule), part.file, reading);
  for (Technique& technique : techniques) merge_technique(std::move(technique), reading);
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
  Reading reading;
  reading.catalog = std::move(catalog);
  read_parts(only_extensions(parse_all(documents, reading.mistakes), reading.mistakes), reading);
  check_aliases(reading);
  reading.catalog.digest += "+" + digest(documents);
  return result(std::move(reading));
}

}  // namespace backplan
