#include "core/model.hpp"

#include <algorithm>
#include <set>

namespace backplan {
namespace {

std::array<int, Model::phases> work_of(const Model& model, const std::vector<Pick>& picks) {
  std::array<int, Model::phases> work{};
  for (const auto& [item, option] : picks) {
    work[model.items[item].phase] += model.items[item].options[option].work;
  }
  return work;
}

bool one_of_each_family(const Model& model, const std::vector<Pick>& picks) {
  std::set<int> seen;
  return std::ranges::all_of(
      picks, [&](const Pick& pick) { return seen.insert(model.items[pick.item].family).second; });
}

bool warmed_up(const Model& model, const std::vector<Pick>& picks) {
  const auto has = [&](int phase) {
    return std::ranges::any_of(picks,
                               [&](const Pick& pick) { return model.items[pick.item].phase == phase; });
  };
  return has(Model::warm_up) || !has(Model::release);
}

}  // namespace

int seconds_of(const Model& model, const std::vector<Pick>& picks) {
  int seconds = 0;
  int position = Model::any_position;
  std::uint64_t fetched = 0;
  for (const auto& [index, option] : picks) {
    const Model::Item& item = model.items[index];
    seconds += item.options[option].seconds + model.fetch * std::popcount(item.things & ~fetched);
    fetched |= item.things;
    if (item.position == Model::any_position) continue;
    if (position != Model::any_position && position != item.position) seconds += model.change;
    position = item.position;
  }
  return seconds;
}

Merit value_of(const Model& model, const std::vector<Pick>& picks) {
  Merit value = 0;
  std::vector<std::size_t> covered(model.cover.size());
  for (const auto& [index, option] : picks) {
    const Model::Item& item = model.items[index];
    value += item.options[option].value;
    each_bit(item.covers, [&](int kind) {
      if (covered[kind] < model.cover[kind].size()) value += model.cover[kind][covered[kind]];
      ++covered[kind];
    });
  }
  const auto work = work_of(model, picks);
  for (int phase = 0; phase < Model::phases; ++phase) {
    const Model::Share& share = model.shares[phase];
    value += share.per_second * std::min(work[phase], share.target);
  }
  return value;
}

bool allowed(const Model& model, const std::vector<Pick>& picks) {
  const auto work = work_of(model, picks);
  for (int phase = 0; phase < Model::phases; ++phase) {
    if (work[phase] > model.shares[phase].limit) return false;
  }
  return one_of_each_family(model, picks) && warmed_up(model, picks) &&
         seconds_of(model, picks) <= model.budget;
}

}  // namespace backplan
