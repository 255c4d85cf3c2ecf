#include "backplan/screening.hpp"

#include <algorithm>

#include "core/find_out.hpp"
#include "core/one_person.hpp"

namespace backplan {

Consequence operator|(Consequence a, const Consequence& b) {
  a.disposition = std::max(a.disposition, b.disposition);
  a.follow_up = std::max(a.follow_up, b.follow_up);
  a.exclude.insert(b.exclude.begin(), b.exclude.end());
  a.ease.insert(b.ease.begin(), b.ease.end());
  return a;
}

const Consequence& Rule::consequence(Tri tri) const {
  static const Consequence nothing;
  switch (tri) {
    case Tri::no:
      return nothing;
    case Tri::unsure:
      return if_unsure;
    case Tri::yes:
      return then;
  }
  return then;
}

namespace {

/// Whether the questions that `finding` waits for could still change `total` in a way that matters.
bool matters(const Finding& finding, const Consequence& total) {
  if (finding.asks.empty()) return false;
  if (!plan_may_follow(total.disposition)) return finding.possible.disposition > total.disposition;
  return (total | finding.possible) != total;
}

}  // namespace

Findings assess(std::span<const Rule> rules, const Answers& answers) {
  const Rulebook book(rules);
  const std::vector<Truth> truths = evaluate(book, answers);
  return find_out(rules, book, [&](Rulebook::Index node) { return truths[node]; });
}

Screening screen(const Findings& findings) {
  if (findings.empty()) return Screening({.disposition = Disposition::emergency});  // no rules clear nobody

  Consequence total;
  for (const Finding& finding : findings) total = total | finding.now;
  Screening screening(std::move(total));
  for (const Finding& finding : findings) {
    if (finding.now != Consequence{}) screening.findings_.push_back(finding);
    if (matters(finding, screening.total_)) {
      screening.asks_.insert(finding.asks.begin(), finding.asks.end());
    }
  }
  std::ranges::stable_sort(screening.findings_, std::greater{},
                           [](const Finding& finding) { return finding.now.disposition; });
  return screening;
}

bool complete(const Screening& screening) { return screening.asks().empty(); }

std::optional<Disposition> stated_level(const Screening& screening) {
  return stated_level(screening.total().disposition, complete(screening));
}

bool plan_may_follow(const Screening& screening) { return plan_may_follow(stated_level(screening)); }

std::vector<const Question*> open_questions(std::span<const Question> questions, const Screening& screening) {
  std::vector<const Question*> open;
  for (const Question& question : questions) {
    if (screening.asks().contains(question.id)) open.push_back(&question);
  }
  return open;
}

}  // namespace backplan
