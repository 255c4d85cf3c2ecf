#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "backplan/export.hpp"
#include "backplan/screening.hpp"
#include "backplan/technique.hpp"

namespace backplan {

/// What a plan for one person must respect. Only `constrain` makes one, and only from a screening
/// that a plan may follow; so a function that takes Constraints cannot be called for anybody else.
class BACKPLAN_EXPORT Constraints {
 public:
  /// The rule that forbids `technique`, or null if none does.
  const RuleId* forbids(const Technique& technique) const;

  /// The rule that keeps `technique` at its least dose, or null if none does.
  const RuleId* eases(const Technique& technique) const;

  const Screening& screening() const { return screening_; }

 private:
  friend std::optional<Constraints> constrain(const Screening& screening);
  explicit Constraints(Screening screening) : screening_(std::move(screening)) {}

  Screening screening_;
};

/// The constraints of a screening that a plan may follow; none for any other.
BACKPLAN_EXPORT std::optional<Constraints> constrain(const Screening& screening);

/// The time that a session needs besides the techniques, in seconds; from routines/session.yaml.
struct Timing {
  std::chrono::seconds get_ready{0};        ///< before each step
  std::chrono::seconds change_sides{0};     ///< between the two sides of a step
  std::chrono::seconds change_position{0};  ///< when a step starts in another position
  std::chrono::seconds fetch_equipment{0};  ///< for each thing that was not in use before
};

/// Whole numbers for each phase, in the order of Phase.
using ByPhase = std::array<int, 6>;

/// What a good plan is worth, in points; from routines/objective.yaml, which gives the reasons, and put
/// together as docs/planner.md says.
struct Objective {
  ByPhase least_dose{};            ///< for a technique at its least dose
  std::vector<int> further_doses;  ///< for each further dose; the last holds for all after it, too
  int document = 0;                ///< for each document after the first that it rests on
  int most_documents = 0;          ///< how many of these count
  std::vector<int> directions;     ///< for moving a way once, once more, ...; not rising
  std::vector<int> regions;        ///< the same for a third of the thoracic spine
  int second = 0;                  ///< for each second of work within the share of its phase
  ByPhase shares{};                ///< percent of the time
  ByPhase limits{};                ///< percent of the time; of work, the most
  std::chrono::seconds least_limit{0};
  int recent = 0;                        ///< off for each time a technique was done lately
  int most_recent = 0;                   ///< how many of these count
  ByPhase normal_intensity{};            ///< more for the least dose
  std::map<std::string, ByPhase> goals;  ///< more for the least dose, by goal
  std::vector<PositionId> positions;     ///< the order within a phase: that of the vocabulary
};

/// What the person asks for. Unset filters let everything through.
struct PlanRequest {
  std::chrono::seconds budget{600};  ///< a ceiling for the whole session
  std::set<EquipmentId> have;        ///< what is at hand
  std::optional<PlaceId> place;
  std::set<PositionId> positions;  ///< empty: all
  std::set<Phase> phases;          ///< empty: all
  std::set<std::string> avoid;     ///< demands, directions or movement classes
  std::vector<TechniqueId> include;
  std::set<TechniqueId> exclude;
  std::vector<std::pair<TechniqueId, TechniqueId>> swap;  ///< the first gives way to the second
  Intensity intensity = Intensity::gentle;
  std::string goal;  ///< one of Objective::goals, or none
  bool release = true;
  unsigned seed = 0;                  ///< 0: the best plan; others vary among those within 2 % of it
  std::map<TechniqueId, int> recent;  ///< times done in the last 7 days; empty when nobody knows

  /// Times done to the end in the last weeks, where somebody keeps count: then a technique starts at its
  /// least dose, and has one more after every `sessions_for_more` of these.
  std::optional<std::map<TechniqueId, int>> practised{};
};

/// Strength work adds one or two repetitions a week at two to three sessions a week; that it is three
/// sessions for every technique is an assumption of this project.
inline constexpr int sessions_for_more = 3;

/// Why a technique is not in a plan.
enum class OmissionReason {
  rule,       ///< a contraindication; `detail` names the rule
  excluded,   ///< the person left it out by name
  avoided,    ///< it has what the person avoids; `detail` names it
  equipment,  ///< one of `missing` is needed
  place,
  position,
  phase,  ///< `detail` is "release" where all of that is left out
  intensity,
  not_by_default,  ///< `detail` says why
  family,          ///< its relative `detail` is in the plan
  warm_up,         ///< release work, and no warm-up fits before it
  time,            ///< everything with more benefit filled the time
};

struct Omission {
  TechniqueId technique;
  OmissionReason reason;
  std::string detail;
  std::vector<EquipmentId> missing{};
};

/// One technique with its dose, and the seconds that it takes.
struct Step {
  Technique technique;
  Dose dose;
  std::vector<EquipmentId> equipment;  ///< chosen from what is at hand, one of each inner list
  std::optional<RuleId> eased;         ///< the precaution that keeps it at its least dose
  bool pinned = false;                 ///< asked for by name
  std::chrono::seconds setup{0};       ///< moving, fetching and getting ready
  std::chrono::seconds work{0};        ///< both sides and the change between them
  int points = 0;                      ///< what it adds to the worth of those before it

  std::chrono::seconds total() const { return setup + work; }
};

struct Plan {
  std::vector<Step> steps;  ///< in the order of the session
  std::vector<Omission> omissions;
  std::int64_t points = 0;       ///< what it is worth
  std::int64_t most_points = 0;  ///< no plan for this request is worth more
};

/// The best session: no other is worth more, or `most_points` says how much more it could be. The same
/// arguments always give the same plan. It is empty when nothing fits.
BACKPLAN_EXPORT Plan make_plan(std::span<const Technique> techniques, const Constraints& constraints,
                               const PlanRequest& request, const Timing& timing, const Objective& objective);

/// Another plan, measured against one: its points, and what it does otherwise.
struct Rival {
  std::int64_t points = 0;
  std::vector<TechniqueId> without;     ///< it leaves these out
  std::vector<TechniqueId> with;        ///< and has these instead
  std::vector<TechniqueId> other_dose;  ///< these are in both

  friend bool operator==(const Rival&, const Rival&) = default;
};

enum class LimitKind { time, equipment, filter };

/// Something that limits a plan, and the points that the best one would gain without it; more than 0.
struct Limit {
  LimitKind kind = LimitKind::time;
  std::string what;  ///< of time the seconds more, of equipment its id, of a filter its name
  std::int64_t points = 0;
};

/// What a plan is measured against. What the answers exclude is not among the limits: it has no price.
struct Comparison {
  std::optional<Rival> next_best;  ///< of a varied plan the best, else the best of all others
  std::vector<Limit> limits;       ///< the most points first
};

/// Solves some thirty problems like that of `plan`, which `make_plan` made of the same arguments.
BACKPLAN_EXPORT Comparison compare(const Plan& plan, std::span<const Technique> techniques,
                                   const Constraints& constraints, const PlanRequest& request,
                                   const Timing& timing, const Objective& objective);

BACKPLAN_EXPORT std::chrono::seconds duration(const Plan& plan);

/// The time of the steps in `phase`.
BACKPLAN_EXPORT std::chrono::seconds duration(const Plan& plan, Phase phase);

}  // namespace backplan
