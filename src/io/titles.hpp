#pragma once

#include <string>
#include <string_view>

namespace backplan {

/// What people call `id`: its title in the vocabulary, or the id itself when nothing there has it.
template <class Known, class Id>
std::string title_of(const Known& known, const Id& id) {
  for (const auto& each : known) {
    if (each.id == id) return each.title;
  }
  return id.text;
}

/// The titles of `ids` in one line, such as "a foam roller or a rolled towel".
template <class Known, class Ids>
std::string titles_of(const Known& known, const Ids& ids, std::string_view between) {
  std::string line;
  for (const auto& id : ids) {
    if (!line.empty()) line += between;
    line += title_of(known, id);
  }
  return line;
}

}  // namespace backplan
