#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

#include "core/choose.hpp"
#include "core/vary.hpp"

namespace backplan {
namespace {

using std::chrono::seconds;

int index(Phase phase) { return static_cast<int>(phase); }

/// Follows from an id (FNV-1a) and the number of the dose: the same on every machine, and whatever else is
/// in the library.
std::uint32_t tie_of(const TechniqueId& id, std::size_t dose) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  for (const char c : id.text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  return static_cast<std::uint32_t>(Drawn(hash + dose).next() >> (64 - Model::tie_bits));
}

/// In an order that follows from the techniques alone, and not from that of files.
std::vector<std::size_t> by_id(std::span<const Candidate> candidates) {
  std::vector<std::size_t> order(candidates.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return candidates[i].technique->id; });
  return order;
}

/// Numbers for names, in the order in which they are first asked for.
template <class Id>
class Numbers {
 public:
  int of(const Id& id) { return numbers_.try_emplace(id, static_cast<int>(numbers_.size())).first->second; }
  int count() const { return static_cast<int>(numbers_.size()); }

 private:
  std::map<Id, int> numbers_;
};

class ModelMaker {
 public:
  ModelMaker(std::span<const Candidate> candidates, const PlanRequest& request, const Timing& timing,
             const Objective& objective)
      : candidates_(candidates), request_(request), timing_(timing), objective_(objective) {}

  Choosing make() {
    Model& model = made_.model;
    model.budget = static_cast<int>(request_.budget.count());
    model.change = static_cast<int>(timing_.change_position.count());
    model.fetch = static_cast<int>(timing_.fetch_equipment.count());
    for (const PositionId& position : objective_.positions) number(position);
    std::vector<Ordered> items;
    for (const std::size_t i : by_id(candidates_)) items.push_back({item(candidates_[i]), i});
    put_in_order(std::move(items));
    model.positions = positions_.count();
    model.families = families_.count();
    model.things = std::min(things_.count(), Model::most_things);
    model.cover.assign(directions, {objective_.directions.begin(), objective_.directions.end()});
    model.cover.resize(directions + regions, {objective_.regions.begin(), objective_.regions.end()});
    set_shares();
    return std::move(made_);
  }

 private:
  static constexpr int directions = 5;
  static constexpr int regions = 3;

  struct Ordered {
    Model::Item item;
    std::size_t candidate;
  };

  int number(const PositionId& position) {
    return position.text == "any" ? Model::any_position : positions_.of(position);
  }

  Model::Item item(const Candidate& candidate) {
    const Technique& technique = *candidate.technique;
    Model::Item item{.phase = index(technique.phase),
                     .position = number(technique.position),
                     .family = families_.of(technique.family)};
    for (const Direction way : technique.directions) item.covers |= 1U << static_cast<int>(way);
    for (const Region region : technique.regions)
      item.covers |= 1U << (directions + static_cast<int>(region));
    seconds fetching{0};
    for (const EquipmentId& thing : candidate.equipment) {
      const int bit = things_.of(thing);
      if (bit < Model::most_things) item.things |= std::uint64_t{1} << bit;
      if (bit >= Model::most_things) fetching += timing_.fetch_equipment;  // then anew each time
    }
    int points = of_least_dose(candidate);
    for (std::size_t k = 0; k < candidate.doses; ++k) {
      if (k > 0) points += of_further_dose(k - 1);
      const seconds work = work_of(technique, technique.doses[k], timing_);
      const seconds all = timing_.get_ready + fetching + work;
      item.options.push_back({static_cast<int>(std::max(seconds(1), all).count()),
                              static_cast<int>(work.count()), points + (candidate.pinned ? pinned_points : 0),
                              tie_of(technique.id, k)});
    }
    return item;
  }

  int of_least_dose(const Candidate& candidate) const {
    const Technique& technique = *candidate.technique;
    const int phase = index(technique.phase);
    int points = objective_.least_dose[phase];
    if (request_.intensity == Intensity::normal) points += objective_.normal_intensity[phase];
    if (const auto goal = objective_.goals.find(request_.goal); goal != objective_.goals.end()) {
      points += goal->second[phase];
    }
    std::set<SourceId> documents;
    for (const Citation& citation : technique.sources) documents.insert(citation.document);
    const int further = std::max(0, static_cast<int>(documents.size()) - 1);
    points += objective_.document * std::min(further, objective_.most_documents);
    points -= objective_.recent * std::min(candidate.recent, objective_.most_recent);
    return std::max(0, points);
  }

  int of_further_dose(std::size_t k) const {
    const std::vector<int>& points = objective_.further_doses;
    return points.empty() ? 0 : points[std::min(k, points.size() - 1)];
  }

  void put_in_order(std::vector<Ordered> items) {
    std::ranges::stable_sort(items, {}, [](const Ordered& each) {
      return std::tuple(each.item.phase, each.item.position, each.item.family);
    });
    for (Ordered& each : items) {
      made_.model.items.push_back(std::move(each.item));
      made_.candidates.push_back(each.candidate);
    }
  }

  /// The shares and limits of phases in which nothing can be done go to the others.
  void set_shares() {
    std::array<int, Model::phases> asked{};  // the work of what was asked for by name
    std::array<bool, Model::phases> used{};
    for (const Candidate& candidate : candidates_) {
      const Technique& technique = *candidate.technique;
      used[index(technique.phase)] = true;
      if (!candidate.pinned) continue;
      asked[index(technique.phase)] +=
          static_cast<int>(work_of(technique, technique.doses.front(), timing_).count());
    }
    int all = 0;
    int left = 0;
    for (int phase = 0; phase < Model::phases; ++phase) {
      all += objective_.shares[phase];
      if (used[phase]) left += objective_.shares[phase];
    }
    const int budget = made_.model.budget;
    for (int phase = 0; phase < Model::phases; ++phase) {
      Model::Share& share = made_.model.shares[phase];
      share.per_second = objective_.second;
      if (left > 0 && used[phase]) share.target = budget * objective_.shares[phase] / left;
      share.limit = left > 0 ? budget * objective_.limits[phase] / 100 * all / left : budget;
      share.limit = std::max({share.limit, static_cast<int>(objective_.least_limit.count()), asked[phase]});
      share.limit = std::min(share.limit, budget);
    }
  }

  std::span<const Candidate> candidates_;
  const PlanRequest& request_;
  const Timing& timing_;
  const Objective& objective_;
  Numbers<PositionId> positions_;
  Numbers<FamilyId> families_;
  Numbers<EquipmentId> things_;
  Choosing made_;
};

}  // namespace

Choosing make_model(std::span<const Candidate> candidates, const PlanRequest& request, const Timing& timing,
                    const Objective& objective) {
  return ModelMaker(candidates, request, timing, objective).make();
}

}  // namespace backplan
