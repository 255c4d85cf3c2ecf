#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "io/layout.hpp"
#include "io/titles.hpp"

namespace backplan::cli {
namespace {

template <class Ids>
std::string joined(const Ids& ids, std::string_view between = ", ") {
  std::string text;
  for (const auto& id : ids) {
    if (!text.empty()) text += between;
    if constexpr (requires { id.text; }) {
      text += id.text;
    } else {
      text += id;
    }
  }
  return text;
}

/// Titles, each with the name that flags and files have for it.
template <class Known, class Ids>
std::string named(const Known& known, const Ids& ids) {
  std::vector<std::string> names;
  for (const auto& id : ids) {
    const std::string title = title_of(known, id);
    names.push_back(title == id.text ? title : title + " (" + id.text + ")");
  }
  return joined(names, "; ");
}

std::string citation_of(const Catalog& catalog, const SourceId& id) {
  const auto source = std::ranges::find(catalog.sources, id, &Source::id);
  return source == catalog.sources.end() ? id.text : source->citation;
}

/// A condition in words, a line for each part.
class Words {
 public:
  Words(const Catalog& catalog, Page& page) : catalog_(catalog), page_(page) {}

  void say(const Condition& condition, const std::string& margin) {
    if (const auto* test = std::get_if<AnyOption>(&condition.test)) {
      page_.say(margin + "- ", test->question.text + ": " + options(*test));
    } else if (const auto* range = std::get_if<InRange>(&condition.test)) {
      page_.say(margin + "- ", fmt::format("{}: {} to {}", range->question.text, range->least, range->most));
    } else if (const auto* all = std::get_if<All>(&condition.test)) {
      page_.say(margin + "- ", "all of");
      for (const Condition& part : all->of) say(part, margin + "  ");
    } else if (const auto* any = std::get_if<Any>(&condition.test)) {
      page_.say(margin + "- ", "any of");
      for (const Condition& part : any->of) say(part, margin + "  ");
    } else if (const auto* points = std::get_if<Points>(&condition.test)) {
      page_.say(margin + "- ", fmt::format("at least {} points of", points->least));
      for (const Worth& worth : points->of) {
        page_.say(margin + "  ", fmt::format("worth {}:", worth.points));
        say(worth.when, margin + "    ");
      }
    }
  }

 private:
  std::string options(const AnyOption& test) const {
    const Question* question = find(catalog_.questions, test.question);
    std::string text;
    for (const Option& option : question->options) {
      if (test.options.contains(option.id)) text += (text.empty() ? "" : ", or ") + option.text;
    }
    return text;
  }

