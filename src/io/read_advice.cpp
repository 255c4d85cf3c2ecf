#include "io/catalog_reader.hpp"

namespace backplan {
namespace {

using yaml::Fields;
using yaml::Node;

LevelAdvice read_level(Fields& fields) {
  LevelAdvice advice{fields.text("heading"), fields.texts("lines")};
  fields.done();
  return advice;
}

LevelAdvice level(Fields& fields, std::string_view key) {
  const Node* node = fields.get(key);
  if (!node) return {};
  Fields each(*node, fields.path(key), fields.reader());
  return read_level(each);
}

void read_levels(Fields& fields, Advice& advice) {
  const Node* node = fields.get("levels");
  if (!node) return;
  Fields levels(*node, "levels", fields.reader());
  advice.levels[Disposition::self_care] = level(levels, "self-care");
  advice.levels[Disposition::modified] = level(levels, "modified");
  advice.levels[Disposition::rest_today] = level(levels, "rest-today");
  advice.levels[Disposition::clinician_first] = level(levels, "clinician-first");
  advice.levels[Disposition::same_day] = level(levels, "same-day");
  advice.levels[Disposition::emergency] = level(levels, "emergency");
  levels.done();
}

void read_follow_ups(Fields& fields, Advice& advice) {
  const Node* node = fields.get("follow-ups");
  if (!node) return;
  Fields follow_ups(*node, "follow-ups", fields.reader());
  advice.follow_ups[FollowUp::recheck] = follow_ups.text("recheck");
  advice.follow_ups[FollowUp::appointment] = follow_ups.text("appointment");
  follow_ups.done();
}

}  // namespace

void read_advice(Fields& fields, Catalog& catalog) {
  Advice& advice = catalog.advice;
  advice.covers = fields.texts_or_none("covers");
  read_levels(fields, advice);
  advice.incomplete = level(fields, "incomplete");
  read_follow_ups(fields, advice);
  advice.emergency_numbers = fields.text("emergency-numbers");
  advice.check_before = fields.texts("check-before");
  advice.stop_signs = fields.texts("stop-signs");
  advice.evidence = fields.text("evidence");
  advice.not_a_diagnosis = fields.text("not-a-diagnosis");
}

}  // namespace backplan
