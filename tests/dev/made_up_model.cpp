#include "dev/made_up_model.hpp"

#include <algorithm>
#include <random>
#include <tuple>

namespace backplan::dev {
namespace {

constexpr int directions = 5;
constexpr std::array<int, Model::phases> least_dose{40, 140, 90, 50, 70, 70};
constexpr std::array<int, Model::phases> shares{8, 16, 38, 10, 14, 14};
constexpr std::array<int, Model::phases> limits{30, 30, 50, 20, 30, 30};
constexpr std::array<int, 3> further_dose{40, 20, 10};
/// Most techniques mobilise.
constexpr std::array<int, 12> phase_of_family{0, 1, 1, 2, 2, 2, 2, 2, 3, 4, 5, 5};

class Maker {
 public:
  explicit Maker(unsigned seed) : random_(seed) {}

  Model model(int techniques, int minutes) {
    Model model{.budget = 60 * minutes, .change = 10, .fetch = 10, .positions = 7, .things = 6};
    for (int phase = 0; phase < Model::phases; ++phase) {
      const int limit = std::max(60, model.budget * limits[phase] / 100);
      model.shares[phase] = {3, model.budget * shares[phase] / 100, std::min(model.budget, limit)};
    }
    model.cover.assign(directions, {40, 15, 5});
    model.cover.resize(directions + 3, {30, 10, 5});
    model.families = std::max(1, techniques * 3 / 4);
    std::vector<int> phases;
    for (int family = 0; family < model.families; ++family) {
      phases.push_back(phase_of_family[below(phase_of_family.size())]);
    }
    for (int i = 0; i < techniques; ++i) {
      const int family = i < model.families ? i : below(model.families);
      // A few families have relatives in another phase.
      const int phase = below(10) == 0 ? phase_of_family[below(phase_of_family.size())] : phases[family];
      model.items.push_back(item(model, family, phase));
    }
    std::ranges::stable_sort(model.items, {}, [](const Model::Item& each) {
      return std::tuple(each.phase, each.position, each.family);
    });
    return model;
  }

 private:
  int below(std::size_t limit) { return static_cast<int>(random_() % limit); }

  Model::Item item(const Model& model, int family, int phase) {
    Model::Item item{.phase = phase, .position = below(model.positions + 1) - 1, .family = family};
    const auto tie = static_cast<std::uint32_t>(below(1024));  // so that a seed means what it has meant
    if (below(3) == 0) item.things = std::uint64_t{1} << below(model.things);
    for (int way = 0; way < directions; ++way) item.covers |= (below(4) == 0 ? 1U : 0U) << way;
    const int region = below(3);
    item.covers |= 1U << (directions + region);
    if (region < 2 && below(2) == 0) item.covers |= 2U << (directions + region);
    const bool each_side = below(3) == 0;
    Merit value = least_dose[phase] + 4 * below(4);
    int time = 10 + below(50);
    const int doses = 2 + below(3);
    for (int dose = 0; dose < doses; ++dose) {
      if (dose > 0) value += further_dose[dose - 1];
      const int work = each_side ? 2 * time + 5 : time;
      item.options.push_back({work + 5, work, value, tie * 1024 + static_cast<std::uint32_t>(dose)});
      time = time * (13 + below(8)) / 10;
    }
    return item;
  }

  std::mt19937 random_;
};

}  // namespace

Model made_up_model(int techniques, int minutes, unsigned seed) {
  return Maker(seed).model(techniques, minutes);
}

}  // namespace backplan::dev
