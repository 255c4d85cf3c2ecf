#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <memory>

#include "backplan/report.hpp"
#include "dev/dev.hpp"
#include "proof/each_condition.hpp"
#include "proof/everybody.hpp"
#include "proof/sheet_text.hpp"

namespace backplan::dev {
namespace {

using proof::Diagrams;
using proof::Everybody;
using proof::RuleForAll;
using proof::Variable;
using Ref = Diagrams::Ref;

/// A yes or no about a consequence: "at least the same day".
using Reaches = std::function<bool(const Consequence&)>;

/// Where this rule comes to it.
Ref where(Diagrams& d, const RuleForAll& each, const Reaches& reaches) {
  std::vector<int> table;
  for (const Tri tri : {Tri::no, Tri::unsure, Tri::yes})
    table.push_back(reaches(each.rule->consequence(tri)) ? 1 : 0);
  return d.mapped(each.truth.least, table);
}

/// Most urgent first: what is an emergency anyway needs no further look, so diagrams stay small.
std::vector<RuleForAll> urgent_first(std::vector<RuleForAll> rules) {
  std::ranges::stable_sort(rules, std::greater{},
                           [](const RuleForAll& each) { return each.rule->then.disposition; });
  return rules;
}

/// The part of `region` that no rule comes to.
Ref untouched(Diagrams& d, Ref region, const std::vector<RuleForAll>& rules, const Reaches& reaches) {
  for (const RuleForAll& each : rules) {
    if (region == d.constant(0)) break;
    region = d.greater(region, where(d, each, reaches));
  }
  return region;
}

Reaches at_least(int level) {
  return [level](const Consequence& c) { return static_cast<int>(c.disposition) >= level; };
}

/// Every sheet once: of a checklist that is not answered, the options' values say nothing. With
/// `complete`, only sheets that answer every question.
Ref sheets(Everybody& everybody, bool complete) {
  Diagrams& d = everybody.diagrams();
  Ref all = d.constant(1);
  for (int v = d.variables() - 1; v >= 0; --v) {
    const Variable& variable = everybody.variables()[static_cast<std::size_t>(v)];
    if (variable.option) continue;
    Ref silent = d.constant(complete ? 0 : 1);
    if (variable.question->kind == QuestionKind::checklist) {
      for (const int option : everybody.variables_of(variable.question->id)) {
        if (option == v) continue;
        std::vector<Ref> none(static_cast<std::size_t>(d.size(option)), d.constant(0));
        none[0] = d.constant(1);
        silent = d.min(silent, d.choice(option, none));
      }
    }
    std::vector<Ref> each(static_cast<std::size_t>(d.size(v)), d.constant(1));
    each[0] = silent;
    all = d.min(all, d.choice(v, each));
  }
  return all;
}

long double count(const Diagrams& d, Ref region) {
  const auto counts = d.census(region);
  const auto found = counts.find(1);
  return found == counts.end() ? 0 : found->second;
}

/// A sheet of people, without the lists on which nothing is ticked.
std::string in_words(Answers answers) {
  std::erase_if(answers, [](const auto& answer) {
    const Ticks* ticks = std::get_if<Ticks>(&answer.second);
    return ticks && *ticks == Ticks{};
  });
  return answers.empty() ? "nothing answered" : proof::on_one_line(answers);
}

void require_same_questions(const Catalog& a, const Catalog& b) {
  const auto same = [](const Question& x, const Question& y) {
    return x.id == y.id && x.kind == y.kind && x.least == y.least && x.most == y.most &&
           std::ranges::equal(x.options, y.options, {}, &Option::id, &Option::id) &&
           x.unsure_as == y.unsure_as;
  };
  if (!std::ranges::equal(a.questions, b.questions, same)) {
    throw std::runtime_error("the questionnaires differ: sheets cannot be compared one to one");
  }
}

/// The rules of `a` that `b` does not have with the same meaning.
std::vector<RuleForAll> without(const std::vector<RuleForAll>& a, const std::vector<RuleForAll>& b) {
  std::vector<RuleForAll> rest;
  for (const RuleForAll& one : a) {
    const bool known = std::ranges::any_of(b, [&](const RuleForAll& other) {
      return one.truth.least == other.truth.least && one.rule->then == other.rule->then &&
             one.rule->if_unsure == other.rule->if_unsure;
    });
    if (!known) rest.push_back(one);
  }
  return rest;
}

struct Change {
  std::vector<RuleForAll> before;  ///< rules that went or changed
  std::vector<RuleForAll> after;   ///< rules that came or changed
  std::vector<RuleForAll> common;
};

/// Where some rule of `more` comes to it, and none of `less` or of the common ones.
Ref gained(Diagrams& d, const std::vector<RuleForAll>& more, const std::vector<RuleForAll>& less,
           const std::vector<RuleForAll>& common, const Reaches& reaches) {
  Ref region = d.constant(0);
  for (const RuleForAll& each : more) region = d.max(region, where(d, each, reaches));
  return untouched(d, untouched(d, region, less, reaches), common, reaches);
}

std::string compare(Everybody& everybody, const std::string& what, const Change& change,
                    const std::vector<Reaches>& steps, Ref counted) {
  Diagrams& d = everybody.diagrams();
  std::string text;
  for (const bool stricter : {true, false}) {
    Ref region = d.constant(0);
    for (const Reaches& step : steps) {
      region = d.max(region, stricter ? gained(d, change.after, change.before, change.common, step)
                                      : gained(d, change.before, change.after, change.common, step));
    }
    region = d.min(region, counted);
    const long double sheets = count(d, region);
    if (sheets == 0) continue;
    text += fmt::format("{}: {} for {:.4Lg} sheets, such as\n  {}\n", what, stricter ? "stricter" : "milder",
                        sheets, in_words(everybody.sheet(d.witness(region))));
  }
  return text;
}

}  // namespace

std::string census(const Catalog& catalog) {
  Everybody everybody(catalog);
  Diagrams& d = everybody.diagrams();
  const auto rules = urgent_first(all_rules(everybody));
  const Ref any = sheets(everybody, false);
  const Ref complete = sheets(everybody, true);
  const long double all[] = {count(d, any), count(d, complete)};
  std::string text = fmt::format(
      "Answer sheets by the level that their answers establish; numbers count once for each class between\n"
      "which a rule can tell. {} rules.\n{:16} {:>25} {:>25}\n",
      catalog.rules.size(), "", "all sheets", "every question answered");
  Ref below = d.constant(1);  // a level higher than the one at hand
  for (int level = disposition_count - 1; level >= 0; --level) {
    const Ref lower = level == 0 ? d.constant(0) : untouched(d, d.constant(1), rules, at_least(level));
    const Ref here = d.greater(below, lower);
    text += fmt::format("{:16}", name(static_cast<Disposition>(level)));
    for (const int i : {0, 1}) {
      const long double found = count(d, d.min(here, i == 0 ? any : complete));
      text += fmt::format(" {:>13.5Lg} {:>10.4Lg}%", found, 100 * found / all[i]);
    }
    text += "\n";
    below = lower;
  }
  return text + fmt::format("{:16} {:>13.5Lg} {:11} {:>13.5Lg}\n", "all", all[0], "", all[1]);
}

std::string difference(const Catalog& before, const Catalog& after) {
  require_same_questions(before, after);
  Catalog both = before;
  both.rules.insert(both.rules.end(), after.rules.begin(), after.rules.end());
  Everybody everybody(both);  // so that classes of numbers are those of both
  const auto old_rules = urgent_first(for_all(everybody, before.rules));
  const auto new_rules = urgent_first(for_all(everybody, after.rules));
  Change change{without(old_rules, new_rules), without(new_rules, old_rules), {}};
  change.common = without(old_rules, change.before);
  const Ref counted = sheets(everybody, false);

  std::vector<Reaches> levels;
  for (int level = 1; level < disposition_count; ++level) levels.push_back(at_least(level));
  std::vector<Reaches> follow_ups;
  for (const FollowUp least : {FollowUp::recheck, FollowUp::appointment}) {
    follow_ups.push_back([least](const Consequence& c) { return c.follow_up >= least; });
  }
  std::string text = compare(everybody, "level", change, levels, counted) +
                     compare(everybody, "follow-up", change, follow_ups, counted);
  for (const Demand& demand : before.demands) {
    const auto eased = [&](const Consequence& c) {
      return c.ease.contains(demand.id) || c.exclude.contains(demand.id);
    };
    const auto excluded = [&](const Consequence& c) { return c.exclude.contains(demand.id); };
    text += compare(everybody, demand.id.text, change, {eased, excluded}, counted);
  }
  return text.empty() ? "no answer sheet gets other advice\n" : text;
}

namespace {

/// With every number of a condition moved by one, too, so that there are classes for those.
void move_numbers(Condition& condition, int by) {
  proof::each_condition(condition, [by](Condition& part) {
    if (auto* range = std::get_if<InRange>(&part.test)) {
      range->least += by;
      range->most += by;
    }
  });
}

/// Keeps what all comparisons share.
class Comparison {
 public:
  explicit Comparison(const Catalog& catalog)
      : catalog_(catalog),
        fine_(finer(catalog)),
        everybody_(fine_),
        rules_(for_all(everybody_, catalog_.rules)) {}

