#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "backplan/plan.hpp"
#include "core/cohort.hpp"

namespace backplan {

/// Who a line of a batch is about: their id as JSON, or, when there is none, the number of the line.
struct LineName {
  std::string_view id;
  std::size_t line = 0;
};

/// Writes results of one line of JSON each, after what `out` has already.
class OutcomeWriter {
 public:
  explicit OutcomeWriter(const Compiled& compiled);

  /// id, level and status.
  void level(std::string& out, const LineName& name, const Outcome& outcome) const;
  /// The follow-up, the rules and the missing questions, too, all by their index, and `plan` from
  /// `plan_json`, if any.
  void findings(std::string& out, const LineName& name, const Outcome& outcome,
                std::span<const std::size_t> rules, std::span<const std::size_t> missing,
                std::string_view plan = {}) const;

 private:
  void start(std::string& out, const LineName& name, const Outcome& outcome) const;

  std::vector<std::string> starts_;  ///< after the name, by level and whether it is complete
  std::vector<std::string> follow_ups_;
  std::vector<std::string> rules_;      ///< ids as JSON, each after a comma
  std::vector<std::string> questions_;  ///< likewise
};

/// {"total_seconds":580,"steps":[{"id":"cat-cow","seconds":75}, ...]}
std::string plan_json(const Plan& plan);

/// The id, if there is one, the number of the line, and the error.
void write_error(std::string& out, const LineName& name, const std::string& error);

}  // namespace backplan
