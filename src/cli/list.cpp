#include <fmt/format.h>

#include <algorithm>

#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "io/document.hpp"
#include "io/layout.hpp"
#include "io/titles.hpp"

namespace backplan::cli {
namespace {

std::string lower(std::string text) {
  for (char& c : text) {
    if ('A' <= c && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

bool holds(const std::string& text, const std::string& query) {
  return lower(text).find(lower(query)) != std::string::npos;
}

bool matches(const Technique& technique, const std::string& query) {
  return query.empty() || holds(technique.id.text, query) || holds(technique.name, query) ||
         std::ranges::any_of(technique.aliases,
                             [&](const std::string& alias) { return holds(alias, query); });
}

bool can_be_done(const Technique& technique, const std::set<EquipmentId>& have) {
  return std::ranges::all_of(technique.equipment, [&](const auto& any_of) {
    return std::ranges::any_of(any_of, [&](const EquipmentId& id) { return have.contains(id); });
  });
}

std::string needs(const Technique& technique, const Catalog& catalog) {
  std::string text;
  for (const auto& any_of : technique.equipment) {
    text += (text.empty() ? "" : ", ") + titles_of(catalog.equipment, any_of, " or ");
  }
  return text.empty() ? "nothing" : text;
}

std::vector<const Technique*> chosen(const ListOptions& options, const Catalog& catalog) {
  std::vector<std::string> phases;
  for (int i = 0; i < 6; ++i) phases.emplace_back(name(static_cast<Phase>(i)));
  if (!options.phase.empty()) parse_word("--phase", options.phase, phases);
  const auto have = parse_have(options.have, catalog);
  std::vector<const Technique*> techniques;
  for (const Technique& technique : catalog.techniques) {
    if (!matches(technique, options.query)) continue;
    if (!options.phase.empty() && name(technique.phase) != options.phase) continue;
    if (!options.have.empty() && !can_be_done(technique, have)) continue;
    techniques.push_back(&technique);
  }
  return techniques;
}

std::string as_text(const std::vector<const Technique*>& techniques, const ListOptions& options,
                    const Catalog& catalog, const Layout& layout) {
  Page page(layout.width);
  for (const Technique* technique : techniques) {
    std::string line =
        fmt::format("{}; {}, {}; needs {}", technique->name, name(technique->phase),
                    title_of(catalog.positions, technique->position), needs(*technique, catalog));
    if (!technique->not_by_default.empty()) {
      line += "; only with --include: " + technique->not_by_default;
    }
    if (options.origin) line += "; from " + technique->origin;
    page.say(fmt::format("{:<20}", technique->id.text), line);
  }
  return page.take();
}

Tree as_tree(const std::vector<const Technique*>& techniques) {
  Tree list = Tree::array();
  for (const Technique* technique : techniques) {
    Tree equipment = Tree::array();
    for (const auto& any_of : technique->equipment) {
      Tree group = Tree::array();
      for (const EquipmentId& id : any_of) group.push_back(id.text);
      equipment.push_back(group);
    }
    list.push_back({{"id", technique->id.text},
                    {"name", technique->name},
                    {"aliases", technique->aliases},
                    {"phase", name(technique->phase)},
                    {"position", technique->position.text},
                    {"equipment", equipment},
                    {"not_by_default", technique->not_by_default},
                    {"origin", technique->origin}});
  }
  return {{"schema", "backplan/techniques/1"}, {"techniques", list}};
}

/// Ids with a text each, those that match the query.
class Listing {
 public:
  Listing(const ListOptions& options, const Layout& layout) : options_(options), page_(layout.width) {}

  void add(const std::string& id, const std::string& text) {
    known_.push_back(id);
    if (!options_.query.empty() && !holds(id, options_.query) && !holds(text, options_.query)) return;
    ++count_;
    page_.say(fmt::format("{:<24}", id + " "), text);
  }

  std::string take() { return page_.take(); }
  bool empty() const { return count_ == 0; }
  const std::vector<std::string>& known() const { return known_; }

 private:
  const ListOptions& options_;
  Page page_;
  std::vector<std::string> known_;
  int count_ = 0;
};

Listing others(const ListOptions& options, const Catalog& catalog, const Layout& layout) {
  Listing listing(options, layout);
  if (options.rules) {
    for (const Rule& rule : catalog.rules) {
      listing.add(rule.id.text, fmt::format("{}: {}", name(rule.then.disposition), rule.title));
    }
  } else if (options.questions) {
    for (const Question& question : catalog.questions) listing.add(question.id.text, question.ask);
  } else if (options.equipment) {
    for (const Equipment& thing : catalog.equipment) {
      listing.add(thing.id.text, thing.title + (thing.usual ? " (assumed to be at hand)" : ""));
    }
  } else {
    for (const Demand& demand : catalog.demands) listing.add(demand.id.text, demand.title);
  }
  return listing;
}

[[noreturn]] void nothing_called(const std::string& query, const std::vector<std::string>& known) {
  throw UnknownName("nothing is called " + in_quotes(query) + did_you_mean(query, known));
}

std::vector<std::string> names_of(const std::vector<Technique>& techniques) {
  std::vector<std::string> names;
  for (const Technique& technique : techniques) {
    names.push_back(technique.id.text);
    names.insert(names.end(), technique.aliases.begin(), technique.aliases.end());
  }
  return names;
}

void list_others(const ListOptions& options, const std::string& format, const Catalog& catalog) {
  if (format != "text") throw UsageError("--format: only techniques are listed as yaml or json");
  Listing listing = others(options, catalog, parse_layout(options.print));
  if (listing.empty()) nothing_called(options.query, listing.known());
  deliver_paged(listing.take(), options.print);
}

void list_techniques(const ListOptions& options, const std::string& format, const Catalog& catalog) {
  const auto techniques = chosen(options, catalog);
  const bool called = std::ranges::any_of(
      catalog.techniques, [&](const Technique& each) { return matches(each, options.query); });
  if (!called) nothing_called(options.query, names_of(catalog.techniques));
  if (techniques.empty()) tell("backplan: --phase and --have leave none of them\n");
  if (format == "text") {
    deliver_paged(as_text(techniques, options, catalog, parse_layout(options.print)), options.print);
  } else {
    deliver(format == "yaml" ? to_yaml(as_tree(techniques)) : to_json(as_tree(techniques)), options.print);
  }
}

}  // namespace

ExitCode list(const ListOptions& options, const Catalog& catalog) {
  const std::string format = parse_format(options.print, {"text", "yaml", "json"});
  const bool other = options.rules || options.questions || options.equipment || options.demands;
  tell_unused(options.print, format == "text");
  if (other) {
    list_others(options, format, catalog);
  } else {
    list_techniques(options, format, catalog);
  }
  return done;
}

}  // namespace backplan::cli
