#pragma once

#include <concepts>
#include <type_traits>

#include "backplan/catalog.hpp"

// The fields of every struct that a Catalog is made of. `each_field(value, visit)` calls `visit` once,
// with all of them. The list must name every field of the struct, in its order: one more or one less
// does not compile. A new struct needs a line here, and nothing else.

#define BACKPLAN_FIELDS(Struct, ...)                        \
  template <class Value, class Visit>                       \
  requires std::same_as<std::remove_const_t<Value>, Struct> \
  void each_field(Value& value, Visit visit) {              \
    auto& [__VA_ARGS__] = value;                            \
    visit(__VA_ARGS__);                                     \
  }

namespace backplan::builtin {

BACKPLAN_FIELDS(Demand, id, title)
BACKPLAN_FIELDS(Equipment, id, title, usual)
BACKPLAN_FIELDS(Position, id, title)
BACKPLAN_FIELDS(Place, id, title)
BACKPLAN_FIELDS(Movement, id, title)
BACKPLAN_FIELDS(Implication, adds, spares)
BACKPLAN_FIELDS(Source, id, citation)

BACKPLAN_FIELDS(Option, id, text)
BACKPLAN_FIELDS(Question, id, ask, clarify, kind, options, least, most, unit, unsure_as, why, sources, gate,
                one_applies)

BACKPLAN_FIELDS(AnyOption, question, options)
BACKPLAN_FIELDS(InRange, question, least, most)
BACKPLAN_FIELDS(All, of)
BACKPLAN_FIELDS(Any, of)
BACKPLAN_FIELDS(Points, least, of)
BACKPLAN_FIELDS(Worth, points, when)
BACKPLAN_FIELDS(Condition, test)

BACKPLAN_FIELDS(Ticks, yes, unsure)
BACKPLAN_FIELDS(Truth, least, most)
BACKPLAN_FIELDS(Example, answers, expect)
BACKPLAN_FIELDS(Consequence, disposition, follow_up, exclude, ease)
BACKPLAN_FIELDS(Rule, id, title, covers, when, then, if_unsure, why, sources, examples)

BACKPLAN_FIELDS(Dose, kind, each, repetitions, sets, rest, set_rest, assumed, intensity)
BACKPLAN_FIELDS(Variant, id, name, text, rows, not_shipped)
BACKPLAN_FIELDS(Citation, document, heading, first_line, last_line)
BACKPLAN_FIELDS(Technique, id, name, aliases, rows, phase, movement, directions, regions, family, position,
                places, equipment, sides, demands, doses, steps, cue, breathing, feel, stop_if, easier,
                harder, variants, not_by_default, covers, corrections, sources, origin)

BACKPLAN_FIELDS(Timing, get_ready, change_sides, change_position, fetch_equipment)
BACKPLAN_FIELDS(Objective, least_dose, further_doses, document, most_documents, directions, regions, second,
                shares, limits, least_limit, recent, most_recent, normal_intensity, goals, positions)
BACKPLAN_FIELDS(LevelAdvice, heading, lines)
BACKPLAN_FIELDS(Advice, covers, levels, incomplete, follow_ups, emergency_numbers, check_before, stop_signs,
                evidence, not_a_diagnosis)
BACKPLAN_FIELDS(Catalog, demands, equipment, positions, places, movements, implications, sources, questions,
                definitions, rules, techniques, timing, objective, advice, digest)

}  // namespace backplan::builtin

#undef BACKPLAN_FIELDS
