#include <algorithm>
#include <array>

#include "backplan/report.hpp"
#include "io/answers.hpp"
#include "io/catalog_reader.hpp"

namespace backplan {
namespace {

using yaml::Fields;
using yaml::Node;
using yaml::Reader;

/// Three times what the largest of ours has, with the definitions that it names: those could otherwise
/// make a short file grow without end.
constexpr int most_parts = 100;
constexpr std::size_t most_rules = 1000;  ///< in a file

int parts_of(const Condition& condition) {
  int parts = 1;
  if (const auto* all = std::get_if<All>(&condition.test)) {
    for (const Condition& part : all->of) parts += parts_of(part);
  } else if (const auto* any = std::get_if<Any>(&condition.test)) {
    for (const Condition& part : any->of) parts += parts_of(part);
  } else if (const auto* points = std::get_if<Points>(&condition.test)) {
    for (const Worth& worth : points->of) parts += parts_of(worth.when);
  }
  return parts;
}

/// Reads a condition. What is noted as wrong comes back as a condition that nothing uses.
class ConditionReader {
 public:
  ConditionReader(std::span<const Question> questions, const Definitions* definitions, Reader& reader)
      : questions_(questions), definitions_(definitions), reader_(reader) {}

  Condition read(const Node& node, const std::string& field) {
    if (!has_room(1, node, field)) return {};
    if (node.kind != Node::Kind::map || node.entries.size() != 1) {
      reader_.note(node, field, "a condition has exactly one key",
                   "join several with all: [...] or any: [...]");
      return {};
    }
    const auto& [key, value] = node.entries.front();
    if (key.text == "all") return {All{list(value, field + ".all")}};
    if (key.text == "any") return {Any{list(value, field + ".any")}};
    if (definitions_ && key.text == "some") return {some(value, field + ".some")};
    if (definitions_ && key.text == "is") return defined(value, field + ".is");
    return asked(key, value, field);
  }

 private:
  bool has_room(int parts, const Node& node, const std::string& field) {
    parts_ += parts;
    if (parts_ <= most_parts) return true;
    reader_.note(node, field, "more than " + std::to_string(most_parts) + " conditions in one",
                 "write several rules");
    return false;
  }

  std::vector<Condition> list(const Node& node, const std::string& field) {
    std::vector<Condition> conditions;
    if (node.kind != Node::Kind::list || node.items.size() < 2) {
      reader_.note(node, field, "must be a list of two or more conditions");
    }
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      conditions.push_back(read(node.items[i], field + "[" + std::to_string(i) + "]"));
    }
    return conditions;
  }

  Points some(const Node& node, const std::string& field) {
    Fields fields(node, field, reader_);
    Points points{fields.number("at-least", 1, 100), {}};
    const auto of = fields.list("of");
    int sum = 0;
    for (std::size_t i = 0; i < of.size(); ++i) {
      points.of.push_back(worth(of[i], fields.path("of") + "[" + std::to_string(i) + "]"));
      sum += points.of.back().points;
    }
    if (sum < points.least) reader_.note(node, field, "cannot reach " + std::to_string(points.least));
    fields.done();
    return points;
  }

  Worth worth(const Node& node, const std::string& field) {
    const bool weighed =
        node.kind == Node::Kind::map &&
        std::ranges::any_of(node.entries, [](const auto& entry) { return entry.key.text == "worth"; });
    if (!weighed) return {1, read(node, field)};
    Fields fields(node, field, reader_);
    Worth worth{fields.number("worth", 1, 100), {}};
    if (const Node* when = fields.get("when")) worth.when = read(*when, fields.path("when"));
    fields.done();
    return worth;
  }

  Condition defined(const Node& node, const std::string& field) {
    const std::string id = reader_.text(node, field);
    const auto found = definitions_->find(id);
    if (found != definitions_->end()) {
      return has_room(parts_of(found->second) - 1, node, field) ? found->second : Condition{};
    }
    std::vector<std::string> known;
    for (const auto& [name, condition] : *definitions_) known.push_back(name);
    reader_.note(node, field, "unknown definition " + in_quotes(id), yaml::suggestion(id, known));
    return {};
  }

  Condition asked(const Node& key, const Node& value, const std::string& field) {
    const Question* question = find(questions_, QuestionId{key.text});
    if (!question) {
      std::vector<std::string> known{"all", "any"};
      if (definitions_) known.insert(known.end(), {"some", "is"});
      for (const Question& each : questions_) known.push_back(each.id.text);
      const std::string what = definitions_ ? "unknown question " : "no earlier question is ";
      reader_.note(key, field, what + in_quotes(key.text), yaml::suggestion(key.text, known));
      return {};
    }
    const std::string path = field + "." + key.text;
    if (question->kind == QuestionKind::number) return {range(value, *question, path)};
    return {options(value, *question, path)};
  }

  InRange range(const Node& node, const Question& question, const std::string& field) {
    Fields fields(node, field, reader_);
    InRange range{question.id, question.least, question.most};
    range.least = fields.number_or("at-least", question.least, question.most, question.least);
    range.most = fields.number_or("at-most", question.least, question.most, question.most);
    fields.done();
    if (node.entries.empty() || range.least > range.most) {
      reader_.note(node, field, "must be {at-least: N}, {at-most: N} or both");
    }
    return range;
  }

