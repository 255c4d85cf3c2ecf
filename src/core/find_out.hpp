#pragma once

#include "backplan/screening.hpp"
#include "core/evaluate.hpp"

namespace backplan {

/// What each rule makes of the truths of `book`, which is of these rules; `truth_of` gives that of a node.
template <class TruthOf>
Findings find_out(std::span<const Rule> rules, const Rulebook& book, const TruthOf& truth_of) {
  Findings findings;
  findings.reserve(rules.size());
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const Rulebook::Index root = book.roots()[i];
    const Truth holds = truth_of(root);
    const Rule& rule = rules[i];
    const Consequence& now = rule.consequence(holds.least);
    // What "not sure" counts as may name more than "yes" excludes only by mistake; join to be sure.
    findings.push_back(Finding{.rule = rule.id,
                               .holds = holds,
                               .now = now,
                               .possible = now | rule.consequence(holds.most),
                               .because = {},
                               .asks = {}});
    Finding& finding = findings.back();
    const auto into = [&](std::set<QuestionId>& ids) {
      return [&](Rulebook::Index question) { ids.insert(book.questions()[question]); };
    };
    because(book, root, truth_of, into(finding.because));
    waits_for(book, root, truth_of, into(finding.asks));
  }
  return findings;
}

}  // namespace backplan
