#pragma once

#include <chrono>
#include <span>
#include <vector>

#include "backplan/plan.hpp"

namespace backplan {

/// A technique that may enter the plan.
struct Candidate {
  const Technique* technique;
  std::size_t doses;  ///< how many of its doses may be used, from the least; 1 or more
  std::vector<EquipmentId> equipment;  ///< what it would use
  bool pinned = false;                 ///< asked for by name: enters before all others
  int recent = 0;                      ///< times done lately: the fewer, the sooner it is chosen
};

struct Choice {
  std::size_t candidate;
  std::size_t dose;
};

/// The order of a session: by phase, and within one by position, so that one moves little.
std::vector<Choice> in_order(std::vector<Choice> choices, std::span<const Candidate> candidates);

/// The steps of choices that are in order, with the seconds that each takes.
std::vector<Step> lay_out(std::span<const Choice> choices, std::span<const Candidate> candidates,
                          const Timing& timing);

/// The seconds that they take together.
std::chrono::seconds length(std::span<const Choice> choices, std::span<const Candidate> candidates,
                            const Timing& timing);

/// Which candidates to do, at which dose, within `budget`; in the order of the session. At most one
/// of a family, and no release work without a warm-up. `seed` varies the choice; 0 does not.
std::vector<Choice> choose(std::span<const Candidate> candidates, std::chrono::seconds budget,
                           const Timing& timing, unsigned seed);

}  // namespace backplan
