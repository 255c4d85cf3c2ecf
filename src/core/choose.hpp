#pragma once

#include <chrono>
#include <span>
#include <vector>

#include "backplan/plan.hpp"
#include "core/model.hpp"

namespace backplan {

/// A technique that may enter the plan.
struct Candidate {
  const Technique* technique;
  std::size_t doses;                   ///< how many of its doses may be used, from the least; 1 or more
  std::vector<EquipmentId> equipment;  ///< what it would use
  bool pinned = false;                 ///< asked for by name: worth more than all that is not
  int recent = 0;                      ///< times done lately
};

struct Choice {
  std::size_t candidate;
  std::size_t dose;
};

/// The steps of choices that are in order, with the seconds that each takes.
std::vector<Step> lay_out(std::span<const Choice> choices, std::span<const Candidate> candidates,
                          const Timing& timing);

/// The time of a technique itself: both sides, and the change between them.
std::chrono::seconds work_of(const Technique& technique, const Dose& dose, const Timing& timing);

/// The choice among candidates, as numbers.
struct Choosing {
  Model model;
  std::vector<std::size_t> candidates;  ///< of each item of the model
};

/// What is asked for by name is worth so much more than its points.
inline constexpr Merit pinned_points = 100'000;

Choosing make_model(std::span<const Candidate> candidates, const PlanRequest& request, const Timing& timing,
                    const Objective& objective);

/// The points of `picks`, without what they have for being asked for by name.
Merit points_of(const Choosing& choosing, std::span<const Candidate> candidates,
                const std::vector<Pick>& picks);

/// What is chosen, in the order of the session.
struct Chosen {
  std::vector<Choice> choices;
  std::vector<int> points;  ///< what each adds to those before it
  Merit most_points = 0;    ///< no choice has more
};

/// The best choice; with a seed, another one within 2 % of it.
Chosen choose(std::span<const Candidate> candidates, const PlanRequest& request, const Timing& timing,
              const Objective& objective);

}  // namespace backplan
