#pragma once

#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "backplan/export.hpp"
#include "backplan/id.hpp"

namespace backplan {

/// Where in a session a technique belongs, in the order of a session.
enum class Phase { prepare, warm_up, mobilise, release, strengthen, cool_down };

enum class Sides {
  none,      ///< the body as a whole
  together,  ///< both sides at once
  each,      ///< one side after the other, both for the same time
};

/// The way a movement goes. Used to cover several in one session.
enum class Direction { extension, rotation, side_bending, flexion, scapular };

/// A third of the thoracic spine.
enum class Region { upper, middle, lower };

enum class DoseKind { hold, repetitions, breaths, time };

enum class Intensity { gentle, normal };

/// How much of a technique to do in one session; on each side when the technique has sides.
struct Dose {
  DoseKind kind = DoseKind::hold;
  std::chrono::seconds each{0};  ///< one hold, repetition or breath; of `time`: one set
  int repetitions = 1;           ///< in a set
  int sets = 1;
  std::chrono::seconds rest{0};  ///< between sets; of `hold`: between repetitions too
  std::optional<std::chrono::seconds> set_rest =
      {};                                   ///< between the sets of a `hold`, where it is not `rest`
  std::set<std::string> assumed;            ///< the fields that no source states
  Intensity intensity = Intensity::gentle;  ///< the least that a person must have asked for

  friend bool operator==(const Dose&, const Dose&) = default;
};

/// The time one side takes.
BACKPLAN_EXPORT std::chrono::seconds duration(const Dose& dose);

struct Variant {
  std::string id;
  std::string name;
  std::string text;
  std::vector<std::string> rows;
  std::string not_shipped;  ///< why it is recorded and not offered; empty when it is offered
};

/// Where in a source a technique is described.
struct Citation {
  SourceId document;
  std::string heading;
  int first_line = 0;  ///< 0 when the source has no lines to point at
  int last_line = 0;
};

struct Technique {
  TechniqueId id;
  std::string name;
  std::vector<std::string> aliases;
  std::vector<std::string> rows;  ///< rows of the coverage list of the sources
  Phase phase = Phase::mobilise;
  std::string movement;  ///< movement class
  std::set<Direction> directions;
  std::set<Region> regions;
  FamilyId family;  ///< at most one of a family enters a plan
  PositionId position;
  std::set<PlaceId> places;
  std::vector<std::vector<EquipmentId>> equipment;  ///< of each inner list one is needed
  Sides sides = Sides::none;
  std::set<DemandId> demands;  ///< what it asks of a body; rules exclude and ease by these
  std::vector<Dose> doses;     ///< from the least to the most; never empty
  std::vector<std::string> steps;
  std::string cue;  ///< at most 60 characters
  std::string breathing;
  std::string feel;
  std::vector<std::string> stop_if;
  std::string easier;
  std::string harder;
  std::vector<Variant> variants;
  std::string not_by_default;  ///< why only `--include` brings it; empty for the others
  std::vector<std::string> covers;
  std::vector<std::string> corrections;
  std::vector<Citation> sources;  ///< never empty
  std::string origin;             ///< "builtin", or the file it was read from
};

}  // namespace backplan
