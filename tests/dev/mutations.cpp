// Wrong rules and techniques, made from the shipped ones by one change each. Every one that changes
// anybody's advice must be noticed by a table or a sheet that a person has read.

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <sstream>

#include "backplan/screening.hpp"
#include "dev/dev.hpp"
#include "proof/each_condition.hpp"
#include "proof/everybody.hpp"
#include "proof/sheet_text.hpp"
#include "spec/tables.hpp"

namespace backplan::dev {
namespace {

struct Mutant {
  std::string kind;
  std::optional<Rule> rule;  ///< nothing: the rule is dropped
};

using proof::each_condition;

class Mutants {
 public:
  Mutants(const Catalog& catalog, const Rule& rule) : catalog_(catalog), rule_(rule) {}

  std::vector<Mutant> all() {
    mutants_.push_back({"drop the rule", std::nullopt});
    consequences();
    int places = 0;
    Rule copy = rule_;
    each_condition(copy.when, [&](Condition&) { ++places; });
    for (int place = 0; place < places; ++place) at(place);
    return std::move(mutants_);
  }

 private:
  template <class Change>
  void with(const std::string& kind, Change change) {
    Rule copy = rule_;
    change(copy);
    mutants_.push_back({kind, std::move(copy)});
  }

  void consequences() {
    for (Consequence Rule::*part : {&Rule::then, &Rule::if_unsure}) {
      const std::string which = part == &Rule::then ? "" : ", when not sure";
      const Consequence& now = rule_.*part;
      if (now.disposition > Disposition::self_care) {
        with("weaken the level" + which, [&](Rule& rule) {
          (rule.*part).disposition = static_cast<Disposition>(static_cast<int>(now.disposition) - 1);
        });
      }
      if (now.follow_up > FollowUp::none) {
        with("weaken the follow-up" + which, [&](Rule& rule) {
          (rule.*part).follow_up = static_cast<FollowUp>(static_cast<int>(now.follow_up) - 1);
        });
      }
      for (const DemandId& demand : now.exclude) {
        with("drop an exclusion" + which, [&](Rule& rule) { (rule.*part).exclude.erase(demand); });
      }
      for (const DemandId& demand : now.ease) {
        with("drop a precaution" + which, [&](Rule& rule) { (rule.*part).ease.erase(demand); });
      }
    }
  }

  /// One change of the condition at this place, in the order of each_condition.
  void change(const std::string& kind, int place, const std::function<void(Condition&)>& how) {
    with(kind, [&](Rule& rule) {
      int i = 0;
      bool done = false;
      each_condition(rule.when, [&](Condition& condition) {
        if (!done && i++ == place) {
          done = true;
          how(condition);
        }
      });
    });
  }

  Condition copy_of(int place) const {
    Rule copy = rule_;
    Condition found = copy.when;
    int i = 0;
    each_condition(copy.when, [&](Condition& condition) {
      if (i++ == place) found = condition;
    });
    return found;
  }

  void at(int place) {
    const Condition now = copy_of(place);
    if (const auto* test = std::get_if<AnyOption>(&now.test)) options(place, *test);
    if (std::get_if<InRange>(&now.test)) range(place);
    if (const auto* all = std::get_if<All>(&now.test)) {
      for (std::size_t i = 0; i < all->of.size() && all->of.size() > 1; ++i) {
        change("drop a condition of all", place, [i](Condition& c) {
          auto& of = std::get<All>(c.test).of;
          of.erase(of.begin() + static_cast<std::ptrdiff_t>(i));
        });
      }
      change("any for all", place, [all](Condition& c) { c.test = Any{all->of}; });
    }
    if (const auto* any = std::get_if<Any>(&now.test)) {
      for (std::size_t i = 0; i < any->of.size() && any->of.size() > 1; ++i) {
        change("drop a condition of any", place, [i](Condition& c) {
          auto& of = std::get<Any>(c.test).of;
          of.erase(of.begin() + static_cast<std::ptrdiff_t>(i));
        });
      }
      change("all for any", place, [any](Condition& c) { c.test = All{any->of}; });
    }
    if (const auto* points = std::get_if<Points>(&now.test)) weights(place, *points);
  }