  const Catalog& catalog_;
  Page& page_;
};

void sources(const std::vector<SourceId>& ids, const Catalog& catalog, Page& page) {
  for (const SourceId& id : ids) page.say("Source: ", id.text + ", " + citation_of(catalog, id));
}

std::string show_rule(const Rule& rule, const Catalog& catalog, const Layout& layout) {
  Page page(layout.width);
  page.say("", fmt::format("{} (rule {})", rule.title, rule.id.text));
  page.say("Level: ", name(rule.then.disposition));
  page.say("If not sure: ", rule.if_unsure == Consequence{} ? "nothing" : name(rule.if_unsure.disposition));
  if (rule.then.follow_up != FollowUp::none) page.say("Follow-up: ", name(rule.then.follow_up));
  if (!rule.then.exclude.empty()) page.say("Excludes: ", named(catalog.demands, rule.then.exclude));
  if (!rule.then.ease.empty()) page.say("Eases: ", named(catalog.demands, rule.then.ease));
  page.say("", "When:");
  Words(catalog, page).say(rule.when, "  ");
  page.say("Why: ", rule.why);
  page.say("Covers: ", joined(rule.covers));
  sources(rule.sources, catalog, page);
  page.say("", fmt::format("{} examples, which hold", rule.examples.size()));
  return page.take();
}

std::string show_question(const Question& question, const Catalog& catalog, const Layout& layout) {
  Page page(layout.width);
  page.say("", fmt::format("{} (question {})", question.ask, question.id.text));
  for (const Option& option : question.options) page.say("  " + option.id.text + ": ", option.text);
  if (question.kind == QuestionKind::number) {
    page.say("  ",
             fmt::format("a whole number from {} to {} {}", question.least, question.most, question.unit));
  }
  if (question.gate) {
    page.say("", "Only asked with:");
    Words(catalog, page).say(*question.gate, "  ");
  }
  page.say("Why: ", question.why);
  if (question.unsure_as) page.say("Not sure counts as: ", question.unsure_as->text);
  sources(question.sources, catalog, page);
  std::vector<std::string> rules;
  for (const Rule& rule : catalog.rules) {
    if (questions_of(rule.when).contains(question.id)) rules.push_back(rule.id.text);
  }
  page.say("Rules: ", joined(rules));
  return page.take();
}

void say_doses(const Technique& technique, Page& page) {
  for (const Dose& dose : technique.doses) {
    std::string line = in_words(dose, technique.sides);
    if (!dose.assumed.empty()) line += "; assumed: " + joined(dose.assumed);
    if (dose.intensity == Intensity::normal) line += "; for normal intensity";
    page.say("Dose: ", line);
  }
}

void say_variants(const Technique& technique, Page& page) {
  for (const Variant& variant : technique.variants) {
    std::string line = fmt::format("{} ({}): {}", variant.name, variant.id, variant.text);
    if (!variant.not_shipped.empty()) line += " Recorded, not offered: " + variant.not_shipped + ".";
    page.say("Variant: ", line);
  }
}

std::string show_technique(const Technique& technique, const Catalog& catalog, const Layout& layout) {
  Page page(layout.width);
  page.say("", fmt::format("{} (technique {})", technique.name, technique.id.text));
  if (!technique.aliases.empty()) page.say("Also called: ", joined(technique.aliases));
  if (!technique.not_by_default.empty()) {
    page.say("Only with --include: ", technique.not_by_default);
  }
  page.say("Phase: ", fmt::format("{}, {}", name(technique.phase), technique.movement));
  page.say("Position: ", named(catalog.positions, std::array{technique.position}));
  page.say("Places: ", named(catalog.places, technique.places));
  page.say("Demands: ", named(catalog.demands, technique.demands));
  say_doses(technique, page);
  page.say("Cue: ", technique.cue);
  for (const std::string& step : technique.steps) page.say("  - ", step);
  page.say("Breath: ", technique.breathing);
  page.say("You feel: ", technique.feel);
  page.say("Stop if: ", joined(technique.stop_if, "; "));
  page.say("Easier: ", technique.easier);
  page.say("Harder: ", technique.harder);
  say_variants(technique, page);
  for (const std::string& correction : technique.corrections) page.say("Corrected: ", correction);
  for (const Citation& each : technique.sources) {
    page.say("Source: ", each.document.text + ", " + citation_of(catalog, each.document) +
                             (each.heading.empty() ? "" : ": " + each.heading));
  }
  page.say("Rows: ", joined(technique.rows));
  page.say("From: ", technique.origin);
  return page.take();
}

/// Everything that has this id, or, of techniques, this alias.
std::vector<std::string> all_called(const std::string& word, const Catalog& catalog, const Layout& layout) {
  std::vector<std::string> found;
  for (const Technique& technique : catalog.techniques) {
    const bool alias = std::ranges::find(technique.aliases, word) != technique.aliases.end();
    if (technique.id.text == word || alias) {
      found.push_back(show_technique(technique, catalog, layout));
    }
  }
  for (const Rule& rule : catalog.rules) {
    if (rule.id.text == word) found.push_back(show_rule(rule, catalog, layout));
  }
  if (const Question* question = find(catalog.questions, QuestionId{word})) {
    found.push_back(show_question(*question, catalog, layout));
  }
  return found;
}

std::vector<std::string> all_names(const Catalog& catalog) {
  std::vector<std::string> names;
  for (const Technique& technique : catalog.techniques) {
    names.push_back(technique.id.text);
    names.insert(names.end(), technique.aliases.begin(), technique.aliases.end());
  }
  for (const Rule& rule : catalog.rules) names.push_back(rule.id.text);
  for (const Question& question : catalog.questions) names.push_back(question.id.text);
  return names;
}

}  // namespace

ExitCode show(const NameOptions& options, const Catalog& catalog) {
  const auto found = all_called(options.name, catalog, parse_layout(options.print));
  if (found.empty()) {
    throw UnknownName("nothing is called " + in_quotes(options.name) +
                      did_you_mean(options.name, all_names(catalog)));
  }
  deliver_paged(joined(found, "\n"), options.print);
  return done;
}

}  // namespace backplan::cli
