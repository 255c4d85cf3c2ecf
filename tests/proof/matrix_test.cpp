// The tables of tests/spec put somebody who has nothing else in each row. Here it is shown for everybody in
// a row, whatever else they answer. What they leave open is not looked at: who is given a plan has left open
// only what makes no difference (d).

#include <doctest/doctest.h>

#include "proof/everybody.hpp"
#include "spec/tables.hpp"

namespace backplan::proof {
namespace {

using spec::shipped;
using Ref = Diagrams::Ref;

/// Those who have given some answers.
class InRow {
 public:
  InRow(Everybody& everybody, std::span<const RuleForAll> rules, const Answers& given)
      : everybody_(everybody), rules_(rules) {
    for (const auto& [id, value] : given) add(id, value);
  }

  /// Whether `has` is true of what rules establish about each of them who has answered everything.
  template <class Has>
  bool for_each(Has has) {
    Diagrams& d = everybody_.diagrams();
    Ref any = silent();
    for (const auto& [rule, truth] : rules_) {
      const auto when = [&](Tri tri) { return has(rule->consequence(tri)) ? 1 : 0; };
      if (when(Tri::unsure) + when(Tri::yes) == 0) continue;
      any = d.max(any, d.mapped(among_them(truth.least), {0, when(Tri::unsure), when(Tri::yes)}));
    }
    return any == d.constant(1);
  }

 private:
  /// 1 for who has left a question open.
  Ref silent() {
    Diagrams& d = everybody_.diagrams();
    Ref any = d.constant(0);
    for (int v = d.variables(); v-- > 0;) {
      if (everybody_.variables()[v].option) continue;
      std::vector<Ref> open(d.size(v), d.constant(0));
      open.front() = d.constant(1);
      any = d.max(any, d.choice(v, open));
    }
    return among_them(any);
  }

  Ref among_them(Ref all) {
    for (const auto& [variable, at] : fixed_) all = everybody_.diagrams().fixed(all, variable, at);
    return all;
  }

  void add(const QuestionId& id, const Value& value) {
    const std::vector<int> variables = everybody_.variables_of(id);
    const auto* ticks = std::get_if<Ticks>(&value);
    if (!ticks) {
      fixed_.emplace_back(variables.front(), place(everybody_.variables()[variables.front()].values, value));
      return;
    }
    fixed_.emplace_back(variables.front(), 1);
    for (const int variable : variables) {
      const Option* option = everybody_.variables()[variable].option;
      if (option && ticks->yes.contains(option->id)) fixed_.emplace_back(variable, 2);
    }
  }

  /// The value of the variable that stands for `value`, of a number that of its class.
  static int place(const std::vector<Value>& values, const Value& value) {
    int at = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
      const auto* least = std::get_if<int>(&values[i]);
      const auto* number = std::get_if<int>(&value);
      if (values[i] == value || (least && number && *least <= *number)) at = 1 + static_cast<int>(i);
    }
    if (at == 0) throw std::runtime_error("no such answer");
    return at;
  }

  Everybody& everybody_;
  std::span<const RuleForAll> rules_;
  std::vector<std::pair<int, int>> fixed_;  ///< variables, and their values
};

TEST_CASE("(e) whatever else they answer, nobody in a row of the matrix is given what it excludes") {
  Everybody everybody(shipped());
  const std::vector<RuleForAll> rules = all_rules(everybody);
  int cells = 0;
  for (const spec::MatrixRow& row : spec::matrix()) {
    InRow people(everybody, rules, row.given);
    for (const auto& [demand, cell] : row.cells) {
      if (cell == 'o') continue;
      INFO(row.id << " " << demand.text << " " << cell);
      const bool kept = people.for_each([&](const Consequence& c) { return spec::kept(cell, demand, c); });
      CHECK(kept);
      ++cells;
    }
  }
  CHECK(cells > 200);
}

}  // namespace
}  // namespace backplan::proof