  std::optional<Answers> find(std::size_t index, const Rule* other) {
    Change change;
    change.before.push_back(rules_[index]);
    if (other) change.after = for_all(everybody_, std::span(other, 1));
    for (std::size_t i = 0; i < rules_.size(); ++i) {
      if (i != index) change.common.push_back(rules_[i]);
    }
    near_first(change.common, *rules_[index].rule);
    return find(change);
  }

 private:
  /// Rules that look at the same questions first: what they come to anyway needs no further look.
  static void near_first(std::vector<RuleForAll>& rules, const Rule& rule) {
    const auto questions = questions_of(rule.when);
    const auto foreign = [&](const RuleForAll& each) {
      return std::ranges::count_if(questions_of(each.rule->when),
                                   [&](const QuestionId& id) { return !questions.contains(id); });
    };
    const auto shared = [&](const RuleForAll& each) {
      return std::ranges::any_of(questions_of(each.rule->when),
                                 [&](const QuestionId& id) { return questions.contains(id); });
    };
    std::ranges::stable_sort(rules, {},
                             [&](const RuleForAll& each) { return std::pair(!shared(each), foreign(each)); });
  }

  static Catalog finer(Catalog catalog) {
    const std::vector<Rule> rules = catalog.rules;
    for (const int by : {-1, 1}) {
      for (Rule rule : rules) {
        move_numbers(rule.when, by);
        catalog.rules.push_back(std::move(rule));
      }
    }
    return catalog;
  }

