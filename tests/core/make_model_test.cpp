#include <doctest/doctest.h>

#include "core/choose.hpp"
#include "core/small_plan.hpp"

namespace backplan {
namespace {

using namespace small_plan;

// Numbers that no other could stand for.
const Timing uneven{.get_ready = 7s, .change_sides = 3s, .change_position = 11s, .fetch_equipment = 13s};
const Objective numbers{.least_dose = {1, 2, 300, 4, 5, 6},
                        .further_doses = {40, 20},
                        .document = 3,
                        .most_documents = 2,
                        .directions = {9, 8},
                        .regions = {7, 6, 5},
                        .second = 2,
                        .shares = {10, 15, 35, 10, 20, 10},
                        .limits = {20, 30, 40, 50, 60, 70},
                        .least_limit = 5s,
                        .recent = 17,
                        .most_recent = 2,
                        .normal_intensity = {0, 0, 1000, 0, 0, 0},
                        .goals = {{"calm", {0, 0, 2000, 0, 0, 0}}},
                        .positions = {{"lying"}, {"standing"}}};

Choosing made(const std::vector<Candidate>& candidates, const PlanRequest& request = {.budget = 600s},
              const Objective& objective = numbers) {
  return make_model(candidates, request, uneven, objective);
}

/// The only item of a model of `technique`.
Model::Item item(const Technique& technique, const PlanRequest& request = {.budget = 600s}) {
  const Model model = made({{&technique, technique.doses.size(), {}}}, request).model;
  REQUIRE(model.items.size() == 1);
  return model.items.front();
}

TEST_CASE("a model takes over the time and its costs") {
  const Technique arch = technique("arch", Phase::mobilise);
  const Model model = made({{&arch, 1, {{"chair"}}}}).model;
  CHECK(model.budget == 600);
  CHECK(model.change == 11);
  CHECK(model.fetch == 13);
  CHECK(model.families == 1);
  CHECK(model.things == 1);
  CHECK(model.positions == 2);
}

TEST_CASE("the doses of a technique that may be used are options, each worth more by less") {
  Technique arch = technique("arch", Phase::mobilise);
  arch.doses = {hold(20s), hold(30s), hold(45s), hold(60s)};
  const Model::Item all = item(arch);
  REQUIRE(all.options.size() == 4);
  CHECK(all.options[0].seconds == 27);
  CHECK(all.options[0].work == 20);
  CHECK(all.options[0].value == 300);
  CHECK(all.options[1].value == 340);
  CHECK(all.options[2].value == 360);
  CHECK(all.options[3].value == 380);  // the last number holds for all that come after it
  CHECK(all.options[3].seconds == 67);
  CHECK(made({{&arch, 2, {}}}).model.items[0].options.size() == 2);
}

TEST_CASE("both sides are work, getting ready is not") {
  Technique lean = technique("lean", Phase::mobilise);
  lean.sides = Sides::each;
  const Model::Item sided = item(lean);
  CHECK(sided.options[0].work == 43);
  CHECK(sided.options[0].seconds == 50);
}

TEST_CASE("documents after the first count, and no more of them than may") {
  Technique arch = technique("arch", Phase::mobilise);
  const auto worth_with = [&](std::vector<std::string> documents) {
    arch.sources.clear();
    for (const std::string& id : documents) arch.sources.push_back({.document = {id}});
    return item(arch).options[0].value;
  };
  CHECK(worth_with({"a"}) == 300);
  CHECK(worth_with({"a", "a"}) == 300);
  CHECK(worth_with({"a", "b"}) == 303);
  CHECK(worth_with({"a", "b", "c"}) == 306);
  CHECK(worth_with({"a", "b", "c", "d"}) == 306);
}

TEST_CASE("what was done lately is worth less, but never less than nothing") {
  const Technique arch = technique("arch", Phase::mobilise);
  const Technique breathe = technique("breathe", Phase::prepare);
  const auto worth_after = [&](const Technique& technique, int times) {
    return made({{.technique = &technique, .doses = 1, .recent = times}}).model.items[0].options[0].value;
  };
  CHECK(worth_after(arch, 1) == 283);
  CHECK(worth_after(arch, 2) == 266);
  CHECK(worth_after(arch, 3) == 266);
  CHECK(worth_after(breathe, 0) == 1);
  CHECK(worth_after(breathe, 2) == 0);
}

TEST_CASE("normal intensity, a goal and a name each add to it") {
  const Technique arch = technique("arch", Phase::mobilise);
  const Technique swing = technique("swing", Phase::warm_up);
  CHECK(item(arch, {.intensity = Intensity::normal}).options[0].value == 1300);
  CHECK(item(swing, {.intensity = Intensity::normal}).options[0].value == 2);
  CHECK(item(arch, {.goal = "calm"}).options[0].value == 2300);
  CHECK(item(arch, {.goal = "other"}).options[0].value == 300);
  CHECK(item(swing, {.goal = "calm"}).options[0].value == 2);

  const Candidate pinned{.technique = &arch, .doses = 2, .pinned = true};
  const Choosing choosing = made({pinned});
  CHECK(choosing.model.items[0].options[0].value == pinned_points + 300);
  CHECK(choosing.model.items[0].options[1].value == pinned_points + 340);
  CHECK(points_of(choosing, std::vector{pinned}, {{0, 1}}) == 340 + 2 * 40);  // and its seconds
}

TEST_CASE("ways to move and thirds of the spine are covered, each by a bit of its own") {
  Technique arch = technique("arch", Phase::mobilise);
  const std::vector<Direction> directions{Direction::extension, Direction::rotation, Direction::side_bending,
                                          Direction::flexion, Direction::scapular};
  std::uint32_t seen = 0;
  const auto only_bit = [&] {
    const std::uint32_t covers = item(arch).covers;
    CHECK(std::has_single_bit(covers));
    CHECK((seen & covers) == 0);
    seen |= covers;
    return std::countr_zero(covers);
  };
  const Model model = made({{&arch, 1, {}}}).model;
  for (const Direction direction : directions) {
    arch.directions = {direction};
    CHECK(model.cover.at(only_bit()) == std::vector<Merit>{9, 8});
  }
  arch.directions.clear();
  for (const Region region : {Region::upper, Region::middle, Region::lower}) {
    arch.regions = {region};
    CHECK(model.cover.at(only_bit()) == std::vector<Merit>{7, 6, 5});
  }
  CHECK(model.cover.size() == 8);
}

TEST_CASE("items come by phase, by the order of positions, and by family") {
  Technique standing = technique("standing", Phase::mobilise);
  Technique lying = technique("lying", Phase::mobilise);
  lying.position = {"lying"};
  Technique other = technique("other", Phase::mobilise);
  other.position = {"other"};
  Technique anywhere = technique("anywhere", Phase::mobilise);
  anywhere.position = {"any"};
  const Technique first = technique("first", Phase::warm_up);
  const Technique kin = technique("kin", Phase::mobilise, "standing");
  const Choosing choosing = made({{&other, 1, {}},
                                  {&standing, 1, {}},
                                  {&lying, 1, {}},
                                  {&anywhere, 1, {}},
                                  {&first, 1, {}},
                                  {&kin, 1, {}}});
  CHECK(choosing.candidates == std::vector<std::size_t>{4, 3, 2, 5, 1, 0});
  const std::vector<Model::Item>& items = choosing.model.items;
  CHECK(items[0].phase == 1);
  CHECK(items[1].position == Model::any_position);
  CHECK(items[2].position == 0);
  CHECK(items[3].position == 1);
  CHECK(items[5].position == 2);
  CHECK(items[3].family == items[4].family);
  CHECK(items[2].family != items[3].family);
  CHECK(choosing.model.positions == 3);
  CHECK(choosing.model.families == 5);
}

TEST_CASE("ties follow from the names and the doses alone") {
  // FNV-1a and SplitMix64, worked out elsewhere; so the same plan comes out everywhere and in every version.
  Technique arch = technique("arch", Phase::mobilise);
  arch.doses.resize(2, arch.doses.front());
  const Model::Item both = made({{&arch, 2, {}}}).model.items.front();
  CHECK(both.options[0].tie == 351011);
  CHECK(both.options[1].tie == 996466);
  CHECK(item(technique("turn", Phase::mobilise)).options[0].tie == 386269);
  CHECK(item(technique("turns", Phase::mobilise)).options[0].tie == 980580);
}

TEST_CASE("things have a bit each; of more things than bits, the rest costs its seconds each time") {
  std::vector<Technique> techniques;
  for (int i = 0; i < 66; ++i)
    techniques.push_back(technique("t" + std::to_string(100 + i), Phase::mobilise));
  std::vector<Candidate> candidates;
  for (const Technique& each : techniques) candidates.push_back({&each, 1, {{"for " + each.id.text}}});
  const Choosing choosing = made(candidates);
  CHECK(choosing.model.things == 64);
  std::uint64_t seen = 0;
  for (std::size_t i = 0; i < 66; ++i) {
    const Model::Item& item = choosing.model.items[i];
    const std::size_t candidate = choosing.candidates[i];
    CHECK(item.things == (candidate < 64 ? std::uint64_t{1} << candidate : 0));
    CHECK(item.options[0].seconds == (candidate < 64 ? 27 : 40));
    seen |= item.things;
  }
  CHECK(seen == ~std::uint64_t{0});
}

TEST_CASE("what takes no time takes a second of the model") {
  const Technique none{.id = {"none"}, .phase = Phase::prepare, .position = {"any"}, .doses = {Dose{}}};
  const Timing no_time{.get_ready = 0s, .change_sides = 0s, .change_position = 0s, .fetch_equipment = 0s};
  const Model model =
      make_model(std::vector<Candidate>{{&none, 1, {}}}, {.budget = 60s}, no_time, numbers).model;
  CHECK(model.items[0].options[0].seconds == 1);
  CHECK(model.items[0].options[0].work == 0);
}

TEST_CASE("each phase has its share of the time, and no more work than its limit") {
  std::vector<Technique> techniques;
  for (int phase = 0; phase < 6; ++phase) {
    techniques.push_back(technique("t" + std::to_string(phase), static_cast<Phase>(phase)));
  }
  std::vector<Candidate> all;
  for (const Technique& each : techniques) all.push_back({&each, 1, {}});
  const Model whole = made(all).model;
  const int targets[]{60, 90, 210, 60, 120, 60};
  const int limits[]{120, 180, 240, 300, 360, 420};
  for (int phase = 0; phase < 6; ++phase) {
    CAPTURE(phase);
    CHECK(whole.shares[phase].per_second == 2);
    CHECK(whole.shares[phase].target == targets[phase]);
    CHECK(whole.shares[phase].limit == limits[phase]);
  }
}

TEST_CASE("the share of a phase in which nothing can be done goes to the others") {
  const Technique arch = technique("arch", Phase::mobilise);
  const Technique swing = technique("swing", Phase::warm_up);
  const Model model = made({{&arch, 1, {}}, {&swing, 1, {}}}).model;  // 50 of 100 percent are left
  CHECK(model.shares[1].target == 180);
  CHECK(model.shares[2].target == 420);
  CHECK(model.shares[1].limit == 360);
  CHECK(model.shares[2].limit == 480);
  CHECK(model.shares[0].target == 0);
  CHECK(made({{&swing, 1, {}}}).model.shares[1].limit == 600);  // never more than there is
}

TEST_CASE("where no phase that is left has a share, only the time limits it") {
  Objective objective = numbers;
  objective.shares = {0, 50, 50, 0, 0, 0};
  const Technique breathe = technique("breathe", Phase::prepare);
  const Model model = made({{&breathe, 1, {}}}, {.budget = 600s}, objective).model;
  CHECK(model.shares[0].target == 0);
  CHECK(model.shares[0].limit == 600);

  objective.shares = {1, 99, 0, 0, 0, 0};
  objective.limits[0] = 0;
  const Model little = made({{&breathe, 1, {}}}, {.budget = 600s}, objective).model;
  CHECK(little.shares[0].target == 600);
  CHECK(little.shares[0].limit == 5);  // the least
}

TEST_CASE("a limit leaves room for the least, and for what was asked for by name") {
  const Technique breathe = technique("breathe", Phase::prepare);
  const Technique swing = technique("swing", Phase::warm_up);
  const Technique arch = technique("arch", Phase::mobilise);
  const auto limit = [&](std::chrono::seconds budget, std::chrono::seconds least, bool pinned) {
    Objective objective = numbers;
    objective.limits = {10, 10, 10, 10, 10, 10};
    objective.least_limit = least;
    const std::vector<Candidate> candidates{{.technique = &breathe, .doses = 2, .pinned = pinned},
                                            {.technique = &swing, .doses = 1},
                                            {.technique = &arch, .doses = 1}};
    return made(candidates, {.budget = budget}, objective).model.shares[0].limit;
  };
  CHECK(limit(60s, 0s, false) == 10);  // 10 percent of 60, and the shares of others
  CHECK(limit(60s, 15s, false) == 15);
  CHECK(limit(60s, 15s, true) == 20);  // the work of its least dose
  CHECK(limit(12s, 15s, true) == 12);
}

}  // namespace
}  // namespace backplan
