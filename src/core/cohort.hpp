#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "backplan/screening.hpp"
#include "core/compiled.hpp"

namespace backplan {

/// One bit for each of 256 people.
struct Lanes {
  std::array<std::uint64_t, 4> words{};

  static Lanes all() { return {{~0ULL, ~0ULL, ~0ULL, ~0ULL}}; }
  bool none() const { return (words[0] | words[1] | words[2] | words[3]) == 0; }
  bool has(std::size_t person) const { return (words[person / 64] >> (person % 64)) & 1; }
  void set(std::size_t person) { words[person / 64] |= std::uint64_t{1} << (person % 64); }

  Lanes& operator&=(const Lanes& other) { return *this = *this & other; }
  Lanes& operator|=(const Lanes& other) { return *this = *this | other; }
  friend Lanes operator&(const Lanes& a, const Lanes& b) {
    return {
        {a.words[0] & b.words[0], a.words[1] & b.words[1], a.words[2] & b.words[2], a.words[3] & b.words[3]}};
  }
  friend Lanes operator|(const Lanes& a, const Lanes& b) {
    return {
        {a.words[0] | b.words[0], a.words[1] | b.words[1], a.words[2] | b.words[2], a.words[3] | b.words[3]}};
  }
  friend Lanes operator^(const Lanes& a, const Lanes& b) {
    return {
        {a.words[0] ^ b.words[0], a.words[1] ^ b.words[1], a.words[2] ^ b.words[2], a.words[3] ^ b.words[3]}};
  }
  friend Lanes operator~(const Lanes& a) { return a ^ all(); }
};

/// The truths of 256 people: who has what established, and possible, each at least unsure, and yes.
struct ManyTruths {
  Lanes least_unsure, least_yes, most_unsure, most_yes;

  Truth of(std::size_t person) const;
};

/// What a screening comes to.
struct Outcome {
  Disposition level = Disposition::emergency;  ///< established so far
  FollowUp follow_up = FollowUp::none;
  bool complete = false;

  std::optional<Disposition> stated_level() const { return backplan::stated_level(level, complete); }
};

/// Up to 256 people who are screened at once, by the rules and the evaluator that screen one. One for
/// each thread; keeps its memory.
class Cohort {
 public:
  static constexpr std::size_t most_people = 256;

  explicit Cohort(const Compiled& compiled);

  void clear();
  /// One more person; there must be room.
  void add(const Sheet& sheet);
  std::size_t size() const { return people_; }

  /// Evaluates all rules for all people. What follows is of the last one.
  void screen();
  Outcome outcome(std::size_t person) const;
  /// Whether answers of the person do not go together; see `contradictions`.
  bool contradicts(std::size_t person) const { return contradicts_.has(person); }

  /// Finds the rules that add something to each person's advice, for `rules`.
  void list_rules();
  /// The most urgent first; indices of Compiled::rules().
  std::span<const std::size_t> rules(std::size_t person) const { return listed_[person]; }
  /// Questions that could still change the advice, in their order; indices of Compiled::questions().
  std::vector<std::size_t> missing(std::size_t person) const;

  /// The whole, as `screen` gives it for one person.
  Screening screening(std::size_t person) const;
  /// Which rules hold, and how: the same for two people, the same plan for both.
  std::string holding(std::size_t person) const;

 private:
  /// A rule, at one truth.
  struct Entry {
    Rulebook::Index rule;
    Tri at;
    const Consequence* consequence;
    std::vector<std::size_t> demands;  ///< what it excludes and eases, by index
  };

  Lanes holds(const Entry& entry) const;
  Lanes may_hold(const Entry& entry) const;
  Lanes adds(const Entry& entry) const;
  void total();
  void find_open();
  void find_contradictions();

  const Compiled& compiled_;
  std::vector<Entry> entries_;  ///< with a consequence; the most urgent first

  std::size_t people_ = 0;
  std::vector<Lanes> yes_, unsure_;  ///< by atom
  std::vector<Lanes> answered_;      ///< by question
  std::vector<Lanes> reporting_;     ///< by question
  std::vector<ManyTruths> truths_;   ///< by node
  std::array<Lanes, 8> level_;       ///< by disposition: at least that urgent
  std::array<Lanes, 4> follow_up_;   ///< by follow-up: at least that much
  std::vector<Lanes> demands_;       ///< excluded or eased
  std::vector<Lanes> open_;          ///< by entry: could still change the advice
  Lanes incomplete_;
  Lanes contradicts_;
  std::vector<std::vector<std::size_t>> listed_;
};

}  // namespace backplan
