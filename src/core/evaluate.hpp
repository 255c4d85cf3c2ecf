#pragma once

#include "core/rulebook.hpp"

namespace backplan {

/// Evaluates all conditions of a rulebook in an algebra of truths: the answers of one person, of 256
/// people at once, or, in a proof, of everybody. `Algebra` has a type `Truth` and
///
///   Truth atom(Index);                                        what the answers make of an atom
///   Truth yes();                  Truth no();
///   Truth both(Truth, Truth);     Truth either(Truth, Truth);
///   Sum nothing();                                            points, in halves: "not sure" is worth one
///   void add(Sum&, int points, Truth);
///   Truth reaches(Sum, int points);
///
/// so that what is proved is what runs, and a batch says what a single screening says. `truths` gets the
/// truth of each node; it is a vector to be used again.
template <class Algebra>
void evaluate_in(Algebra&& algebra, const Rulebook& book, auto& truths) {
  truths.clear();
  truths.reserve(book.nodes().size());
  const auto joined = [&](const Rulebook::Node& node) {
    const auto parts = book.parts(node);
    if (node.join == Rulebook::Join::points) {
      auto sum = algebra.nothing();
      for (std::size_t i = 0; i < parts.size(); ++i) algebra.add(sum, book.worths(node)[i], truths[parts[i]]);
      return algebra.reaches(sum, node.needed);
    }
    const bool all = node.join == Rulebook::Join::all;
    auto truth = all ? algebra.yes() : algebra.no();
    for (const auto part : parts)
      truth = all ? algebra.both(truth, truths[part]) : algebra.either(truth, truths[part]);
    return truth;
  };
  for (const Rulebook::Node& node : book.nodes()) {
    truths.push_back(node.join == Rulebook::Join::atom ? algebra.atom(node.first) : joined(node));
  }
}

/// Shows `visit` the questions that a node's truth rests on, or, for `waits_for`, waits for. `truth_of` gives
/// the truth of any node, by its index.
template <class TruthOf, class Visit>
void because(const Rulebook& book, Rulebook::Index at, const TruthOf& truth_of, const Visit& visit) {
  const Rulebook::Node& node = book.nodes()[at];
  const Truth whole = truth_of(at);
  if (whole.least == Tri::no) return;
  if (node.join == Rulebook::Join::atom) return visit(book.atoms()[node.first].question);
  for (const auto part : book.parts(node)) {
    const Truth truth = truth_of(part);
    const bool decides =
        node.join == Rulebook::Join::any ? truth.least == whole.least : truth.least != Tri::no;
    if (decides) because(book, part, truth_of, visit);
  }
}

template <class TruthOf, class Visit>
void waits_for(const Rulebook& book, Rulebook::Index at, const TruthOf& truth_of, const Visit& visit) {
  const Rulebook::Node& node = book.nodes()[at];
  const Truth whole = truth_of(at);
  if (!whole.open()) return;
  if (node.join == Rulebook::Join::atom) return visit(book.atoms()[node.first].question);
  for (const auto part : book.parts(node)) {
    const Truth truth = truth_of(part);
    const bool counts = node.join == Rulebook::Join::any ? truth.most > whole.least : truth.open();
    if (counts) waits_for(book, part, truth_of, visit);
  }
}

}  // namespace backplan
