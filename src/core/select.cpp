#include "core/select.hpp"

#include <algorithm>
#include <array>

namespace backplan {
namespace {

/// Why a technique cannot enter, before any choosing; nothing when it can.
class Filter {
 public:
  Filter(const Constraints& constraints, const PlanRequest& request)
      : constraints_(constraints), request_(request) {}

  bool pinned(const TechniqueId& id) const {
    return std::ranges::find(request_.include, id) != request_.include.end() ||
           std::ranges::any_of(request_.swap, [&](const auto& pair) { return pair.second == id; });
  }

  std::optional<Omission> omits(const Technique& technique) const {
    using enum OmissionReason;
    const auto because = [&](OmissionReason reason, std::string detail = "") {
      return Omission{technique.id, reason, std::move(detail)};
    };
    if (const RuleId* rule = constraints_.forbids(technique))
      return because(OmissionReason::rule, rule->text);
    if (const auto by = left_out(technique.id)) return because(excluded, *by);
    if (const auto what = avoids(technique)) return because(avoided, *what);
    if (!request_.release && technique.phase == Phase::release) return because(phase, "release");
    if (!passes(request_.phases, technique.phase)) return because(phase);
    if (!passes(request_.positions, technique.position)) return because(position);
    if (request_.place && !technique.places.contains(*request_.place)) return because(place);
    if (const auto* any_of = lacks(technique)) return Omission{technique.id, equipment, "", *any_of};
    if (!technique.not_by_default.empty() && !pinned(technique.id)) {
      return because(not_by_default, technique.not_by_default);
    }
    return std::nullopt;
  }

  Candidate candidate(const Technique& technique) const {
    return {&technique, usable_doses(technique), gear(technique), pinned(technique.id),
            times(request_.recent, technique.id)};
  }

 private:
  template <class Value>
  static bool passes(const std::set<Value>& wanted, const Value& value) {
    return wanted.empty() || wanted.contains(value);
  }

  /// A technique for any position passes every filter of positions.
  static bool passes(const std::set<PositionId>& wanted, const PositionId& position) {
    return wanted.empty() || wanted.contains(position) || position.text == "any";
  }

  std::optional<std::string> left_out(const TechniqueId& id) const {
    for (const auto& [out, in] : request_.swap) {
      if (out == id) return in.text;
    }
    if (request_.exclude.contains(id)) return "";
    return std::nullopt;
  }

  std::optional<std::string> avoids(const Technique& technique) const {
    for (const std::string& word : request_.avoid) {
      if (technique.movement == word || technique.demands.contains(DemandId{word}) || goes(technique, word)) {
        return word;
      }
    }
    return std::nullopt;
  }

  static bool goes(const Technique& technique, const std::string& word) {
    static const std::array<std::pair<std::string, Direction>, 5> directions{
        {{"extension", Direction::extension},
         {"rotation", Direction::rotation},
         {"side-bending", Direction::side_bending},
         {"flexion", Direction::flexion},
         {"scapular", Direction::scapular}}};
    return std::ranges::any_of(directions, [&](const auto& direction) {
      return direction.first == word && technique.directions.contains(direction.second);
    });
  }

  const EquipmentId* at_hand(const std::vector<EquipmentId>& any_of) const {
    const auto thing =
        std::ranges::find_if(any_of, [&](const EquipmentId& id) { return request_.have.contains(id); });
    return thing == any_of.end() ? nullptr : &*thing;
  }

  /// Things of which one is needed and none at hand, or null.
  const std::vector<EquipmentId>* lacks(const Technique& technique) const {
    for (const auto& any_of : technique.equipment) {
      if (!at_hand(any_of)) return &any_of;
    }
    return nullptr;
  }

  std::vector<EquipmentId> gear(const Technique& technique) const {
    std::vector<EquipmentId> things;
    for (const auto& any_of : technique.equipment) {
      if (const EquipmentId* thing = at_hand(any_of)) things.push_back(*thing);
    }
    return things;
  }

  /// Doses rise, so those that are allowed come first. Precautions keep to the least.
  std::size_t usable_doses(const Technique& technique) const {
    if (constraints_.eases(technique)) return 1;
    const auto too_much = std::ranges::find_if(
        technique.doses, [&](const Dose& dose) { return dose.intensity > request_.intensity; });
    const auto most = std::max<std::size_t>(1, static_cast<std::size_t>(too_much - technique.doses.begin()));
    return request_.practised ? std::min(most, reached(technique.id)) : most;
  }

  static int times(const std::map<TechniqueId, int>& counts, const TechniqueId& id) {
    const auto found = counts.find(id);
    return found == counts.end() ? 0 : found->second;
  }

  /// Doses rise slowly: the least at first, and a further one after every few sessions with it.
  std::size_t reached(const TechniqueId& id) const {
    return 1 + static_cast<std::size_t>(times(*request_.practised, id) / sessions_for_more);
  }

  const Constraints& constraints_;
  const PlanRequest& request_;
};

}  // namespace

Selection select(std::span<const Technique> techniques, const Constraints& constraints,
                 const PlanRequest& request) {
  const Filter filter(constraints, request);
  Selection selection;
  for (const Technique& technique : techniques) {
    if (auto omission = filter.omits(technique)) {
      selection.omissions.push_back(std::move(*omission));
    } else {
      selection.candidates.push_back(filter.candidate(technique));
    }
  }
  return selection;
}

}  // namespace backplan
