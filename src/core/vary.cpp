#include "core/vary.hpp"

namespace backplan {

std::uint64_t Drawn::next() {
  std::uint64_t mixed = state_ += 0x9E3779B97F4A7C15ULL;
  mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9ULL;
  mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBULL;
  return mixed ^ (mixed >> 31);
}

Merit Drawn::below(Merit limit) {
  const std::uint64_t drawn = next();
  return limit > 0 ? static_cast<Merit>(drawn % static_cast<std::uint64_t>(limit)) : 0;
}

Model varied(Model model, const std::vector<Pick>& best, Merit loss, unsigned seed) {
  Drawn drawn(seed);
  std::vector<Merit> penalties;
  for (std::size_t i = 0; i < model.items.size(); ++i) penalties.push_back(drawn.below(loss / 2));
  for (const Pick& pick : best) penalties[pick.item] = 0;
  // A few of the best plan have all of the loss, so that some of them are likely to give way.
  const Merit parts = 1 + drawn.below(3);
  for (Merit part = 0; part < parts && !best.empty(); ++part) {
    const Pick& pick = best[drawn.below(static_cast<Merit>(best.size()))];
    penalties[pick.item] += loss / parts;
  }
  for (std::size_t i = 0; i < model.items.size(); ++i) {
    for (Model::Option& option : model.items[i].options) option.value -= penalties[i];
  }
  return model;
}

}  // namespace backplan
