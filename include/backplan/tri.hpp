#pragma once

#include <algorithm>

namespace backplan {

/// What an answer says about a sign. "Not sure" is an answer of its own, between no and yes.
/// The order is the whole algebra, after Kleene: "and" is min, "or" is max.
enum class Tri { no, unsure, yes };

/// A truth as far as the answers settle it: `least` is established by what was answered, `most` is
/// still possible given what was not. Silence is not "no": a condition on a question that nobody
/// answered lies between no and yes.
struct Truth {
  Tri least = Tri::no;
  Tri most = Tri::yes;

  /// Whether a further answer could still change it.
  constexpr bool open() const { return least != most; }

  friend constexpr bool operator==(Truth, Truth) = default;
};

constexpr Truth settled(Tri tri) { return {tri, tri}; }

// & and |, not && and ||: overloads of those would look lazy and not be.
constexpr Truth operator&(Truth a, Truth b) { return {std::min(a.least, b.least), std::min(a.most, b.most)}; }
constexpr Truth operator|(Truth a, Truth b) { return {std::max(a.least, b.least), std::max(a.most, b.most)}; }

}  // namespace backplan
