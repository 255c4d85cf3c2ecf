#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "backplan/questionnaire.hpp"
#include "backplan/screening.hpp"

namespace backplan {

/// A set of small numbers, 64 in a word.
using Bits = std::vector<std::uint64_t>;

/// One person's answers as bits. Made by `Compiled::blank`; filled and cleared again and again.
struct Sheet {
  Bits yes;       ///< atoms, see Compiled
  Bits unsure;    ///< atoms
  Bits answered;  ///< questions
};

/// Rules as bit masks over the answers, for screening many people. It reasons as `assess` and `screen`
/// do and gives the same; the tests hold the two together.
///
/// An atom is something that a rule can ask: an option, or a class of numbers between which no rule
/// can tell. A rule is a gate: all of its clauses must hold, and a clause is any of its atoms. What
/// does not fit this form, an "all" inside an "any" and points, is a gate of its own, or a sum over
/// gates, whose truth is one more atom.
///
/// Nothing is evaluated rule by rule. The clauses of all gates stand side by side as planes: bit g of
/// plane k is clause k of gate g. An atom has a row, the clauses that it fulfils. The rows of what was
/// answered are joined with `|`, and `&` over the planes is the truth of all gates at once.
class Compiled {
 public:
  /// Conditions must fit the questions, as the readers see to it.
  Compiled(std::span<const Question> questions, std::span<const Rule> rules);

  const std::vector<Question>& questions() const { return questions_; }
  const std::vector<Rule>& rules() const { return rules_; }

  /// A sheet without answers.
  Sheet blank() const;

  // Each adds one answer to a sheet that does not answer `question` yet, which is an index into
  // questions(); of a checklist `tick` may be called for several of its options, and returns whether
  // this one was not ticked before.
  void none(Sheet& sheet, std::size_t question) const;
  void unsure(Sheet& sheet, std::size_t question) const;
  bool tick(Sheet& sheet, std::size_t question, std::size_t option, Tri how) const;
  void number(Sheet& sheet, std::size_t question, int number) const;

  Sheet pack(const Answers& answers) const;
  /// The same back; of a number, the least of its class.
  Answers unpack(const Sheet& sheet) const;

 private:
  friend class Screener;
  friend class Compiler;

  struct Gate {
    std::vector<std::vector<std::size_t>> clauses;  ///< atoms; every clause needs one of its own
    friend auto operator<=>(const Gate&, const Gate&) = default;
  };
  /// Points, and all derived atoms that count them, for different totals.
  struct Sum {
    Bits gates;              ///< that earn points
    std::vector<int> worth;  ///< by gate
    std::vector<std::size_t> derived;
  };
  /// An atom that is the truth of a gate, or, with parts, of their points.
  struct Derived {
    std::size_t gate = 0;
    int least = 0;
    std::vector<std::pair<int, std::size_t>> parts;  ///< points, and the gate that earns them
    std::size_t sum = 0;
  };
  /// Derived atoms that need only those of the layers before.
  struct Layer {
    Bits feeding;  ///< the gates that they stand on
    Bits gates;    ///< of these, the gates whose truth is an atom
    std::vector<std::size_t> sums;
  };
  /// Words that stand and are joined together, so that the processor does it in one or two steps. A
  /// plane is of whole lanes.
  using Lane = std::array<std::uint64_t, 4>;

  /// The clauses that atoms fulfil. Few lanes of a row are not empty; only these are kept.
  struct Rows {
    struct Part {
      std::size_t word = 0;  ///< of the planes
      Lane clauses{};
    };
    std::vector<Part> parts;
    std::vector<std::size_t> starts{0};  ///< row i is parts [starts[i], starts[i + 1])

    void add(const Bits& row);
    /// `planes` |= row i.
    void join(std::size_t i, std::uint64_t* planes) const {
      const Part* end = parts.data() + starts.data()[i + 1];
      for (const Part* part = parts.data() + starts.data()[i]; part != end; ++part) {
        Lane lane = part->clauses;
        for (std::size_t w = 0; w < lane.size(); ++w) lane.data()[w] |= planes[part->word + w];
        std::copy_n(lane.data(), lane.size(), planes + part->word);
      }
    }
  };
  /// What holds of the rules at one truth, as masks over the rules.
  struct Masks {
    std::vector<Bits> level;      ///< by disposition: at least that urgent
    std::vector<Bits> named;      ///< by disposition: just that urgent, and has any consequence
    std::vector<Bits> follow_up;  ///< by follow-up: at least that much
    Bits limits;                  ///< excludes or eases something
    std::vector<Bits> demands;    ///< by rule: what it excludes, then what it eases
  };
  struct Asked {
    std::size_t first_atom = 0;
    std::size_t atoms = 0;
    std::vector<int> classes;  ///< of a number: where each class starts
  };

