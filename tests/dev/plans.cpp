#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <stdexcept>

#include "core/choose.hpp"
#include "core/solve.hpp"
#include "dev/dev.hpp"
#include "dev/made_up_model.hpp"

namespace backplan::dev {
namespace {

bool at_hand(const Catalog& catalog, const EquipmentId& id, bool all) {
  return all || std::ranges::any_of(catalog.equipment,
                                    [&](const Equipment& thing) { return thing.id == id && thing.usual; });
}

/// With all equipment and all techniques, or with what is usual.
std::vector<Candidate> candidates(const Catalog& catalog, bool all, Intensity intensity) {
  std::vector<Candidate> list;
  for (const Technique& technique : catalog.techniques) {
    if (!all && !technique.not_by_default.empty()) continue;
    Candidate candidate{.technique = &technique, .doses = 1, .equipment = {}};
    while (candidate.doses < technique.doses.size() &&
           technique.doses[candidate.doses].intensity <= intensity) {
      ++candidate.doses;
    }
    for (const auto& any_of : technique.equipment) {
      const auto thing =
          std::ranges::find_if(any_of, [&](const EquipmentId& id) { return at_hand(catalog, id, all); });
      if (thing != any_of.end()) candidate.equipment.push_back(*thing);
    }
    if (candidate.equipment.size() == technique.equipment.size()) list.push_back(std::move(candidate));
  }
  return list;
}

struct Work {
  std::int64_t looks = 0;
  std::string model;
};

Model shipped_model(const Catalog& catalog, int minutes, bool all, Intensity intensity) {
  const PlanRequest request{.budget = std::chrono::minutes(minutes), .intensity = intensity};
  return make_model(candidates(catalog, all, intensity), request, catalog.timing, catalog.objective).model;
}

}  // namespace

Model model_of(const Catalog& catalog, const std::vector<std::string>& words) {
  if (words.size() != 4) throw std::runtime_error("not a model");
  if (words[0] == "made-up") {
    return made_up_model(std::stoi(words[1]), std::stoi(words[2]),
                         static_cast<unsigned>(std::stoul(words[3])));
  }
  return shipped_model(catalog, std::stoi(words[1]), words[2] == "all",
                       words[3] == "normal" ? Intensity::normal : Intensity::gentle);
}

std::string solved(const Model& model) {
  const Solution found = solve(model);
  const bool sound = allowed(model, found.picks) && value_of(model, found.picks) == found.value;
  return fmt::format("{} {}\n", found.value, sound && found.proved() ? "proved" : "not proved");
}

std::string planning_work(const Catalog& catalog, std::int64_t most) {
  Work worst;
  int models = 0;
  for (int minutes = 1; minutes <= 60; ++minutes) {
    for (const char* equipment : {"all", "usual"}) {
      for (const char* intensity : {"gentle", "normal"}) {
        const std::string name = fmt::format("shipped {} {} {}", minutes, equipment, intensity);
        const Solution found =
            solve(model_of(catalog, {"shipped", std::to_string(minutes), equipment, intensity}));
        if (!found.proved()) throw std::runtime_error(name + ": not proved");
        if (found.looks > worst.looks) worst = {found.looks, name};
        ++models;
      }
    }
  }
  std::string text =
      fmt::format("{} models, all proved; {} looks at most: {}\n", models, worst.looks, worst.model);
  if (worst.looks > most) throw std::runtime_error(text);
  return text;
}

std::string solving_time(const Model& model, int times) {
  std::vector<double> walls, processors;
  for (int i = 0; i < times; ++i) {
    const auto start = std::chrono::steady_clock::now();
    const std::clock_t used = std::clock();
    solve(model);
    processors.push_back(1000.0 * static_cast<double>(std::clock() - used) / CLOCKS_PER_SEC);
    walls.push_back(
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
  }
  const auto median = [&](std::vector<double>& all) {
    std::ranges::sort(all);
    return all[all.size() / 2];
  };
  return fmt::format("{:.3f} {:.3f}\n", median(walls), median(processors));
}

}  // namespace backplan::dev
