// The obligations again, for solvers that know nothing of this program. What a condition means is
// written down a second time here, over whole numbers: an error in the evaluator, or in the classes of
// numbers of the diagrams, shows as a disagreement.

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "backplan/report.hpp"
#include "dev/dev.hpp"

namespace backplan::dev {
namespace {

/// Names and values of the variables. A question of one answer: 0 not answered, 1.. the options, the
/// last one after them "not sure". A number: itself, -1 not answered, -2 not sure. A checklist: 0 not
/// answered or 1, and 0, 1, 2 for each option.
class Names {
 public:
  explicit Names(const Catalog& catalog) : catalog_(catalog) {}

  const Question& question(const QuestionId& id) const { return *find(catalog_.questions, id); }
  static std::string of(const QuestionId& id) { return "|" + id.text + "|"; }
  static std::string of(const QuestionId& id, const OptionId& option) {
    return "|" + id.text + "/" + option.text + "|";
  }

  /// Each variable of a question with its least and greatest value.
  static std::map<std::string, std::pair<int, int>> variables(const Question& question) {
    const int options = static_cast<int>(question.options.size());
    if (question.kind == QuestionKind::number) return {{of(question.id), {-2, question.most}}};
    if (question.kind != QuestionKind::checklist) {
      return {{of(question.id), {0, question.unsure_as ? options : options + 1}}};
    }
    std::map<std::string, std::pair<int, int>> all{{of(question.id), {0, 1}}};
    for (const Option& option : question.options) all[of(question.id, option.id)] = {0, 2};
    return all;
  }

  std::string domain(const Question& question) const {
    std::string text;
    for (const auto& [name, bounds] : variables(question)) {
      text += fmt::format("(assert (<= (- {}) {} {}))\n", -bounds.first, name, bounds.second);
      if (question.kind == QuestionKind::number && question.least > 0) {
        text += fmt::format("(assert (or (< {0} 0) (>= {0} {1})))\n", name, question.least);
      }
    }
    return text;
  }

 private:
  const Catalog& catalog_;
};

std::string joined(const char* op, const std::vector<std::string>& parts, const char* none) {
  if (parts.empty()) return none;
  if (parts.size() == 1) return parts.front();
  std::string text = std::string("(") + op;
  for (const std::string& part : parts) text += " " + part;
  return text + ")";
}

/// Whether the truth of a condition is at least `k`: 1 not sure, 2 yes. `open`: what "not answered" comes
/// to, 0 or 2.
std::string reaches(const Names& names, const Condition& condition, int k, int open);

std::vector<std::string> each(const Names& names, const std::vector<Condition>& of, int k, int open) {
  std::vector<std::string> all;
  for (const Condition& condition : of) all.push_back(reaches(names, condition, k, open));
  return all;
}

std::string either(bool value) { return value ? "true" : "false"; }

std::string any_option(const Names& names, const AnyOption& test, int k, int open) {
  const Question& question = names.question(test.question);
  const std::string name = Names::of(test.question);
  std::vector<std::string> hits;
  if (question.kind == QuestionKind::checklist) {
    for (const OptionId& option : test.options)
      hits.push_back(fmt::format("(>= {} {})", Names::of(test.question, option), k));
  } else {
    for (std::size_t i = 0; i < question.options.size(); ++i) {
      if (test.options.contains(question.options[i].id))
        hits.push_back(fmt::format("(= {} {})", name, i + 1));
    }
    if (!question.unsure_as && k == 1)
      hits.push_back(fmt::format("(= {} {})", name, question.options.size() + 1));
  }
  return fmt::format("(ite (= {} 0) {} {})", name, either(open >= k), joined("or", hits, "false"));
}

std::string in_range(const InRange& test, int k, int open) {
  const std::string name = Names::of(test.question);
  return fmt::format("(ite (= {0} (- 1)) {1} (ite (= {0} (- 2)) {2} (and (<= {3} {0}) (<= {0} {4}))))", name,
                     either(open >= k), either(k == 1), test.least, test.most);
}

std::string points(const Names& names, const Points& test, int open) {
  std::vector<std::string> parts;
  for (const Worth& worth : test.of) {
    for (const int k : {1, 2}) {
      parts.push_back(fmt::format("(ite {} {} 0)", reaches(names, worth.when, k, open), worth.points));
    }
  }
  return fmt::format("(>= {} {})", joined("+", parts, "0"), 2 * test.least);
}

std::string reaches(const Names& names, const Condition& condition, int k, int open) {
  if (const auto* test = std::get_if<AnyOption>(&condition.test)) return any_option(names, *test, k, open);
  if (const auto* test = std::get_if<InRange>(&condition.test)) return in_range(*test, k, open);
  if (const auto* test = std::get_if<All>(&condition.test))
    return joined("and", each(names, test->of, k, open), "true");
  if (const auto* test = std::get_if<Any>(&condition.test))
    return joined("or", each(names, test->of, k, open), "false");
  return points(names, std::get<Points>(condition.test), open);
}

/// The steps of one variable towards a flag, as a condition on its values a and b; empty: none.
std::string towards_a_flag(const Question& question, const std::string& variable) {
  if (question.kind == QuestionKind::checklist) {
    return variable == Names::of(question.id) ? "" : "(< a b)";
  }
  const std::size_t options = question.options.size();
  if (question.kind == QuestionKind::scale) {
    const std::string up = fmt::format("(and (<= 1 a) (< a b) (<= b {}))", options);
    if (question.unsure_as) return up;
    return fmt::format("(or {0} (and (= a 1) (= b {1})) (and (= a {1}) (= b {2})))", up, options + 1,
                       options);
  }
  if (question.kind == QuestionKind::choice) return "(and (= a 1) (< 1 b))";
  return question.id.text == "severity" ? "(and (<= 0 a) (< a b))" : "";
}

std::string not_answered(const Question& question) {
  return question.kind == QuestionKind::number ? "(- 1)" : "0";
}

/// Writes one file; every rule is a function of the variables it looks at.
class Export {
 public:
  explicit Export(const Catalog& catalog) : catalog_(catalog), names_(catalog) {}