  /// A question that is only asked while a gate may hold.
  struct Gated {
    std::size_t question = 0;
    std::size_t gate = 0;
    Bits atoms;      ///< all of its
    Bits reporting;  ///< those that say something, see `reports`
  };

  Masks masks(Tri tri) const;
  Value answer(const Sheet& sheet, std::size_t question) const;
  Gated gated(std::size_t question, std::size_t gate) const;
  void lay_rows();
  void lay_layers();
  void add_sum(std::size_t derived, Layer& layer);

  std::vector<Question> questions_;
  std::vector<Rule> rules_;
  std::vector<Asked> asked_;
  std::vector<std::size_t> question_of_;  ///< by atom that is an answer
  std::vector<Gate> gates_;               ///< those of the rules come first
  std::vector<Gated> gated_;
  std::vector<Derived> derived_;    ///< atom question_of_.size() + i; each after those it needs
  std::vector<std::size_t> depth_;  ///< of a derived atom: how many others it stands on
  std::vector<Layer> layers_;       ///< by depth
  std::vector<Sum> sums_;
  std::vector<DemandId> demands_;
  Masks if_unsure_, then_;

  std::size_t words_ = 0;   ///< of a plane
  std::size_t planes_ = 0;  ///< the most clauses that a gate has
  Bits full_;               ///< the planes at the start: clauses that a gate does not have hold
  Rows rows_;               ///< by atom
  std::vector<std::size_t> atom_of_gate_;  ///< the atom that is its truth, where there is one
  Rows question_rows_;                     ///< by question: of all its atoms together
};

/// What a screening comes to.
struct Outcome {
  Disposition level = Disposition::emergency;  ///< established so far
  FollowUp follow_up = FollowUp::none;
  bool complete = false;
  std::vector<std::size_t> rules;    ///< those that add something, the most urgent first
  std::vector<std::size_t> missing;  ///< questions that could still change the advice, in their order

  std::optional<Disposition> stated_level() const { return backplan::stated_level(level, complete); }
};

/// Screens one sheet after another without asking for memory. One for each thread.
class Screener {
 public:
  explicit Screener(const Compiled& compiled);

  // What is returned stays until the next call.

  /// Level, follow-up and completeness alone.
  const Outcome& level(const Sheet& sheet);
  /// The rules that hold, and what is missing, too.
  const Outcome& findings(const Sheet& sheet);

  /// What `screen` gives, but for the answers that its findings rest on (`because`).
  Screening screening(const Sheet& sheet);

  /// Which rules hold, and how: the same for two sheets, the same plan for both.
  Bits holding() const;

  /// Whether answers of `sheet`, the one of the last call, do not go together.
  bool contradicts(const Sheet& sheet) const;

 private:
  /// The four bounds of a truth: established and possible, each at least unsure, and yes.
  enum Bound { least_unsure, least_yes, most_unsure, most_yes };

  /// Without an answer "not sure" nothing lies between no and yes, and two of the bounds are enough.
  std::size_t known(Bound bound) const { return unsure_ ? bound : bound | 1; }
  std::uint64_t held(Bound bound, std::size_t word) const { return held_[known(bound)].data()[word]; }

  Truth truth_of_gate(std::size_t gate) const;
  Truth truth_of_derived(const Compiled::Derived& derived) const;
  /// Points that are established and that are possible, in halves: "not sure" is worth one.
  struct Halves {
    int least = 0;
    int most = 0;
    Truth reach(int points) const;
  };
  Halves count_up(const Compiled::Sum& sum) const;
  Truth truth_of_atom(const Sheet& sheet, std::size_t atom) const;
  /// Whether one of them may.
  bool may_hold(const Bits& gates) const;
  void join_answers(const Sheet& sheet);
  /// Whether an atom of the layer may hold.
  bool join_layer(const Compiled::Layer& layer);
  void join(std::size_t atom, Truth truth);
  void close_planes();
  void settle(const Sheet& sheet);
  bool holds_any(const Bits& if_yes, const Bits& if_unsure) const;
  void total();
  /// The rules whose open questions could still change the advice; stops at the first if `one`.
  bool find_open(bool one);
  bool adds_demands(std::size_t rule) const;
  void wait_for_gate(const Sheet& sheet, std::size_t gate);
  void wait_for_atom(const Sheet& sheet, std::size_t atom);
  std::set<QuestionId> asks(const Sheet& sheet, std::size_t rule);
  void list_rules();
  void list_missing(const Sheet& sheet);

  const Compiled& compiled_;
  Outcome outcome_;
  Bits joined_[4];                 ///< planes, by bound
  Bits held_[4];                   ///< gates, by bound
  bool unsure_ = false;            ///< whether the sheet has such an answer
  Bits demands_;                   ///< of the total
  std::vector<std::size_t> open_;  ///< rules
  Bits missing_;
};

}  // namespace backplan
