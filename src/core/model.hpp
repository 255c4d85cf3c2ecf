#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <vector>

namespace backplan {

/// What something is worth, in points; docs/planner.md.
using Merit = std::int64_t;

/// The choice of a plan as numbers alone; docs/planner.md says what they mean and why. The solver, the
/// exhaustive search of the tests and the export for other solvers all start from this.
struct Model {
  static constexpr int phases = 6;
  static constexpr int warm_up = 1;
  static constexpr int release = 3;
  static constexpr int any_position = -1;
  static constexpr int most_things = 64;
  static constexpr int most_kinds = 16;
  static constexpr int tie_bits = 20;

  /// A dose.
  struct Option {
    int seconds = 0;        ///< getting ready and doing it; above 0
    int work = 0;           ///< doing it; at most `seconds`
    Merit value = 0;        ///< below 0 only after the penalty of a varied plan
    std::uint32_t tie = 0;  ///< below 2^`tie_bits`; of plans of equal value the one of the least sum
  };

  /// A technique that may enter, with one of its options.
  struct Item {
    int phase = 0;
    int position = any_position;  ///< or below `positions`
    int family = 0;               ///< below `families`; at most one item of each enters
    std::uint64_t things = 0;     ///< what has to be fetched for it, a bit each
    std::uint32_t covers = 0;     ///< which kinds of `cover`, a bit each
    std::vector<Option> options;
  };

  /// The seconds of work in a phase: each up to `target` is worth `per_second`; `limit` is the most.
  struct Share {
    Merit per_second = 0;
    int target = 0;
    int limit = 0;
  };

  int budget = 0;  ///< seconds of the whole session
  int change = 0;  ///< seconds to change the position
  int fetch = 0;   ///< seconds to fetch a thing, once in the session
  int positions = 0;
  int things = 0;
  int families = 0;
  std::vector<Item> items;  ///< by phase, position and family: the order of a session
  std::array<Share, phases> shares{};
  /// What can be covered: the worth of covering it once, once more, ...; at most 14 numbers, not rising.
  std::vector<std::vector<Merit>> cover;
};

/// An item, and which of its options.
struct Pick {
  int item = 0;
  int option = 0;

  friend bool operator==(const Pick&, const Pick&) = default;
};

/// The seconds of `picks`, in order, with all changes and fetching.
int seconds_of(const Model& model, const std::vector<Pick>& picks);

/// The worth of `picks`, without regard to limits.
Merit value_of(const Model& model, const std::vector<Pick>& picks);

/// Whether `picks`, in order, keep to all limits.
bool allowed(const Model& model, const std::vector<Pick>& picks);

/// Calls `visit` with the index of each bit that is set.
template <class Visit>
void each_bit(std::uint64_t bits, Visit visit) {
  for (; bits != 0; bits &= bits - 1) visit(std::countr_zero(bits));
}

}  // namespace backplan
