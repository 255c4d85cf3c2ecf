#include <algorithm>

#include "backplan/report.hpp"
#include "io/catalog_reader.hpp"
#include "io/utf8.hpp"

namespace backplan {
namespace {

using std::chrono::seconds;
using yaml::Fields;
using yaml::Node;
using yaml::Reader;

constexpr std::size_t cue_limit = 60;     // characters: read at a glance in the middle of a movement
constexpr int longest_session = 60 * 60;  // seconds

template <class Enum>
Enum read_word(Fields& fields, std::string_view key, int count) {
  const auto word = fields.word(key, words<Enum>(count));
  return static_cast<Enum>(word.value_or(0));
}

template <class Enum>
std::set<Enum> read_words(Fields& fields, std::string_view key, int count) {
  const std::vector<std::string> known = words<Enum>(count);
  const Node* node = fields.get(key);
  std::set<Enum> found;
  if (!node) return found;
  for (const std::string& word : fields.reader().texts(*node, fields.path(key))) {
    const auto at = std::ranges::find(known, word);
    if (at == known.end()) {
      fields.reader().note(*node, fields.path(key), "unknown word " + in_quotes(word),
                           yaml::suggestion(word, known));
    } else {
      found.insert(static_cast<Enum>(at - known.begin()));
    }
  }
  return found;
}

std::set<std::string> read_assumed(Fields& fields) {
  static const std::vector<std::string> known{"seconds", "repetitions", "sets", "rest-seconds",
                                              "set-rest-seconds"};
  std::set<std::string> assumed;
  const Node* node = fields.find("assumed");
  if (!node) return assumed;
  for (const std::string& word : fields.reader().texts(*node, fields.path("assumed"))) {
    if (std::ranges::find(known, word) == known.end()) {
      fields.reader().note(*node, fields.path("assumed"), "unknown word " + in_quotes(word),
                           yaml::suggestion(word, known));
    }
    assumed.insert(word);
  }
  return assumed;
}

}  // namespace

std::optional<seconds> read_set_rest(Fields& fields, std::string_view key, const Dose& dose) {
  const Node* node = fields.find(key);
  if (!node) return {};
  const seconds rest(fields.number(key, 0, 600));
  if (dose.kind != DoseKind::hold) {
    fields.reader().note(*node, fields.path(key), "is for holds only",
                         "the other rest lies between sets here");
  } else if (dose.sets < 2) {
    fields.reader().note(*node, fields.path(key), "needs more than one set", "write sets, or leave it out");
  }
  return rest == dose.rest ? std::nullopt : std::optional(rest);
}

namespace {

Dose read_dose(Fields& fields) {
  Dose dose;
  dose.kind = read_word<DoseKind>(fields, "kind", 4);
  dose.each = seconds(fields.number("seconds", 1, longest_session));
  if (dose.kind != DoseKind::time) dose.repetitions = fields.number("repetitions", 1, 100);
  dose.sets = fields.number_or("sets", 1, 20, 1);
  dose.rest = seconds(fields.number_or("rest-seconds", 0, 600, 0));
  dose.set_rest = read_set_rest(fields, "set-rest-seconds", dose);
  dose.assumed = read_assumed(fields);
  if (fields.find("intensity")) dose.intensity = read_word<Intensity>(fields, "intensity", 2);
  fields.done();
  return dose;
}

/// Doses rise, and the first is for everybody: eased people stay there.
void check_doses(Fields& fields, const std::vector<Dose>& doses) {
  const Node& node = *fields.find("doses");
  if (doses.empty()) {
    fields.reader().note(node, fields.path("doses"), "must hold at least one dose");
    return;
  }
  if (doses.front().intensity != Intensity::gentle) {
    fields.reader().note(node, fields.path("doses[0]"), "the least dose must be gentle");
  }
  for (std::size_t i = 1; i < doses.size(); ++i) {
    if (duration(doses[i]) > duration(doses[i - 1])) continue;
    fields.reader().note(node.items[i], fields.path("doses[" + std::to_string(i) + "]"),
                         "takes no longer than the dose before it", "list them from the least");
  }
}

std::vector<Dose> read_doses(Fields& fields) {
  std::vector<Dose> doses;
  const auto list = fields.list("doses");
  for (std::size_t i = 0; i < list.size(); ++i) {
    Fields each(list[i], fields.path("doses[" + std::to_string(i) + "]"), fields.reader());
    doses.push_back(read_dose(each));
  }
  if (fields.find("doses")) check_doses(fields, doses);
  return doses;
}

std::vector<std::vector<EquipmentId>> read_equipment(Fields& fields, const Catalog& catalog) {
  std::vector<std::vector<EquipmentId>> groups;
  Reader& reader = fields.reader();
  for (const Node& group : fields.list("equipment")) {
    std::vector<EquipmentId> any_of;
    const std::string field = fields.path("equipment");
    for (const std::string& word : reader.texts(group, field)) {
      if (resolves(group, field, word, catalog.equipment, "equipment", reader)) {
        any_of.push_back({word});
      }
    }
    if (any_of.empty()) reader.note(group, field, "must name at least one thing");
    groups.push_back(std::move(any_of));
  }
  return groups;
}

std::vector<Variant> read_variants(Fields& fields) {
  std::vector<Variant> variants;
  if (!fields.find("variants")) return variants;
  const auto list = fields.list("variants");
  for (std::size_t i = 0; i < list.size(); ++i) {
    Fields each(list[i], fields.path("variants[" + std::to_string(i) + "]"), fields.reader());
    variants.push_back({id_text(each), each.text("name"), each.text("text"), each.texts_or_none("rows"),
                        each.text_or_none("not-shipped")});
    each.done();
  }
  return variants;
}

Citation read_citation(Fields& fields, const Catalog& catalog) {
  Citation citation;
  citation.document.text = fields.text("document");
  citation.heading = fields.text_or_none("heading");
  if (const Node* node = fields.find("document")) {
    resolves(*node, fields.path("document"), citation.document.text, catalog.sources, "source",
             fields.reader());
  }
  if (const Node* lines = fields.find("lines")) {
    const bool two = lines->kind == Node::Kind::list && lines->items.size() == 2;
    if (!two) fields.reader().note(*lines, fields.path("lines"), "must be [first, last]");
    if (two) {
      const std::string path = fields.path("lines");
      citation.first_line = fields.reader().number(lines->items[0], path, 1, 10000).value_or(0);
      citation.last_line = fields.reader().number(lines->items[1], path, 1, 10000).value_or(0);
    }
  }
  fields.done();
  return citation;
}

std::vector<Citation> read_sources(Fields& fields, const Catalog& catalog) {
  std::vector<Citation> citations;
  const auto list = fields.list("sources");
  for (std::size_t i = 0; i < list.size(); ++i) {
    Fields each(list[i], fields.path("sources[" + std::to_string(i) + "]"), fields.reader());
    citations.push_back(read_citation(each, catalog));
  }
  if (list.empty() && fields.find("sources")) {
    fields.reader().note(*fields.find("sources"), fields.path("sources"), "must name at least one source");
  }
  return citations;
}

std::string read_cue(Fields& fields) {
  std::string cue = fields.text("cue");
  const std::size_t length = characters(cue);
  if (length > cue_limit) {
    fields.reader().note(*fields.find("cue"), fields.path("cue"),
                         "has " + std::to_string(length) + " characters",
                         "at most " + std::to_string(cue_limit));
  }
  return cue;
}

void read_texts(Fields& fields, Technique& technique) {
  technique.steps = fields.texts("steps");
  technique.cue = read_cue(fields);
  technique.breathing = fields.text("breathing");
  technique.feel = fields.text("feel");
  technique.stop_if = fields.texts("stop-if");
  technique.easier = fields.text("easier");
  technique.harder = fields.text("harder");
  technique.variants = read_variants(fields);
  technique.not_by_default = fields.text_or_none("not-by-default");
  technique.covers = fields.texts_or_none("covers");
  technique.corrections = fields.texts_or_none("corrections");
}

void read_needs(Fields& fields, const Catalog& catalog, Technique& technique) {
  technique.position.text = fields.text("position");
  if (const Node* node = fields.find("position")) {
    resolves(*node, "position", technique.position.text, catalog.positions, "position", fields.reader());
  }
  const auto places = some_ids<PlaceId>(fields, "places", catalog.places, "place");
  technique.places = {places.begin(), places.end()};
  technique.equipment = read_equipment(fields, catalog);
  technique.sides = read_word<Sides>(fields, "sides", 3);
  // Required even when empty: a demand that is left out by mistake would let a technique through.
  fields.get("demands");
  const auto demands = ids<DemandId>(fields, "demands", catalog.demands, "demand");
  technique.demands = {demands.begin(), demands.end()};
}

/// Whether the technique is done at `place` alone: it has no other, or it needs a thing of that name.
bool always_at(const PlaceId& place, const Technique& technique) {
  const std::vector<EquipmentId> thing{{place.text}};
  return technique.places.size() == 1 ||
         std::ranges::find(technique.equipment, thing) != technique.equipment.end();
}

/// Notes the demands that the other words of a technique imply and that it leaves out.
class Implied {
 public:
  Implied(Fields& fields, const Catalog& catalog, Technique& technique)
      : fields_(fields), implications_(catalog.implications), technique_(technique) {}

