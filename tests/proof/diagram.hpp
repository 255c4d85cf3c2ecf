#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <stdexcept>
#include <unordered_map>
#include <vector>

namespace backplan::proof {

/// A function of finitely many variables, each with finitely many values, to whole numbers: a
/// decision diagram in which equal functions are the same node. So two functions are equal exactly
/// when their references are, and all sheets of answers are looked at without listing them.
class Diagrams {
 public:
  using Ref = std::uint32_t;

  /// `sizes` are the numbers of values of the variables, in the order of the diagram.
  explicit Diagrams(std::vector<int> sizes) : sizes_(std::move(sizes)) {}

  int variables() const { return static_cast<int>(sizes_.size()); }
  int size(int variable) const { return sizes_[static_cast<std::size_t>(variable)]; }
  std::size_t nodes() const { return nodes_.size(); }

  Ref constant(int value) { return node({variables(), value, {}}); }

  /// The function that is `children[value]` of `variable`.
  Ref choice(int variable, std::vector<Ref> children) {
    bool same = true;
    for (const Ref child : children) same = same && child == children.front();
    if (same) return children.front();
    return node({variable, 0, std::move(children)});
  }

  /// The variable that `ref` looks at first; not of a constant.
  int variable(Ref ref) const { return at(ref).variable; }
  bool is_constant(Ref ref) const { return at(ref).variable == variables(); }
  int value(Ref ref) const { return at(ref).value; }

  /// The function that gives `op` of the values of `a` and `b`. `name` tells operations apart.
  Ref apply(int name, const std::function<int(int, int)>& op, Ref a, Ref b) {
    if (is_constant(a) && is_constant(b)) return constant(op(value(a), value(b)));
    const Key key{name, a, b};
    if (const auto known = applied_.find(key); known != applied_.end()) return known->second;
    const int variable = std::min(at(a).variable, at(b).variable);
    std::vector<Ref> children;
    for (int i = 0; i < size(variable); ++i) {
      children.push_back(apply(name, op, child(a, variable, i), child(b, variable, i)));
    }
    const Ref whole = choice(variable, std::move(children));
    applied_.emplace(key, whole);
    return whole;
  }

  Ref min(Ref a, Ref b) {
    return apply(
        0, [](int x, int y) { return std::min(x, y); }, a, b);
  }
  Ref max(Ref a, Ref b) {
    return apply(
        1, [](int x, int y) { return std::max(x, y); }, a, b);
  }
  Ref add(Ref a, Ref b) {
    return apply(
        2, [](int x, int y) { return x + y; }, a, b);
  }
  /// 1 where a is greater than b, else 0.
  Ref greater(Ref a, Ref b) {
    return apply(
        3, [](int x, int y) { return x > y ? 1 : 0; }, a, b);
  }

  /// The function with each value replaced by table[value].
  Ref mapped(Ref a, const std::vector<int>& table) {
    std::unordered_map<Ref, Ref> done;
    return map(a, table, done);
  }

  /// The function with `variable` fixed to `value`.
  Ref fixed(Ref a, int variable, int value) {
    std::unordered_map<Ref, Ref> done;
    return fix(a, variable, value, done);
  }

  /// Values of the variables for which `a` is not 0, or nothing when it is 0 everywhere. Variables
  /// that do not matter get their value 0.
  std::vector<int> witness(Ref a) const {
    std::vector<int> values(sizes_.size(), 0);
    return find(a, values) ? values : std::vector<int>{};
  }

  /// How many sheets have each value. Counted in long double: there are more than 2^64.
  std::map<int, long double> census(Ref a) const {
    std::unordered_map<Ref, std::map<int, long double>> done;
    std::map<int, long double> counts = count(a, done);
    for (auto& [value, sheets] : counts) sheets *= skipped(0, at(a).variable);
    return counts;
  }

 private:
  struct Node {
    int variable;
    int value;
    std::vector<Ref> children;
    friend auto operator<=>(const Node&, const Node&) = default;
  };
  struct Key {
    int name;
    Ref a;
    Ref b;
    friend bool operator==(const Key&, const Key&) = default;
  };
  struct Hash {
    std::size_t operator()(const Key& key) const {
      return (static_cast<std::size_t>(key.a) * 0x9E3779B97F4A7C15ULL) ^
             (static_cast<std::size_t>(key.b) << 8) ^ static_cast<std::size_t>(key.name);
    }
  };

  const Node& at(Ref ref) const { return nodes_[ref]; }

  Ref child(Ref ref, int variable, int value) const {
    return at(ref).variable == variable ? at(ref).children[static_cast<std::size_t>(value)] : ref;
  }

  Ref node(Node node) {
    const auto known = known_.find(node);
    if (known != known_.end()) return known->second;
    // A proof that grows without bound must fail and not hang.
    if (nodes_.size() == node_budget) throw std::runtime_error("decision diagram: too many nodes");
    nodes_.push_back(node);
    const Ref ref = static_cast<Ref>(nodes_.size() - 1);
    known_.emplace(std::move(node), ref);
    return ref;
  }

  Ref map(Ref a, const std::vector<int>& table, std::unordered_map<Ref, Ref>& done) {
    if (is_constant(a)) return constant(table.at(static_cast<std::size_t>(value(a))));
    if (const auto known = done.find(a); known != done.end()) return known->second;
    std::vector<Ref> children;
    const std::vector<Ref> old = at(a).children;
    for (const Ref child : old) children.push_back(map(child, table, done));
    const Ref whole = choice(at(a).variable, std::move(children));
    done.emplace(a, whole);
    return whole;
  }

  Ref fix(Ref a, int variable, int value, std::unordered_map<Ref, Ref>& done) {
    if (at(a).variable > variable) return a;
    if (at(a).variable == variable) return at(a).children[static_cast<std::size_t>(value)];
    if (const auto known = done.find(a); known != done.end()) return known->second;
    std::vector<Ref> children;
    const std::vector<Ref> old = at(a).children;
    for (const Ref child : old) children.push_back(fix(child, variable, value, done));
    const Ref whole = choice(at(a).variable, std::move(children));
    done.emplace(a, whole);
    return whole;
  }

  bool find(Ref a, std::vector<int>& values) const {
    if (is_constant(a)) return value(a) != 0;
    const Node& node = at(a);
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      // In a reduced diagram every node but the constant 0 reaches another value.
      if (is_constant(node.children[i]) && value(node.children[i]) == 0) continue;
      values[static_cast<std::size_t>(node.variable)] = static_cast<int>(i);
      if (find(node.children[i], values)) return true;
    }
    values[static_cast<std::size_t>(node.variable)] = 0;
    return false;
  }

  /// The sheets over the variables from `first` up to, not including, `last`.
  long double skipped(int first, int last) const {
    long double sheets = 1;
    for (int i = first; i < last; ++i) sheets *= size(i);
    return sheets;
  }

  std::map<int, long double> count(Ref a, std::unordered_map<Ref, std::map<int, long double>>& done) const {
    if (is_constant(a)) return {{value(a), 1}};
    if (const auto known = done.find(a); known != done.end()) return known->second;
    std::map<int, long double> counts;
    for (const Ref child : at(a).children) {
      for (const auto& [value, sheets] : count(child, done)) {
        counts[value] += sheets * skipped(at(a).variable + 1, at(child).variable);
      }
    }
    done.emplace(a, counts);
    return counts;
  }

  static constexpr std::size_t node_budget = 20'000'000;

  std::vector<int> sizes_;
  std::vector<Node> nodes_;
  std::map<Node, Ref> known_;
  std::unordered_map<Key, Ref, Hash> applied_;
};

}  // namespace backplan::proof
