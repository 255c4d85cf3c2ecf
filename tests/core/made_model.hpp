#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <random>
#include <tuple>
#include <vector>

#include "core/prices.hpp"
#include "core/problem.hpp"

namespace backplan {

/// Small models of all kinds; the same on every machine.
class Made {
 public:
  explicit Made(unsigned seed) : random_(seed) {}

  Model model() {
    Model model;
    model.budget = one_of({0, 15, 40, 80, 150, 300, 600});
    model.change = one_of({0, 5, 10, 60});
    model.fetch = one_of({0, 5, 10, 60});
    model.positions = 1 + below(3);
    model.things = below(5);
    model.families = 1 + below(8);
    const int kinds = below(4);
    for (int k = 0; k < kinds; ++k) model.cover.push_back(falling(below(4), one_of({5, 40})));
    const int most = one_of({1, 40, 40, 200});
    const int phases = one_of({1, 2, 6});
    const int options = 1 + below(3);
    const int items = one_of({0, 3, 4, 5, 6, 6, 7, 8});
    for (int i = 0; i < items; ++i) model.items.push_back(item(model, options, most, phases));
    std::ranges::stable_sort(model.items, {}, [](const Model::Item& each) {
      return std::tuple(each.phase, each.position, each.family);
    });
    for (Model::Share& share : model.shares) {
      share = {one_of({0, 1, 3}), below(model.budget + 1), one_of({0, 30, 60, model.budget, model.budget})};
    }
    return model;
  }

 private:
  int below(int limit) { return static_cast<int>(random_() % static_cast<unsigned>(limit)); }
  int one_of(const std::vector<int>& values) { return values[below(static_cast<int>(values.size()))]; }

  std::vector<Merit> falling(int count, int most) {
    std::vector<Merit> gains;
    for (int n = 0; n < count; ++n) gains.push_back(below(most + 1));
    std::ranges::sort(gains, std::ranges::greater{});
    return gains;
  }

  Model::Item item(const Model& model, int options, int most, int phases) {
    static constexpr int order[]{Model::release, Model::warm_up, 2, 0, 4, 5};
    Model::Item item{.phase = order[below(phases)],
                     .position = below(model.positions + 1) - 1,
                     .family = below(model.families)};
    for (int n = below(4); n > 0 && model.things > 0; --n)
      item.things |= std::uint64_t{1} << below(model.things);
    for (std::size_t kind = 0; kind < model.cover.size(); ++kind) {
      if (below(3) == 0) item.covers |= 1U << kind;
    }
    const int more = one_of({0, 0, 0, 0, 0, 100'000});  // asked for by name
    int work = below(40);
    Merit value = one_of({0, -3, below(most), below(most), below(most), below(most)});
    for (int k = 0; k < options; ++k) {
      const int seconds = work + 1 + below(10);
      const auto tie = static_cast<std::uint32_t>(below(1 << Model::tie_bits));
      item.options.push_back({seconds, work, value + more, tie});
      work += below(40);
      value += below(most);
    }
    return item;
  }

  std::mt19937 random_;
};

/// With values so large that rounding the prices does not matter.
inline Model scaled(Model model) {
  for (Model::Item& item : model.items) {
    for (Model::Option& option : item.options) option.value <<= 20;
  }
  for (auto& kind : model.cover) {
    for (Merit& value : kind) value <<= 20;
  }
  for (Model::Share& share : model.shares) share.per_second <<= 20;
  return model;
}

/// Calls `visit` with the problems of so many models that have anything to choose, and their prices. Returns
/// how many those are.
template <class Visit>
int each_problem(unsigned models, Visit visit) {
  int problems = 0;
  for (unsigned seed = 0; seed < models; ++seed) {
    CAPTURE(seed);
    const Model model = scaled(Made(seed).model());
    const Problem problem = whole(model);
    if (problem.stages.empty()) continue;
    ++problems;
    visit(problem, price(problem));
  }
  return problems;
}

}  // namespace backplan