  std::optional<Answers> difference(const Change& change, const Reaches& step, bool planning) {
    Diagrams& d = everybody_.diagrams();
    Ref region = d.max(gained(d, change.before, change.after, change.common, step),
                       gained(d, change.after, change.before, change.common, step));
    const auto no_plan = [](const Consequence& c) { return !plan_may_follow(c.disposition); };
    for (const auto* part : {&change.before, &change.after, &change.common}) {
      if (planning) region = untouched(d, region, *part, no_plan);
    }
    if (region == d.constant(0)) return std::nullopt;
    return everybody_.sheet(d.witness(region));
  }

  std::optional<Answers> find(const Change& change) {
    for (int level = 1; level < disposition_count; ++level) {
      if (auto found = difference(change, at_least(level), false)) return found;
    }
    for (const FollowUp least : {FollowUp::recheck, FollowUp::appointment}) {
      if (auto found = difference(
              change, [least](const Consequence& c) { return c.follow_up >= least; }, false))
        return found;
    }
    for (const Demand& demand : catalog_.demands) {
      const auto excluded = [&](const Consequence& c) { return c.exclude.contains(demand.id); };
      const auto careful = [&](const Consequence& c) {
        return c.ease.contains(demand.id) || c.exclude.contains(demand.id);
      };
      if (auto found = difference(change, excluded, true)) return found;
      if (auto found = difference(change, careful, true)) return found;
    }
    return std::nullopt;
  }

  const Catalog& catalog_;
  Catalog fine_;
  Everybody everybody_;
  std::vector<RuleForAll> rules_;
};

}  // namespace

FindDifference find_difference(const Catalog& catalog) {
  const auto comparison = std::make_shared<Comparison>(catalog);
  return [comparison](std::size_t index, const Rule* other) { return comparison->find(index, other); };
}

}  // namespace backplan::dev
