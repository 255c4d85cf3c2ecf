#pragma once

#include <cstdint>
#include <vector>

#include "core/model.hpp"

namespace backplan {

/// An item's option, as the search tries it.
struct Move {
  Pick pick;
  int seconds;
  int work;
  Merit value;
  std::uint64_t things;  ///< that it still has to pay for
  std::uint32_t covers;
};

/// The items of one family in one phase and position: at most one of their moves is made.
struct Stage {
  int phase;
  int position;
  int family;
  bool shared;  ///< other stages have items of the family, too
  std::vector<Move> moves;

  bool same_slot(const Stage& other) const { return phase == other.phase && position == other.position; }
};

/// What is left of a model to be solved: fewer moves, or things that are paid for.
struct Problem {
  const Model* model;
  int budget;
  std::vector<Stage> stages;  ///< in the order of a session
};

/// The whole of `model`, which must outlive it..
Problem whole(const Model& model);

/// The same with `thing` fetched at the start, and without it.
Problem with_thing(Problem problem, int thing);
Problem without_thing(Problem problem, int thing);

/// The stages of one phase and position.
struct Slot {
  int position;
  int first, last;  ///< the stages from `first` to before `last`
};

std::vector<Slot> slots_of(const std::vector<Stage>& stages);

/// Drops the stages in which nothing can be done.
void drop_empty_stages(Problem& problem);

}  // namespace backplan