  std::string text() {
    out_ =
        "(set-logic QF_LIA)\n"
        "(declare-const a Int)\n(declare-const b Int)\n";
    for (const Question& question : catalog_.questions) {
      for (const auto& [name, bounds] : Names::variables(question))
        out_ += "(declare-const " + name + " Int)\n";
    }
    for (const Rule& rule : catalog_.rules) define(rule);
    for (const Rule& rule : catalog_.rules) obligations(rule);
    for (const Question& question : catalog_.questions) out_ += names_.domain(question);
    check("sat", "there are answers at all", "true");
    for (const Rule& rule : catalog_.rules) settle(rule);
    for (const Rule& rule : catalog_.rules) decisive(rule);
    return std::move(out_);
  }

 private:
  struct Parameters {
    std::vector<std::pair<const Question*, std::string>> of;
  };

  Parameters parameters(const Rule& rule) const {
    Parameters all;
    for (const QuestionId& id : questions_of(rule.when)) {
      const Question& question = names_.question(id);
      for (const auto& [name, bounds] : Names::variables(question)) all.of.emplace_back(&question, name);
    }
    return all;
  }

  void define(const Rule& rule) {
    std::string signature;
    for (const auto& [question, name] : parameters(rule).of) signature += "(" + name + " Int) ";
    for (const auto& [bound, open] : {std::pair{"least", 0}, {"most", 2}}) {
      for (const int k : {1, 2}) {
        out_ += fmt::format("(define-fun |{} {} {}| ({}) Bool {})\n", rule.id.text, bound, k, signature,
                            reaches(names_, rule.when, k, open));
      }
    }
  }

  /// The rule with `variable` replaced by `value`.
  std::string call(const Rule& rule, const char* bound, int k, const std::string& variable = "",
                   const std::string& value = "") const {
    std::string text = fmt::format("(|{} {} {}|", rule.id.text, bound, k);
    for (const auto& [question, name] : parameters(rule).of) text += " " + (name == variable ? value : name);
    return text + ")";
  }

  void check(const std::string& expect, const std::string& what, const std::string& claim) {
    out_ += fmt::format("(push 1)\n(assert {})\n(check-sat) ; expect {} {}\n(pop 1)\n", claim, expect, what);
  }

