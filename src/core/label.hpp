#pragma once

#include <array>
#include <cstdint>

#include "core/model.hpp"

namespace backplan {

/// How often each kind is covered, four bits each; 15 when nothing to come covers it.
class Covered {
 public:
  unsigned of(int kind) const { return bits_ >> (4 * kind) & 15; }
  void more(int kind) { bits_ += std::uint64_t{1} << (4 * kind); }
  void forget(int kind) { bits_ |= std::uint64_t{15} << (4 * kind); }
  void forget(const Covered& others) { bits_ |= others.bits_; }
  std::uint64_t bits() const { return bits_; }

  friend bool operator==(const Covered&, const Covered&) = default;

 private:
  std::uint64_t bits_ = 0;
};

/// The shared families that are used and may come again, a bit each.
class Families {
 public:
  static constexpr int most = 256;

  bool test(int bit) const { return (words_[bit / 64] >> (bit % 64) & 1) != 0; }
  void set(int bit) { words_[bit / 64] |= std::uint64_t{1} << (bit % 64); }
  void reset(int bit) { words_[bit / 64] &= ~(std::uint64_t{1} << (bit % 64)); }
  const auto& words() const { return words_; }

  friend bool operator==(const Families&, const Families&) = default;

 private:
  std::array<std::uint64_t, most / 64> words_{};
};

/// The beginning of a plan, up to a stage: what the rest depends on, and the least that is known of it.
struct Label {
  int seconds = 0;
  int work = 0;     ///< seconds of work in the phase
  Merit value = 0;  ///< so far
  Merit most = 0;   ///< that the whole can be worth
  int node = -1;    ///< its last pick, in the list of the search; -1 for none
  int position = 0;
  bool warm = false;  ///< a warm-up is in it, or no release work can come
  std::uint64_t things = 0;
  Covered covered;
  Families families;
  Merit families_paid = 0;  ///< what those have paid

  /// Whether whatever can follow the one can follow the other, but for seconds and work.
  bool goes_on_like(const Label& other) const {
    return position == other.position && warm == other.warm && things == other.things &&
           covered == other.covered && families == other.families;
  }

  /// Equal for labels that go on alike, and the same with every library: labels are put in its order.
  std::uint64_t hash() const {
    std::uint64_t mixed = 0;
    const auto mix = [&](std::uint64_t more) {
      mixed = (mixed ^ more) * 0x9E3779B97F4A7C15ULL;
      mixed ^= mixed >> 29;
    };
    for (const std::uint64_t word : families.words()) mix(word);
    mix(things);
    mix(covered.bits());
    mix(static_cast<std::uint64_t>(2 * position + (warm ? 1 : 0)));
    return mixed;
  }
};

}  // namespace backplan
