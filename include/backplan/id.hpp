#pragma once

#include <compare>
#include <string>

namespace backplan {

/// A name defined in routines/. Typed, so that a rule's name cannot be passed for a question's.
template <class Of>
struct Id {
  std::string text;

  friend auto operator<=>(const Id&, const Id&) = default;
};

using QuestionId = Id<struct Question>;
using OptionId = Id<struct Option>;
using RuleId = Id<struct Rule>;
using TechniqueId = Id<struct Technique>;
using DemandId = Id<struct Demand>;
using EquipmentId = Id<struct Equipment>;
using PositionId = Id<struct Position>;
using PlaceId = Id<struct Place>;
using MovementId = Id<struct Movement>;
using FamilyId = Id<struct Family>;
using SourceId = Id<struct Source>;

}  // namespace backplan
