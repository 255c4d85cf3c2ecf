#pragma once

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "backplan/catalog.hpp"
#include "io/utf8.hpp"
#include "io/yaml_reader.hpp"

// How the files of routines/ are read, one function for each `schema`. Each notes every mistake it
// finds in its file and returns what could be read.

namespace backplan {

using Definitions = std::map<std::string, Condition>;

/// What to write in place of `word`: the nearest of `names`, or when none is near all of them, if they are
/// few.
std::string likely(const std::string& word, const std::vector<std::string>& names);

/// One of `known` (a vector of things with an id), or a note.
template <class Known>
bool resolves(const yaml::Node& node, const std::string& field, const std::string& word, const Known& known,
              const std::string& what, yaml::Reader& reader) {
  if (std::ranges::any_of(known, [&](const auto& each) { return each.id.text == word; })) return true;
  std::vector<std::string> names;
  for (const auto& each : known) names.push_back(each.id.text);
  reader.note(node, field, "unknown " + what + " " + in_quotes(word), likely(word, names));
  return false;
}

/// A list of ids, each one of `known`. Doubled ones are noted.
template <class Id, class Known>
std::vector<Id> ids(yaml::Fields& fields, std::string_view key, const Known& known, const std::string& what) {
  const yaml::Node* node = fields.find(key);
  if (!node) return {};
  yaml::Reader& reader = fields.reader();
  std::vector<Id> found;
  const std::vector<std::string> words = reader.texts(*node, fields.path(key));
  for (std::size_t i = 0; i < words.size(); ++i) {
    const yaml::Node& item = node->items[i];
    if (item.kind != yaml::Node::Kind::scalar) continue;
    if (!resolves(item, fields.path(key), words[i], known, what, reader)) continue;
    if (std::ranges::find(found, Id{words[i]}) != found.end()) {
      reader.note(item, fields.path(key), in_quotes(words[i]) + " is given twice", "");
    }
    found.push_back(Id{words[i]});
  }
  return found;
}

/// The same; a missing or empty list is noted.
template <class Id, class Known>
std::vector<Id> some_ids(yaml::Fields& fields, std::string_view key, const Known& known,
                         const std::string& what) {
  const yaml::Node* node = fields.get(key);
  if (!node) return {};
  auto found = ids<Id>(fields, key, known, what);
  if (node->kind == yaml::Node::Kind::list && node->items.empty()) {
    fields.reader().note(*node, fields.path(key), "must name at least one " + what);
  }
  return found;
}

/// An id in kebab-case; notes anything else.
std::string id_text(yaml::Fields& fields);

/// The words of an enum, by `name`, in order.
template <class Enum>
std::vector<std::string> words(int count) {
  std::vector<std::string> all;
  for (int i = 0; i < count; ++i) all.emplace_back(name(static_cast<Enum>(i)));
  return all;
}

/// A condition about `questions`; notes what is wrong. Without `definitions`, as in a gate, it names
/// none and counts no points.
Condition read_condition(const yaml::Node& node, const std::string& field,
                         std::span<const Question> questions, const Definitions* definitions,
                         yaml::Reader& reader);

void read_vocabulary(yaml::Fields& fields, Catalog& catalog);
void read_questionnaire(yaml::Fields& fields, Catalog& catalog);
void read_definitions(yaml::Fields& fields, Catalog& catalog);
void read_rules(yaml::Fields& fields, Catalog& catalog);
void read_technique(yaml::Fields& fields, Catalog& catalog);
void read_session(yaml::Fields& fields, Catalog& catalog);
void read_objective(yaml::Fields& fields, Catalog& catalog);
void read_advice(yaml::Fields& fields, Catalog& catalog);

/// The rest between the sets of `dose`, the other fields of which have been read: none where it is the same.
std::optional<std::chrono::seconds> read_set_rest(yaml::Fields& fields, std::string_view key,
                                                  const Dose& dose);

}  // namespace backplan