  AnyOption options(const Node& node, const Question& question, const std::string& field) {
    AnyOption test{question.id, {}};
    if (node.kind == Node::Kind::map) {
      test.options = tail(node, question, field);
    } else if (node.kind == Node::Kind::list) {
      for (const Node& item : node.items) add(item, question, field, test.options);
    } else {
      add(node, question, field, test.options);
    }
    check(node, question, field, test.options);
    return test;
  }

  void add(const Node& node, const Question& question, const std::string& field,
           std::set<OptionId>& options) {
    const std::string word = reader_.text(node, field);
    if (resolves(node, field, word, question.options, "option", reader_)) options.insert({word});
  }

  std::set<OptionId> tail(const Node& node, const Question& question, const std::string& field) {
    Fields fields(node, field, reader_);
    const OptionId from{fields.text("from")};
    fields.done();
    if (question.kind != QuestionKind::scale) {
      reader_.note(node, field, "only a scale has 'from'", "name the options");
      return {};
    }
    if (!resolves(node, field, from.text, question.options, "option", reader_)) return {};
    std::set<OptionId> options;
    const auto first = std::ranges::find(question.options, from, &Option::id);
    for (auto option = first; option != question.options.end(); ++option) {
      options.insert(option->id);
    }
    return options;
  }

  /// A worse answer must not make a condition less true, so that it cannot lead to milder advice.
  void check(const Node& node, const Question& question, const std::string& field,
             const std::set<OptionId>& options) {
    if (options.empty() || question.kind == QuestionKind::checklist) return;
    if (options.contains(question.options.front().id)) {
      reader_.note(node, field, "names the answer with nothing to report",
                   "a condition may only name the others");
    }
    if (question.kind != QuestionKind::scale) return;
    bool inside = false;
    for (const Option& option : question.options) {
      if (inside && !options.contains(option.id)) {
        reader_.note(node, field, "leaves out '" + option.id.text + "', which is more worrying",
                     "use {from: OPTION}");
      }
      inside = inside || options.contains(option.id);
    }
  }

