#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "backplan/rule.hpp"

namespace backplan {

/// The conditions of rules by index, laid out so that one pass from the first node to the last evaluates
/// all of them: what a node stands on comes before it.
///
/// The first nodes are atoms, the statements about one answer that the rules make: an option of a
/// question, or a range of its numbers. Every other node joins nodes before it.
class Rulebook {
 public:
  using Index = std::uint32_t;

  struct Atom {
    Index question = 0;  ///< into questions()
    OptionId option;     ///< empty for a range
    int least = 0;       ///< of a range, both included
    int most = 0;

    friend bool operator==(const Atom&, const Atom&) = default;
    /// Whether an answer of one number says so.
    bool holds(int number) const { return option.text.empty() && least <= number && number <= most; }
  };

  enum class Join : std::uint8_t { atom, all, any, points };

  struct Node {
    Join join = Join::atom;
    int needed = 0;   ///< points
    Index first = 0;  ///< of its parts; of an atom: its index
    Index count = 0;
  };

  /// Of all rules, and after them of each question that has a gate.
  explicit Rulebook(std::span<const Rule> rules, std::span<const Question> questions = {});
  /// Of one condition alone.
  explicit Rulebook(const Condition& condition);

  const std::vector<QuestionId>& questions() const { return questions_; }
  const std::vector<Atom>& atoms() const { return atoms_; }
  const std::vector<Node>& nodes() const { return nodes_; }
  /// The node of each condition, in the order in which they were given.
  const std::vector<Index>& roots() const { return roots_; }

  std::span<const Index> parts(const Node& node) const { return {parts_.data() + node.first, node.count}; }
  /// What each part of a node of points is worth.
  std::span<const int> worths(const Node& node) const { return {worths_.data() + node.first, node.count}; }

  /// The index of a question; nothing when no condition looks at it.
  std::optional<Index> find(const QuestionId& id) const;
  /// The atoms of a question, as a range of indices.
  std::pair<Index, Index> atoms_of(Index question) const {
    return {starts_[question], starts_[question + 1]};
  }

 private:
  class Builder;

  std::vector<QuestionId> questions_;  ///< ascending
  std::vector<Index> starts_;          ///< of each question's atoms, and their end
  std::vector<Atom> atoms_;            ///< by question
  std::vector<Node> nodes_;            ///< atoms first
  std::vector<Index> parts_;
  std::vector<int> worths_;  ///< beside parts_
  std::vector<Index> roots_;
};

}  // namespace backplan
