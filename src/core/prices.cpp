#include "core/prices.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/relaxation.hpp"

namespace backplan {
namespace {

/// How far prices move for what there is too much of, each in proportion to what is usual for it.
struct Scale {
  explicit Scale(const Problem& problem) : model(*problem.model), budget(problem.budget) {
    std::vector<double> densities;
    for (const Stage& stage : problem.stages) {
      for (const Move& move : stage.moves) {
        densities.push_back(static_cast<double>(move.value) / move.seconds);
      }
      if (stage.shared) shared.push_back(stage.family);
    }
    std::ranges::sort(shared);
    shared.erase(std::unique(shared.begin(), shared.end()), shared.end());
    if (densities.empty()) return;
    // The median, as what was asked for by name is worth more than everything else.
    const auto middle = densities.begin() + static_cast<std::ptrdiff_t>(densities.size() / 2);
    std::ranges::nth_element(densities, middle);
    second = std::max(0.0, *middle);  // with ties, nothing may be a little less than nothing
  }

  double first_cover(std::size_t kind) const {
    return model.cover[kind].empty() ? 0 : static_cast<double>(model.cover[kind].front());
  }
  double of_second() const { return second / (0.1 * budget + 1); }
  /// In a longer session each kind is covered more often.
  double of_cover(std::size_t kind) const { return first_cover(kind) / (2 + budget / 150.0); }
  double of_work(int phase) const {
    const Model::Share& share = model.shares[phase];
    return static_cast<double>(share.per_second) / (0.2 * share.target + 1);
  }
  double of_family() const { return 20 * second; }

  const Model& model;
  int budget;
  double second = 0;        ///< what one is usually worth
  std::vector<int> shared;  ///< the families of several stages
};

/// What the second best stage of each family would gain, as far as steps do not reach: only when it was asked
/// for by name, as the best one was. One of the two enters, and while both seem to, the bound is above every
/// plan by far.
std::vector<double> first_families(const Problem& problem, const Scale& scale) {
  const double reach = 10 * scale.of_family();
  std::vector<double> most(problem.model->families);
  std::vector<double> second(problem.model->families);
  for (const Stage& stage : problem.stages) {
    double gain = 0;
    for (const Move& move : stage.moves) {
      gain = std::max(gain, static_cast<double>(move.value) - scale.second * move.seconds - reach);
    }
    double& best = most[stage.family];
    second[stage.family] = std::max(second[stage.family], std::min(best, gain));
    best = std::max(best, gain);
  }
  return second;
}

Prices start(const Problem& problem, const Scale& scale) {
  const Model& model = *problem.model;
  Prices prices;
  prices.second = scale.second;
  for (std::size_t kind = 0; kind < model.cover.size(); ++kind) {
    prices.cover.push_back(scale.first_cover(kind) / 4);
  }
  for (int phase = 0; phase < Model::phases; ++phase) {
    prices.work[phase] = static_cast<double>(model.shares[phase].per_second) / 2;
  }
  prices.family = first_families(problem, scale);
  prices.things.resize(model.items.size() * model.things);
  return prices;
}

/// Calls `visit` with each price that steps move, its excess, its scale and its limits.
template <class Visit>
void each_price(Prices& prices, Prices& excess, const Scale& scale, Visit visit) {
  constexpr double none = std::numeric_limits<double>::infinity();
  visit(prices.second, excess.second, scale.of_second(), 0.0, none);
  for (std::size_t kind = 0; kind < prices.cover.size(); ++kind) {
    // More than covering it once is worth would only raise the bound.
    visit(prices.cover[kind], excess.cover[kind], -scale.of_cover(kind), 0.0, scale.first_cover(kind));
  }
  for (int phase = 0; phase < Model::phases; ++phase) {
    const auto most = static_cast<double>(scale.model.shares[phase].per_second);
    visit(prices.work[phase], excess.work[phase], -scale.of_work(phase), -none, most);
  }
  for (const int family : scale.shared) {
    visit(prices.family[family], excess.family[family], scale.of_family(), 0.0, none);
  }
}

/// Raises the price of what there is too much of, and lowers that of what there is too little of, so far
/// that the bound would fall by `fall` if it went on as it begins (Polyak's step).
void adjust(Prices& prices, Prices& excess, const Scale& scale, double fall) {
  double slope = 0;
  each_price(prices, excess, scale,
             [&](double, double much, double by, double, double) { slope += std::abs(by) * much * much; });
  if (slope < 1) return;  // of millions: nothing strays, and the step would have no end
  each_price(prices, excess, scale, [&](double& price, double much, double by, double least, double most) {
    price = std::clamp(price + fall / slope * by * much, least, most);
  });
}

/// Moves `mean` half way to `excess`: steps along it turn less from side to side.
void smooth(Prices& mean, Prices& excess, const Scale& scale) {
  each_price(mean, excess, scale,
             [](double& so_far, double now, double, double, double) { so_far = (so_far + now) / 2; });
}

void round_all(Prices& prices) {
  prices.second = std::round(prices.second);
  for (double& price : prices.cover) price = std::round(price);
  for (double& price : prices.work) price = std::round(price);
  for (double& price : prices.family) price = std::round(price);
  for (double& price : prices.things) price = std::round(price);
}

}  // namespace

Prices price(const Problem& problem) {
  // Found by trying: more steps cost more than the little by which they lower the bound.
  constexpr int steps = 150;
  constexpr int patience = 8;
  constexpr double least_hope = 0.0005;
  const Scale scale(problem);
  Relaxation relaxation(problem);
  Prices now = start(problem, scale);
  Prices excess = now;
  Prices mean;
  Prices best;
  best.bound = std::numeric_limits<double>::infinity();
  double hope = 0.05;  // the part of the bound by which it may still fall
  int idle = 0;        // steps without much of a fall
  for (int i = 0; i < steps && hope > least_hope; ++i) {
    relaxation.price_things(now);
    relaxation.evaluate(now, excess);
    idle = now.bound > best.bound * (1 - hope / 10) ? idle + 1 : 0;
    if (now.bound < best.bound) best = now;
    if (idle == patience) {
      idle = 0;
      hope /= 2;
    }
    if (i == 0) mean = excess;
    smooth(mean, excess, scale);
    adjust(now, mean, scale, now.bound - best.bound * (1 - hope));
  }
  round_all(best);
  relaxation.evaluate(best, excess);
  return best;
}

}  // namespace backplan