  void check() {
    technique_.demands.merge(std::set(of("").adds));
    const std::set<DemandId> given = technique_.demands;
    for (const DemandId& demand : given) want("demand " + demand.text);
    want("position " + technique_.position.text, spared());
    for (const PlaceId& place : technique_.places) want("place " + place.text);
    for (const auto& any_of : technique_.equipment) {
      for (const EquipmentId& thing : any_of) want("equipment " + thing.text);
    }
    want("class " + technique_.movement);
    want("phase " + std::string(name(technique_.phase)));
    for (const Direction direction : technique_.directions) want("direction " + std::string(name(direction)));
  }

 private:
  const Implication& of(const std::string& word) const {
    static const Implication nothing;
    const auto found = implications_.find(word);
    return found == implications_.end() ? nothing : found->second;
  }

  std::set<DemandId> spared() const {
    std::set<DemandId> all;
    for (const PlaceId& place : technique_.places) {
      if (always_at(place, technique_)) all.merge(std::set(of("place " + place.text).spares));
    }
    return all;
  }

  /// Each that is missing is noted once, whatever else implies it.
  void want(const std::string& word, const std::set<DemandId>& spared = {}) {
    for (const DemandId& demand : of(word).adds) {
      if (spared.contains(demand) || !technique_.demands.insert(demand).second) continue;
      fields_.reader().note(*fields_.find("demands"), "demands", "'" + demand.text + "' is missing",
                            word + " implies it");
    }
  }

  Fields& fields_;
  const std::map<std::string, Implication>& implications_;
  Technique& technique_;
};

}  // namespace

void read_technique(Fields& fields, Catalog& catalog) {
  Technique technique;
  technique.id.text = id_text(fields);
  technique.name = fields.text("name");
  technique.aliases = fields.texts_or_none("aliases");
  technique.rows = fields.texts_or_none("rows");
  technique.phase = read_word<Phase>(fields, "phase", 6);
  technique.movement = fields.text("class");
  if (const Node* node = fields.find("class")) {
    resolves(*node, "class", technique.movement, catalog.movements, "class", fields.reader());
  }
  technique.directions = read_words<Direction>(fields, "directions", 5);
  technique.regions = read_words<Region>(fields, "regions", 3);
  technique.family.text = fields.text("family");
  read_needs(fields, catalog, technique);
  if (fields.find("demands")) Implied(fields, catalog, technique).check();
  technique.doses = read_doses(fields);
  read_texts(fields, technique);
  technique.sources = read_sources(fields, catalog);
  technique.origin = fields.reader().file();
  catalog.techniques.push_back(std::move(technique));
}

}  // namespace backplan
