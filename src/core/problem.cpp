#include "core/problem.hpp"

namespace backplan {

Problem whole(const Model& model) {
  Problem problem{&model, model.budget, {}};
  std::vector<int> uses(model.families);
  for (int i = 0; i < static_cast<int>(model.items.size()); ++i) {
    const Model::Item& item = model.items[i];
    Stage stage{item.phase, item.position, item.family, false, {}};
    if (problem.stages.empty() || problem.stages.back().family != item.family ||
        !problem.stages.back().same_slot(stage)) {
      ++uses[item.family];
      problem.stages.push_back(std::move(stage));
    }
    for (int k = 0; k < static_cast<int>(item.options.size()); ++k) {
      const Model::Option& dose = item.options[k];
      problem.stages.back().moves.push_back(
          {{i, k}, dose.seconds, dose.work, dose.value, item.things, item.covers});
    }
  }
  for (Stage& stage : problem.stages) stage.shared = uses[stage.family] > 1;
  return problem;
}

Problem with_thing(Problem problem, int thing) {
  problem.budget -= problem.model->fetch;
  for (Stage& stage : problem.stages) {
    for (Move& move : stage.moves) move.things &= ~(std::uint64_t{1} << thing);
  }
  return problem;
}

Problem without_thing(Problem problem, int thing) {
  for (Stage& stage : problem.stages) {
    std::erase_if(stage.moves, [&](const Move& move) { return (move.things >> thing & 1) != 0; });
  }
  drop_empty_stages(problem);
  return problem;
}

std::vector<Slot> slots_of(const std::vector<Stage>& stages) {
  std::vector<Slot> slots;
  for (int s = 0; s < static_cast<int>(stages.size()); ++s) {
    if (s == 0 || !stages[s].same_slot(stages[s - 1])) slots.push_back({stages[s].position, s, s});
    slots.back().last = s + 1;
  }
  return slots;
}

void drop_empty_stages(Problem& problem) {
  std::erase_if(problem.stages, [](const Stage& stage) { return stage.moves.empty(); });
}

}  // namespace backplan