  void options(int place, const AnyOption& test) {
    for (const OptionId& option : test.options) {
      change("drop an option", place,
             [&](Condition& c) { std::get<AnyOption>(c.test).options.erase(option); });
    }
    std::set<OptionId> others;
    for (const Option& option : find(catalog_.questions, test.question)->options) {
      if (!test.options.contains(option.id)) others.insert(option.id);
    }
    change("negate", place, [&](Condition& c) { std::get<AnyOption>(c.test).options = others; });
  }

  void range(int place) {
    for (const int by : {-1, 1}) {
      change("shift a threshold", place, [by](Condition& c) { std::get<InRange>(c.test).least += by; });
      change("shift a threshold", place, [by](Condition& c) { std::get<InRange>(c.test).most += by; });
    }
  }

  void weights(int place, const Points& points) {
    for (const int by : {-1, 1}) {
      change("shift the points", place, [by](Condition& c) { std::get<Points>(c.test).least += by; });
    }
    for (std::size_t i = 0; i < points.of.size(); ++i) {
      change("drop a sign worth points", place, [i](Condition& c) {
        auto& of = std::get<Points>(c.test).of;
        of.erase(of.begin() + static_cast<std::ptrdiff_t>(i));
      });
      change("another worth", place, [i](Condition& c) { ++std::get<Points>(c.test).of[i].points; });
    }
  }