  void obligations(const Rule& rule) {
    out_ += "(push 1)\n";  // only what this rule looks at, or each check would carry every question
    for (const QuestionId& id : questions_of(rule.when)) out_ += names_.domain(names_.question(id));
    // One question to the solver a rule and property: does any of these ever happen?
    std::vector<std::string> lowered;
    std::vector<std::string> escaped;
    for (const int k : {1, 2}) {
      escaped.push_back(fmt::format("(and {} (not {}))", call(rule, "least", k), call(rule, "most", k)));
    }
    for (const auto& [question, name] : parameters(rule).of) {
      // a and b are values of this variable: the same bounds.
      const auto bounds = Names::variables(*question).at(name);
      const int least = question->kind == QuestionKind::number ? question->least : 0;
      const std::string in =
          fmt::format("(<= (- {0}) a {1}) (<= (- {0}) b {1}) (or (< a 0) (>= a {2})) (or (< b 0) (>= b {2}))",
                      -bounds.first, bounds.second, least);
      const std::string step = towards_a_flag(*question, name);
      const auto loses = [&](const char* bound, int k, const char* from, const char* to) {
        return fmt::format("(and {} (not {}))", call(rule, bound, k, name, from),
                           call(rule, bound, k, name, to));
      };
      std::vector<std::string> less;
      std::vector<std::string> out;
      for (const int k : {1, 2}) {
        less.push_back(loses("least", k, "a", "b"));
        less.push_back(loses("most", k, "a", "b"));
        out.push_back(loses("least", k, "a", "b"));
        out.push_back(loses("most", k, "b", "a"));
      }
      if (!step.empty())
        lowered.push_back(fmt::format("(and {} {} {})", in, step, joined("or", less, "false")));
      if (name != Names::of(question->id)) continue;
      escaped.push_back(fmt::format("(and {0} (= a {1}) (distinct b {1}) {2})", in, not_answered(*question),
                                    joined("or", out, "false")));
    }
    check("unsat", "(a) a step towards a flag makes it less true: " + rule.id.text,
          joined("or", lowered, "false"));
    check("unsat", "(d, f) an answer leaves what was possible: " + rule.id.text,
          joined("or", escaped, "false"));
    out_ += "(pop 1)\n";
  }

  /// Names for what the answers establish: "ID?" not sure, "ID!" yes.
  void settle(const Rule& rule) {
    const std::string yes = call(rule, "least", 2);
    out_ += fmt::format(
        "(declare-const |{0}?| Bool)\n(assert (= |{0}?| (and {1} (not {2}))))\n"
        "(declare-const |{0}!| Bool)\n(assert (= |{0}!| {2}))\n",
        rule.id.text, call(rule, "least", 1), yes);
  }

  /// Where the rule's consequence, as established, comes to `reaches`.
  template <class Reaches>
  std::string where(const Rule& rule, Reaches reaches) const {
    std::vector<std::string> at;
    if (reaches(rule.if_unsure)) at.push_back("|" + rule.id.text + "?|");
    if (reaches(rule.then)) at.push_back("|" + rule.id.text + "!|");
    return joined("or", at, "false");
  }

  template <class Reaches>
  std::string alone(const Rule& rule, Reaches reaches) const {
    std::vector<std::string> others;
    for (const Rule& other : catalog_.rules) {
      if (other.id == rule.id) continue;
      const std::string there = where(other, reaches);
      if (there != "false") others.push_back(there);
    }
    const std::string own = where(rule, reaches);
    return own == "false" ? own : fmt::format("(and {} (not {}))", own, joined("or", others, "false"));
  }

  /// Some sheet gets stricter advice by this rule alone.
  void decisive(const Rule& rule) {
    const auto at_least = [](Disposition least) {
      return [least](const Consequence& c) { return c.disposition >= least; };
    };
    std::vector<std::string> ways;
    const auto add = [&](const std::string& way) {
      if (way != "false") ways.push_back(way);
    };
    for (int level = 1; level < disposition_count; ++level) {
      add(alone(rule, at_least(static_cast<Disposition>(level))));
    }
    // Where a plan may follow, the rest matters too.
    std::vector<std::string> planning;
    const auto also = [&](const std::string& way) {
      if (way != "false") planning.push_back(way);
    };
    for (const FollowUp least : {FollowUp::recheck, FollowUp::appointment}) {
      also(alone(rule, [least](const Consequence& c) { return c.follow_up >= least; }));
    }
    for (const Demand& demand : catalog_.demands) {
      also(alone(rule, [&](const Consequence& c) { return c.exclude.contains(demand.id); }));
      also(alone(rule, [&](const Consequence& c) { return c.ease.contains(demand.id); }));
    }
    if (!planning.empty()) {
      const auto no_plan = [](const Consequence& c) { return !plan_may_follow(c.disposition); };
      std::vector<std::string> urgent;
      for (const Rule& other : catalog_.rules) {
        const std::string there = where(other, no_plan);
        if (other.id != rule.id && there != "false") urgent.push_back(there);
      }
      add(fmt::format("(and (not {}) {})", joined("or", urgent, "false"), joined("or", planning, "false")));
    }
    check("sat", "(b, c) decisive: " + rule.id.text, joined("or", ways, "false"));
  }

  const Catalog& catalog_;
  Names names_;
  std::string out_;
};

}  // namespace

std::string smt(const Catalog& catalog) { return Export(catalog).text(); }

}  // namespace backplan::dev
