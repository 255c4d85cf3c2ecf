#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "backplan/catalog.hpp"
#include "core/model.hpp"

namespace backplan::dev {

/// docs/traceability.md: each row of `rows` (tests/spec/rows.txt) with the rules, techniques and words
/// that answer it, and where they are shown. Throws std::runtime_error when nothing answers a row.
std::string traceability(const Catalog& catalog, const std::string& rows);

/// How many answer sheets come to each level, as a table.
std::string census(const Catalog& catalog);

/// How many answer sheets get milder or stricter advice from `after` than from `before`, by what
/// changed, each with one such sheet. Both must have the same questionnaire; throws otherwise.
std::string difference(const Catalog& before, const Catalog& after);

/// A sheet that gets other advice when a rule, by its number, is replaced by another (or dropped, when that
/// is null): another level or follow-up, or, where a plan may follow, other movements left out or eased.
/// Nothing when there is none. The other's numbers may differ from those of the rule by one.
using FindDifference = std::function<std::optional<Answers>(std::size_t, const Rule*)>;
FindDifference find_difference(const Catalog& catalog);

/// Changes the rules and techniques one at a time, and counts which of the tables and sheets notice.
/// `survivors` is how many changed the advice unnoticed.
std::string mutations(const Catalog& catalog, const std::string& source, int& survivors);

/// tests/spec/outcomes.txt.
std::string outcomes(const Catalog& catalog, const std::string& source);

/// The obligations of tests/proof as SMT-LIB 2, with a semantics of its own and whole numbers instead
/// of classes. Each check-sat is followed by "; expect sat" or "; expect unsat" and what it says.
std::string smt(const Catalog& catalog);

/// The choice of a plan that `words` name: "shipped MINUTES all|usual gentle|normal" (equipment and
/// techniques, intensity), or "made-up TECHNIQUES MINUTES SEED".
Model model_of(const Catalog& catalog, const std::vector<std::string>& words);

/// The same for other solvers, in CPLEX's LP format.
std::string linear_program(const Model& model);

/// The value of the best choice, and whether it is proved.
std::string solved(const Model& model);

/// How many beginnings of plans the shipped library takes at most, for 1 to 60 minutes in four variants.
/// Throws std::runtime_error when that is more than `most`, or a plan is not proved.
std::string planning_work(const Catalog& catalog, std::int64_t most);

/// Milliseconds to solve it, by the clock and of the processor: the medians of so many `times`.
std::string solving_time(const Model& model, int times);

}  // namespace backplan::dev
