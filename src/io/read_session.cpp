#include <algorithm>
#include <functional>

#include "backplan/report.hpp"
#include "io/catalog_reader.hpp"

namespace backplan {
namespace {

using std::chrono::seconds;
using yaml::Fields;
using yaml::Node;
using yaml::Reader;

constexpr int most_points = 1000;

/// Numbers for phases; `whole` wants all of them.
ByPhase by_phase(const Node* node, const std::string& path, Reader& reader, int most, bool whole) {
  ByPhase numbers{};
  if (!node) return numbers;
  Fields fields(*node, path, reader);
  for (int i = 0; i < static_cast<int>(numbers.size()); ++i) {
    const std::string_view phase = name(static_cast<Phase>(i));
    numbers[i] = whole ? fields.number(phase, 0, most) : fields.number_or(phase, 0, most, 0);
  }
  fields.done();
  return numbers;
}

ByPhase by_phase(Fields& fields, std::string_view key, int most, bool whole) {
  return by_phase(fields.get(key), fields.path(key), fields.reader(), most, whole);
}

/// Points for the first, the next, ...: each worth no more than the one before it.
std::vector<int> falling(Fields& fields, std::string_view key, std::size_t most_numbers) {
  std::vector<int> points;
  const Node* list = fields.get(key);
  if (!list) return points;
  Reader& reader = fields.reader();
  for (const Node& node : fields.list(key)) {
    points.push_back(reader.number(node, fields.path(key), 0, most_points).value_or(0));
  }
  if (!std::ranges::is_sorted(points, std::greater{})) {
    reader.note(*list, fields.path(key), "must not rise: more of the same is worth less");
  }
  if (points.empty() || points.size() > most_numbers) {
    reader.note(*list, fields.path(key), "must have 1 to " + std::to_string(most_numbers) + " numbers");
    points.resize(1);
  }
  return points;
}

std::map<std::string, ByPhase> read_goals(Fields& fields) {
  std::map<std::string, ByPhase> goals;
  const Node* node = fields.get("goals");
  if (!node) return goals;
  Fields all(*node, fields.path("goals"), fields.reader());
  for (const yaml::Entry& entry : node->entries) {
    goals[entry.key.text] = by_phase(all, entry.key.text, most_points, false);
  }
  return goals;
}

}  // namespace

void read_session(Fields& fields, Catalog& catalog) {
  const auto time = [&fields](std::string_view key) { return seconds(fields.number(key, 0, 120)); };
  catalog.timing = {.get_ready = time("get-ready-seconds"),
                    .change_sides = time("change-sides-seconds"),
                    .change_position = time("change-position-seconds"),
                    .fetch_equipment = time("fetch-equipment-seconds")};
}

void read_objective(Fields& fields, Catalog& catalog) {
  Objective& objective = catalog.objective;
  objective.least_dose = by_phase(fields, "least-dose", most_points, true);
  objective.further_doses = falling(fields, "further-doses", 10);
  objective.document = fields.number("document", 0, most_points);
  objective.most_documents = fields.number("most-documents", 0, 10);
  objective.directions = falling(fields, "directions", 10);
  objective.regions = falling(fields, "regions", 10);
  objective.second = fields.number("second", 0, 100);
  objective.shares = by_phase(fields, "shares", 100, true);
  objective.limits = by_phase(fields, "limits", 100, true);
  objective.least_limit = seconds(fields.number("least-limit-seconds", 0, 3600));
  objective.recent = fields.number("recent", 0, most_points);
  objective.most_recent = fields.number("most-recent", 0, 10);
  objective.normal_intensity = by_phase(fields, "normal-intensity", most_points, false);
  objective.goals = read_goals(fields);
  for (const Position& position : catalog.positions) objective.positions.push_back(position.id);
}

}  // namespace backplan