  const Catalog& catalog_;
  const Rule& rule_;
  std::vector<Mutant> mutants_;
};

/// Sheets that somebody has read, or one answer away from one: what comes of them is kept in
/// tests/sheets and in tests/spec; a rule that changes it is noticed.
struct Base {
  std::string name;
  Answers answers;
};

std::vector<Base> bases(const Catalog& catalog, const std::string& source) {
  std::vector<Base> all{{"nothing-to-report", spec::sheet("{}")}};
  for (const Rule& rule : catalog.rules) {
    const Document document = read_document(source + "/tests/sheets/" + rule.id.text + ".yaml");
    all.push_back({rule.id.text, parse_answers(document, catalog)});
  }
  for (const std::string& line : spec::lines_of("witnesses.txt"))
    all.push_back({line, parse_answers({"witnesses.txt", line}, catalog)});
  return all;
}

/// The answers to a checklist that are one tick away from `ticks`: each option no, ticked and not sure.
std::vector<Value> one_tick_away(const Question& question, const Ticks& ticks) {
  std::vector<Value> values{Ticks{}};
  for (const Option& option : question.options) {
    Ticks no = ticks;
    no.yes.erase(option.id);
    no.unsure.erase(option.id);
    Ticks yes = no;
    yes.yes.insert(option.id);
    Ticks unsure = no;
    unsure.unsure.insert(option.id);
    values.insert(values.end(), {no, yes, unsure});
  }
  return values;
}

/// The answers to a question of one answer; of a number, those on both sides of each border.
std::vector<Value> all_values(const Question& question, const proof::Everybody& everybody) {
  const auto variable = static_cast<std::size_t>(everybody.variables_of(question.id).front());
  std::vector<Value> values;
  for (const Value& value : everybody.variables()[variable].values) {
    values.push_back(value);
    if (const int* number = std::get_if<int>(&value); number && *number > question.least)
      values.emplace_back(*number - 1);
  }
  return values;
}

/// A sheet, and all that are one answer away from it.
std::vector<Answers> near(const Catalog& catalog, const proof::Everybody& everybody, const Answers& base) {
  std::vector<Answers> all{base};
  for (const Question& question : catalog.questions) {
    all.push_back(base);
    all.back().erase(question.id);
    std::vector<Value> values{counted(question, Unsure{})};
    const auto known = base.find(question.id);
    const bool checklist = question.kind == QuestionKind::checklist;
    const Ticks ticks = checklist && known != base.end() ? std::get<Ticks>(known->second) : Ticks{};
    const auto more = checklist ? one_tick_away(question, ticks) : all_values(question, everybody);
    values.insert(values.end(), more.begin(), more.end());
    for (const Value& value : values) {
      all.push_back(base);
      all.back()[question.id] = value;
    }
  }
  return all;
}

std::vector<Answers> near_sheets(const Catalog& catalog, const std::string& source) {
  const proof::Everybody everybody(catalog);
  std::vector<Answers> all;
  for (const Base& base : bases(catalog, source)) {
    for (Answers& answers : near(catalog, everybody, base.answers)) all.push_back(std::move(answers));
  }
  return all;
}

/// What comes of the shipped rules but one.
Consequence others(const Catalog& catalog, std::size_t index, const Answers& answers) {
  Consequence total;
  for (std::size_t i = 0; i < catalog.rules.size(); ++i) {
    const Rule& rule = catalog.rules[i];
    if (i != index) total = total | rule.consequence(evaluate(rule.when, answers).least);
  }
  return total;
}

Consequence own(const Rule* rule, const Answers& answers) {
  return rule ? rule->consequence(evaluate(rule->when, answers).least) : Consequence{};
}

bool examples_notice(const Rule* rule) {
  if (!rule) return false;
  return std::ranges::any_of(rule->examples, [&](const Example& example) {
    return evaluate(rule->when, example.answers) != example.expect;
  });
}

bool tables_notice(const Catalog& catalog, std::size_t index, const Rule* rule,
                   const std::vector<spec::Floor>& floors, const std::vector<spec::MatrixRow>& matrix) {
  const auto changed = [&](const Answers& answers) {
    return own(&catalog.rules[index], answers) != own(rule, answers);
  };
  for (const spec::Floor& floor : floors) {
    if (!changed(floor.answers)) continue;
    const int level =
        static_cast<int>((others(catalog, index, floor.answers) | own(rule, floor.answers)).disposition);
    if (level < floor.least || level > floor.most) return true;
  }
  for (const spec::MatrixRow& row : matrix) {
    if (!changed(row.answers)) continue;
    const Consequence total = others(catalog, index, row.answers) | own(rule, row.answers);
    for (const auto& [demand, cell] : row.cells) {
      if (!spec::kept(cell, demand, total)) return true;
    }
  }
  return false;
}

bool same(const Consequence& a, const Consequence& b) {
  if (!plan_may_follow(a.disposition) && !plan_may_follow(b.disposition)) {
    return a.disposition == b.disposition &&
           a.follow_up == b.follow_up;  // no plan that could leave anything out
  }
  return a == b;
}

/// Sheets that say the same about everything that a rule looks at.
using Group = std::vector<const Answers*>;

Answers only(Answers answers, const std::set<QuestionId>& questions) {
  std::erase_if(answers, [&](const auto& answer) { return !questions.contains(answer.first); });
  return answers;
}

std::vector<Group> groups_for(const Rule& rule, const std::vector<Answers>& sheets) {
  const auto questions = questions_of(rule.when);
  std::map<std::string, Group> groups;
  for (const Answers& answers : sheets)
    groups[proof::on_one_line(only(answers, questions))].push_back(&answers);
  std::vector<Group> all;
  for (auto& [words, group] : groups) all.push_back(std::move(group));
  return all;
}

bool sheets_notice(const Catalog& catalog, std::size_t index, const Rule* rule,
                   const std::vector<Group>& groups) {
  return std::ranges::any_of(groups, [&](const Group& group) {
    const Consequence before = own(&catalog.rules[index], *group.front());
    const Consequence after = own(rule, *group.front());
    if (before == after) return false;
    return std::ranges::any_of(group, [&](const Answers* answers) {
      const Consequence rest = others(catalog, index, *answers);
      return !same(rest | before, rest | after);
    });
  });
}

/// FNV-1a.
std::uint64_t mixed(std::uint64_t hash, std::string_view text) {
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return hash;
}

std::string in_words(const Consequence& total) {
  std::string text = fmt::format("{} {}", name(total.disposition), name(total.follow_up));
  if (!plan_may_follow(total.disposition)) return text;
  for (const DemandId& demand : total.exclude) text += " -" + demand.text;
  for (const DemandId& demand : total.ease) text += " ~" + demand.text;
  return text;
}

}  // namespace

std::string outcomes(const Catalog& catalog, const std::string& source) {
  const proof::Everybody everybody(catalog);
  std::string text =
      "# What comes of each sheet that somebody has read (tests/sheets, witnesses.txt), and a fingerprint of "
      "what\n"
      "# comes of all sheets one answer away from it. Written by `backplan_dev outcomes .`; a difference is "
      "a\n"
      "# clinical change, for CHANGELOG.md.\n";
  for (const Base& base : bases(catalog, source)) {
    std::uint64_t hash = 14695981039346656037ULL;
    const auto sheets = near(catalog, everybody, base.answers);
    for (const Answers& answers : sheets)
      hash = mixed(hash, in_words(others(catalog, catalog.rules.size(), answers)) + "\n");
    const Consequence total = others(catalog, catalog.rules.size(), base.answers);
    text +=
        fmt::format("{} | {} | {} sheets {:016x}\n", base.name, name(total.disposition), sheets.size(), hash);
  }
  return text;
}

std::string mutations(const Catalog& catalog, const std::string& source, int& survivors) {
  struct Count {
    int made = 0, examples = 0, tables = 0, sheets = 0, equivalent = 0, survived = 0;
  };
  std::map<std::string, Count> counts;
  std::string text;
  const auto floors = spec::floors();
  const auto matrix = spec::matrix();
  const auto sheets = near_sheets(catalog, source);
  const FindDifference find_difference = dev::find_difference(catalog);
  survivors = 0;
  for (std::size_t index = 0; index < catalog.rules.size(); ++index) {
    const auto groups = groups_for(catalog.rules[index], sheets);
    for (const Mutant& mutant : Mutants(catalog, catalog.rules[index]).all()) {
      const Rule* rule = mutant.rule ? &*mutant.rule : nullptr;
      Count& count = counts[mutant.kind];
      ++count.made;
      if (examples_notice(rule)) {
        ++count.examples;
      } else if (tables_notice(catalog, index, rule, floors, matrix)) {
        ++count.tables;
      } else if (sheets_notice(catalog, index, rule, groups)) {
        ++count.sheets;
      } else if (const auto witness = find_difference(index, rule)) {
        ++count.survived;
        ++survivors;
        text += fmt::format("# survived: {} of {}\n{}\n", mutant.kind, catalog.rules[index].id.text,
                            proof::on_one_line(*witness));
      } else {
        ++count.equivalent;
      }
    }
  }
  Count all;
  text += fmt::format("{:38} {:>6} {:>9} {:>7} {:>7} {:>11} {:>9}\n", "change", "made", "examples", "tables",
                      "sheets", "equivalent", "survived");
  const auto line = [](const std::string& kind, const Count& c) {
    return fmt::format("{:38} {:>6} {:>9} {:>7} {:>7} {:>11} {:>9}\n", kind, c.made, c.examples, c.tables,
                       c.sheets, c.equivalent, c.survived);
  };
  for (const auto& [kind, c] : counts) {
    text += line(kind, c);
    all = {all.made + c.made,     all.examples + c.examples,     all.tables + c.tables,
           all.sheets + c.sheets, all.equivalent + c.equivalent, all.survived + c.survived};
  }
  text += line("all", all);
  return text + fmt::format("{} sheets\n", sheets.size());
}

}  // namespace backplan::dev