  std::span<const Question> questions_;
  const Definitions* definitions_;
  Reader& reader_;
  int parts_ = 0;
};

const std::vector<std::string>& levels() {
  static const std::vector<std::string> words{"self-care",       "modified", "rest-today",
                                              "clinician-first", "same-day", "emergency"};
  return words;
}

Consequence read_consequence(Fields& fields, const Catalog& catalog) {
  Consequence then;
  // A level that cannot be read is noted; until then it errs on the strict side.
  const auto level = fields.word("level", levels());
  then.disposition = level ? static_cast<Disposition>(*level) : Disposition::emergency;
  static const std::vector<std::string> follow_ups{"none", "recheck", "appointment"};
  if (fields.find("follow-up")) {
    then.follow_up = static_cast<FollowUp>(fields.word("follow-up", follow_ups).value_or(2));
  }
  for (auto& id : ids<DemandId>(fields, "exclude", catalog.demands, "demand")) {
    then.exclude.insert(id);
  }
  for (auto& id : ids<DemandId>(fields, "ease", catalog.demands, "demand")) then.ease.insert(id);
  return then;
}

Consequence read_if_unsure(Fields& fields, const Consequence& then) {
  constexpr std::size_t as_yes = disposition_count;
  constexpr std::size_t as_no = as_yes + 1;
  std::vector<std::string> words = levels();
  words.insert(words.end(), {"as-yes", "as-no"});
  const std::size_t word = fields.word("if-unsure", words).value_or(as_yes);
  if (word == as_yes) return then;
  Consequence consequence = word == as_no ? Consequence{} : then;
  if (word < as_yes) consequence.disposition = static_cast<Disposition>(word);
  const Node& node = *fields.find("if-unsure");
  if (consequence.disposition > then.disposition) {
    fields.reader().note(node, fields.path("if-unsure"), "is stricter than the rule itself", "write as-yes");
  }
  const bool mild =
      then.disposition == Disposition::emergency && consequence.disposition < Disposition::same_day;
  if (mild) {
    fields.reader().note(node, fields.path("if-unsure"), "is milder than same-day in an emergency rule");
  }
  return consequence;
}

/// Without any exercise there is no routine that could follow.
void check_rest(Fields& fields, std::string_view key, const Consequence& consequence) {
  static const DemandId any_exercise{"any-technique"};
  if (!consequence.exclude.contains(any_exercise) || !plan_may_follow(consequence.disposition)) return;
  fields.reader().note(*fields.find(key), fields.path(key),
                       "lets a routine follow, but 'any-technique' is excluded",
                       "write rest-today, or exclude less");
}

Truth expectation(std::size_t word) {
  static constexpr std::array<Truth, 3> truths{settled(Tri::no), settled(Tri::unsure), settled(Tri::yes)};
  return word < truths.size() ? truths.at(word) : Truth{};
}

std::string described(Truth truth) {
  static const std::array<std::string, 3> words{"no", "unsure", "yes"};
  const auto word = [](Tri tri) { return words.at(static_cast<std::size_t>(tri)); };
  if (!truth.open()) return word(truth.least);
  return "open, from " + word(truth.least) + " to " + word(truth.most);
}

/// Reads and runs one example.
Example read_example(const Node& node, const std::string& path, const Condition& when, const Catalog& catalog,
                     Reader& reader) {
  static const std::vector<std::string> words{"no", "unsure", "yes", "open"};
  Fields fields(node, path, reader);
  Example example;
  const std::size_t before = reader.mistakes().size();
  if (const Node* answers = fields.get("answers")) {
    example.answers = read_answers(*answers, catalog.questions, reader);
  }
  const auto word = fields.word("expect", words);
  fields.done();
  if (!word || reader.mistakes().size() > before) return example;
  example.expect = expectation(*word);
  const Truth found = evaluate(when, example.answers);
  const bool met = *word == 3 ? found.open() : found == example.expect;
  if (!met) {
    reader.note(node, path, "expected " + words[*word] + ", but these answers come to " + described(found));
  }
  if (*word == 3) example.expect = found;
  return example;
}

bool shown(const std::vector<Example>& examples, Tri tri) {
  return std::ranges::any_of(examples, [&](const Example& each) { return each.expect == settled(tri); });
}

/// What a rule's examples must show at least.
void check_examples(Fields& fields, const Rule& rule) {
  const bool open =
      std::ranges::any_of(rule.examples, [](const Example& each) { return each.expect.open(); });
  const auto want = [&](bool present, const std::string& what) {
    if (!present) {
      fields.reader().note(fields.node(), fields.path("examples"), "none shows " + what);
    }
  };
  want(shown(rule.examples, Tri::yes), "yes");
  want(open || shown(rule.examples, Tri::no), "no or open");
  if (rule.then.disposition < Disposition::same_day) return;
  want(open, "open");
  // Points are reached or not; half a point is already "not sure".
  if (!std::holds_alternative<Points>(rule.when.test)) {
    want(shown(rule.examples, Tri::unsure), "unsure");
  }
}

Rule read_rule(Fields& fields, const Catalog& catalog) {
  Reader& reader = fields.reader();
  Rule rule;
  rule.id.text = id_text(fields);
  rule.title = fields.text("title");
  rule.covers = fields.texts_or_none("covers");
  const std::size_t before = reader.mistakes().size();
  if (const Node* when = fields.get("when")) {
    rule.when = read_condition(*when, fields.path("when"), catalog.questions, &catalog.definitions, reader);
  }
  const bool usable = reader.mistakes().size() == before;
  rule.then = read_consequence(fields, catalog);
  rule.if_unsure = read_if_unsure(fields, rule.then);
  check_rest(fields, "level", rule.then);
  check_rest(fields, "if-unsure", rule.if_unsure);
  rule.why = fields.text("why");
  rule.sources = some_ids<SourceId>(fields, "sources", catalog.sources, "source");
  const auto examples = fields.list("examples");
  fields.done();
  if (!usable) return rule;
  const std::size_t before_examples = reader.mistakes().size();
  for (std::size_t i = 0; i < examples.size(); ++i) {
    rule.examples.push_back(read_example(examples[i], fields.path("examples") + "[" + std::to_string(i) + "]",
                                         rule.when, catalog, reader));
  }
  if (reader.mistakes().size() == before_examples) check_examples(fields, rule);
  return rule;
}

}  // namespace

Condition read_condition(const Node& node, const std::string& field, std::span<const Question> questions,
                         const Definitions* definitions, Reader& reader) {
  return ConditionReader(questions, definitions, reader).read(node, field);
}

void read_definitions(Fields& fields, Catalog& catalog) {
  Reader& reader = fields.reader();
  const auto list = fields.list("definitions");
  for (std::size_t i = 0; i < list.size(); ++i) {
    Fields each(list[i], "definitions[" + std::to_string(i) + "]", reader);
    const std::string id = id_text(each);
    each.text("title");
    Condition condition;
    if (const Node* when = each.get("when")) {
      condition = read_condition(*when, each.path("when"), catalog.questions, &catalog.definitions, reader);
    }
    each.done();
    if (!catalog.definitions.emplace(id, std::move(condition)).second) {
      reader.note(list[i], each.path("id"), in_quotes(id) + " is defined twice");
    }
  }
}

void read_rules(Fields& fields, Catalog& catalog) {
  const auto list = fields.list("rules");
  if (list.size() > most_rules) {
    fields.reader().note(fields.node(), "rules", "more than " + std::to_string(most_rules),
                         "write a second file");
    return;
  }
  for (std::size_t i = 0; i < list.size(); ++i) {
    Fields each(list[i], "rules[" + std::to_string(i) + "]", fields.reader());
    Rule rule = read_rule(each, catalog);
    if (std::ranges::find(catalog.rules, rule.id, &Rule::id) != catalog.rules.end()) {
      fields.reader().note(list[i], each.path("id"), in_quotes(rule.id.text) + " is defined twice");
    }
    catalog.rules.push_back(std::move(rule));
  }
}

}  // namespace backplan
