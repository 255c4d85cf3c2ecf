// Reads back what document.cpp writes.

#include <algorithm>
#include <array>

#include "backplan/report.hpp"
#include "io/answers.hpp"
#include "io/catalog_reader.hpp"
#include "io/check_plan.hpp"
#include "io/wall_clock.hpp"

namespace backplan {
namespace {

using std::chrono::seconds;
using yaml::Fields;
using yaml::Node;
using yaml::Reader;

constexpr int longest_session = 60 * 60;  // seconds
constexpr int largest_seed = 2'000'000'000;
constexpr int most_points = 1'000'000;

template <class Enum>
Enum read_word(Fields& fields, std::string_view key, int count) {
  return static_cast<Enum>(fields.word(key, words<Enum>(count)).value_or(0));
}

bool read_bool(Fields& fields, std::string_view key) {
  static const std::vector<std::string> known{"false", "true"};
  return fields.word(key, known) == 1;
}

std::string maybe_empty(Fields& fields, std::string_view key) {
  const Node* node = fields.get(key);
  return node ? fields.reader().text(*node, fields.path(key)) : "";
}

/// A list of maps, each read by `read`.
template <class Thing>
std::vector<Thing> read_all(Fields& fields, std::string_view key, Thing (*read)(Fields&)) {
  std::vector<Thing> things;
  const auto list = fields.list(key);
  for (std::size_t i = 0; i < list.size(); ++i) {
    Fields each(list[i], fields.path(key) + "[" + std::to_string(i) + "]", fields.reader());
    things.push_back(read(each));
    each.done();
  }
  return things;
}

void read_generator(Fields& fields, std::string& version, std::string& library) {
  const Node* node = fields.get("generator");
  if (!node) return;
  Fields generator(*node, "generator", fields.reader());
  version = generator.text("version");
  library = generator.text("library");
  generator.done();
}

Said read_said(Fields& fields) {
  return {QuestionId{fields.text("question")}, fields.text("ask"), maybe_empty(fields, "answer"),
          read_bool(fields, "unsure")};
}

Reason read_reason(Fields& fields) {
  return {.rule = RuleId{fields.text("rule")},
          .title = fields.text("title"),
          .level = read_word<Disposition>(fields, "level", disposition_count),
          .follow_up = read_word<FollowUp>(fields, "follow_up", 3),
          .exclude = fields.texts("exclude"),
          .ease = fields.texts("ease"),
          .why = fields.text("why"),
          .answers = read_all<Said>(fields, "because", read_said),
          .sources = fields.texts("sources")};
}

Missing read_missing(Fields& fields) { return {QuestionId{fields.text("question")}, fields.text("ask")}; }

/// Written last, this key says that the document was not cut. Other programs may have sorted the keys.
bool read_end(Fields& fields, std::string_view key) {
  if (fields.find(key)) return read_bool(fields, key);
  fields.reader().note(fields.node(), fields.path(key), "missing", "the document seems to be cut");
  return false;
}

/// Notes at `key` what is not so.
void want(bool met, Fields& fields, std::string_view key, const std::string& message) {
  const Node* node = fields.find(key);
  if (!met && node) fields.reader().note(*node, fields.path(key), message);
}

Dose read_dose(Fields& fields) {
  Dose dose{.kind = read_word<DoseKind>(fields, "kind", 4),
            .each = seconds(fields.number("seconds", 1, longest_session)),
            .repetitions = fields.number("repetitions", 1, 100),
            .sets = fields.number("sets", 1, 20),
            .rest = seconds(fields.number("rest_seconds", 0, 600))};
  dose.set_rest = read_set_rest(fields, "set_rest_seconds", dose);
  for (std::string& word : fields.texts("assumed")) dose.assumed.insert(std::move(word));
  dose.intensity = read_word<Intensity>(fields, "intensity", 2);
  fields.done();
  return dose;
}

PlanStep read_step(Fields& fields) {
  fields.number("n", 1, 1000);
  PlanStep step{.id = TechniqueId{fields.text("id")},
                .name = fields.text("name"),
                .phase = read_word<Phase>(fields, "phase", 6),
                .position = fields.text("position"),
                .equipment = fields.texts("equipment"),
                .sides = read_word<Sides>(fields, "sides", 3)};
  step.setup_seconds = fields.number("setup_seconds", 0, longest_session);
  step.work_seconds = fields.number("work_seconds", 1, longest_session);
  step.points = fields.number("points", 0, most_points);
  if (const Node* node = fields.get("dose")) {
    Fields dose(*node, fields.path("dose"), fields.reader());
    step.dose = read_dose(dose);
  }
  step.cue = fields.text("cue");
  step.steps = fields.texts("steps");
  step.breathing = fields.text("breathing");
  step.feel = fields.text("feel");
  step.stop_if = fields.texts("stop_if");
  step.easier = fields.text("easier");
  step.harder = fields.text("harder");
  step.why = fields.text("why");
  step.eased = maybe_empty(fields, "eased");
  step.sources = fields.texts("sources");
  return step;
}

PlanOmission read_omission(Fields& fields) {
  return {.id = TechniqueId{fields.text("id")},
          .name = fields.text("name"),
          .reason = fields.text("reason"),
          .text = fields.text("text"),
          .rule = maybe_empty(fields, "rule"),
          .answers = read_all<Said>(fields, "because", read_said)};
}

void read_request(Fields& fields, PlanReport& plan) {
  const Node* node = fields.get("request");
  if (!node) return;
  Fields request(*node, "request", fields.reader());
  plan.budget_seconds = request.number("budget_seconds", 60, longest_session);
  plan.have = request.texts("have");
  plan.limits = request.texts("limits");
  plan.seed = static_cast<unsigned>(request.number("seed", 0, largest_seed));
  request.done();
}

std::vector<TechniqueId> read_ids(Fields& fields, std::string_view key) {
  std::vector<TechniqueId> ids;
  for (std::string& text : fields.texts(key)) ids.push_back({std::move(text)});
  return ids;
}

Rival read_rival(const Node& node, Fields& worth) {
  Fields fields(node, worth.path("next_best"), worth.reader());
  Rival rival{.points = fields.number("points", 0, most_points),
              .without = read_ids(fields, "without"),
              .with = read_ids(fields, "with"),
              .other_dose = read_ids(fields, "other_dose")};
  fields.done();
  return rival;
}

PlanLimit read_limit(Fields& fields) {
  return {.kind = read_word<LimitKind>(fields, "kind", 3),
          .what = fields.text("what"),
          .text = fields.text("text"),
          .points = fields.number("points", 1, most_points)};
}

void read_worth(Fields& fields, PlanReport& plan) {
  const Node* node = fields.get("worth");
  if (!node) return;
  Fields worth(*node, "worth", fields.reader());
  plan.points = worth.number("points", 0, most_points);
  plan.most_points = worth.number("most_points", 0, most_points);
  if (const Node* next = worth.find("next_best")) plan.next_best = read_rival(*next, worth);
  plan.limited_by = read_all<PlanLimit>(worth, "limited_by", read_limit);
  worth.done();
}

PlanReport read_plan(Fields& fields) {
  PlanReport plan;
  static const std::vector<std::string> schema{"backplan/plan/1"};
  fields.word("schema", schema);
  read_generator(fields, plan.version, plan.library);
  read_request(fields, plan);
  plan.level = read_word<Disposition>(fields, "level", disposition_count);
  plan.follow_up = read_word<FollowUp>(fields, "follow_up", 3);
  plan.total_seconds = fields.number("total_seconds", 0, longest_session);
  plan.reasons = read_all<Reason>(fields, "reasons", read_reason);
  plan.check_before = fields.texts("check_before");
  plan.stop_signs = fields.texts("stop_signs");
  plan.steps = read_all<PlanStep>(fields, "steps", read_step);
  plan.omitted = read_all<PlanOmission>(fields, "omitted", read_omission);
  read_worth(fields, plan);
  plan.notes = fields.texts("notes");
  want(read_end(fields, "end"), fields, "end", "must be true");
  fields.done();
  return plan;
}

/// The level that a screening states. In version 1 it could be a mild one before it was complete.
std::optional<Disposition> read_stated_level(Fields& fields, bool complete) {
  std::vector<std::string> levels = words<Disposition>(disposition_count);
  levels.emplace_back(name(std::optional<Disposition>()));
  const auto level = fields.word("level", levels);
  if (!level || *level == disposition_count) return std::nullopt;
  return stated_level(static_cast<Disposition>(*level), complete);
}

/// Checks the form of all but the answers, which are all that is used.
StatedScreening read_screening(Fields& fields, const Catalog& catalog) {
  static const std::vector<std::string> schema{"backplan/screening/2", "backplan/screening/1"};
  static const std::vector<std::string> statuses{"incomplete", "complete"};
  fields.word("schema", schema);
  if (const Node* node = fields.find("saved_at")) {
    fields.reader().number<std::int64_t>(*node, "saved_at", 0, latest_time.time_since_epoch().count());
  }
  std::string version;
  std::string library;
  read_generator(fields, version, library);
  StatedScreening stated;
  const bool complete = fields.word("status", statuses) == 1;
  stated.level = read_stated_level(fields, complete);
  const bool may_follow = read_bool(fields, "plan_may_follow");
  read_word<FollowUp>(fields, "follow_up", 3);
  fields.text("heading");
  fields.texts("advice");
  fields.text("emergency_numbers");
  read_all<Reason>(fields, "reasons", read_reason);
  const bool open = !read_all<Missing>(fields, "missing", read_missing).empty();
  fields.text("not_a_diagnosis");
  if (const Node* node = fields.get("answers")) {
    Reader& reader = fields.reader();
    stated.answers = read_answers(*node, catalog.questions, reader);
    check_together(stated.answers, catalog, places_of(*node, reader), reader.mistakes());
  }
  want(read_end(fields, "complete") == complete, fields, "complete", "does not agree with the status");
  want(open != complete, fields, "missing", "does not agree with the status");
  want(complete || !may_follow, fields, "plan_may_follow", "cannot be while questions are open");
  fields.done();
  return stated;
}

/// Parses `document` and lets `read` take it apart; throws when anything was noted.
template <class Read>
auto read_whole(const Document& document, Read read) {
  Reader reader(document.name);
  const auto root = yaml::parse(document, reader.mistakes());
  if (!root) throw InputError(reader.mistakes().all());
  Fields fields(*root, "", reader);
  auto result = read(fields, *root, reader);
  if (!reader.mistakes().empty()) throw InputError(reader.mistakes().all());
  return result;
}

}  // namespace

StatedScreening parse_screening(const Document& document, const Catalog& catalog) {
  return read_whole(document,
                    [&](Fields& fields, const Node&, Reader&) { return read_screening(fields, catalog); });
}

PlanReport parse_plan(const Document& document, const std::optional<Timing>& timing) {
  return read_whole(document, [&](Fields& fields, const Node& root, Reader& reader) {
    PlanReport plan = read_plan(fields);
    // Another version may have taken other times to get ready: its plans stay good.
    const bool same = plan.version == version();
    if (reader.mistakes().empty()) check_plan(root, plan, same ? timing : std::nullopt, reader);
    return plan;
  });
}

}  // namespace backplan
