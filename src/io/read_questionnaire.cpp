#include <algorithm>

#include "backplan/report.hpp"
#include "io/catalog_reader.hpp"

namespace backplan {
namespace {

using yaml::Fields;
using yaml::Node;

template <class Thing>
std::vector<Thing> read_names(Fields& fields, std::string_view key, void (*finish)(Fields&, Thing&)) {
  std::vector<Thing> things;
  std::set<std::string> ids;
  const auto list = fields.list(key);
  for (std::size_t i = 0; i < list.size(); ++i) {
    Fields each(list[i], fields.path(key) + "[" + std::to_string(i) + "]", fields.reader());
    Thing thing;
    thing.id.text = id_text(each);
    finish(each, thing);
    each.done();
    if (!ids.insert(thing.id.text).second) {
      fields.reader().note(list[i], each.path("id"), in_quotes(thing.id.text) + " is defined twice");
    }
    things.push_back(std::move(thing));
  }
  return things;
}

/// What a thing implies is read later, when all demands have a name.
void titled(Fields& fields, auto& thing) {
  thing.title = fields.text("title");
  fields.find("implies");
}

bool read_flag(Fields& fields, std::string_view key) {
  static const std::vector<std::string> words{"false", "true"};
  return fields.find(key) && fields.word(key, words) == 1;
}

const std::vector<std::string>& kinds() {
  static const std::vector<std::string> words{"scale", "choice", "checklist", "number", "yes-no"};
  return words;
}

std::vector<Option> read_options(Fields& fields) {
  const Node* node = fields.get("options");
  if (!node) return {};
  yaml::Reader& reader = fields.reader();
  if (node->kind != Node::Kind::map || node->entries.size() < 2) {
    reader.note(*node, fields.path("options"), "must be a map of two or more options to texts");
    return {};
  }
  std::vector<Option> options;
  for (const auto& [key, text] : node->entries) {
    options.push_back({OptionId{key.text}, reader.text(text, fields.path("options." + key.text))});
    // These words are answers of their own.
    if (key.text == "none" || key.text == "unsure" || key.text.ends_with('?')) {
      reader.note(key, fields.path("options"), in_quotes(key.text) + " cannot name an option");
    }
  }
  return options;
}

void read_kind(Fields& fields, Question& question) {
  const std::size_t kind = fields.word("kind", kinds()).value_or(4);
  if (kind == 4) {
    question.kind = QuestionKind::scale;
    question.options = {{OptionId{"no"}, "no"}, {OptionId{"yes"}, "yes"}};
    return;
  }
  question.kind = static_cast<QuestionKind>(kind);
  if (question.kind != QuestionKind::number) {
    question.options = read_options(fields);
    return;
  }
  question.least = fields.number("least", 0, 1000);
  question.most = fields.number("most", question.least, 1000);
  question.unit = fields.text_or_none("unit");
}

void read_unsure_as(Fields& fields, Question& question) {
  const Node* node = fields.find("unsure-as");
  if (!node) return;
  const OptionId option{fields.text("unsure-as")};
  const bool last = question.kind == QuestionKind::scale && !question.options.empty() &&
                    question.options.back().id == option;
  if (!last) {
    fields.reader().note(*node, fields.path("unsure-as"), "must be the last option of a scale",
                         "so that \"not sure\" is never the milder answer");
  }
  question.unsure_as = option;
}

template <class Each>
std::vector<Condition> mapped(const std::vector<Condition>& parts, Each each) {
  std::vector<Condition> all;
  for (const Condition& part : parts) all.push_back(each(part));
  return all;
}

/// `gate` together with the gates of the questions that it looks at: behind a closed gate all is closed.
Condition with_gates(const Condition& gate, std::span<const Question> questions) {
  const auto each = [&](const Condition& part) { return with_gates(part, questions); };
  if (const auto* all = std::get_if<All>(&gate.test)) return {All{mapped(all->of, each)}};
  if (const auto* any = std::get_if<Any>(&gate.test)) return {Any{mapped(any->of, each)}};
  const Question* asked = find(questions, *questions_of(gate).begin());
  return asked->gate ? Condition{All{{*asked->gate, gate}}} : gate;
}

/// How often it looks at an answer.
std::size_t looks(const Condition& gate) {
  const auto sum = [](const std::vector<Condition>& parts) {
    std::size_t count = 0;
    for (const Condition& part : parts) count += looks(part);
    return count;
  };
  if (const auto* all = std::get_if<All>(&gate.test)) return sum(all->of);
  if (const auto* any = std::get_if<Any>(&gate.test)) return sum(any->of);
  return 1;
}

void read_gate(Fields& fields, Question& question, std::span<const Question> earlier) {
  constexpr std::size_t most_looks = 100;  // gates in gates could double without end
  const Node* node = fields.find("gate");
  if (!node) return;
  yaml::Reader& reader = fields.reader();
  const std::size_t before = reader.mistakes().size();
  const Condition gate = read_condition(*node, fields.path("gate"), earlier, nullptr, reader);
  if (reader.mistakes().size() > before) return;
  if (looks(gate) <= most_looks) question.gate = with_gates(gate, earlier);
  if (question.gate && looks(*question.gate) <= most_looks) return;
  question.gate.reset();
  reader.note(*node, fields.path("gate"), "looks at more than 100 answers, with the gates behind it");
}

void read_one_applies(Fields& fields, Question& question) {
  question.one_applies = read_flag(fields, "one-applies");
  if (!question.one_applies || (question.kind == QuestionKind::checklist && fields.find("gate"))) return;
  fields.reader().note(*fields.find("one-applies"), fields.path("one-applies"),
                       "is for a checklist with a gate");
}

Question read_question(Fields& fields, const Catalog& catalog) {
  Question question;
  question.id.text = id_text(fields);
  question.ask = fields.text("ask");
  question.clarify = fields.text_or_none("clarify");
  read_kind(fields, question);
  read_unsure_as(fields, question);
  read_gate(fields, question, catalog.questions);
  read_one_applies(fields, question);
  question.why = fields.text("why");
  question.sources = some_ids<SourceId>(fields, "sources", catalog.sources, "source");
  fields.done();
  return question;
}

std::set<DemandId> demands(Fields& fields, std::string_view key, const Catalog& catalog) {
  const auto found = ids<DemandId>(fields, key, catalog.demands, "demand");
  return {found.begin(), found.end()};
}

/// What the words of the section `key` imply; of `what`, such as "position".
void read_implications(Fields& fields, std::string_view key, const std::string& what, Catalog& catalog) {
  const auto list = fields.list(key);
  for (std::size_t i = 0; i < list.size(); ++i) {
    Fields each(list[i], fields.path(key) + "[" + std::to_string(i) + "]", fields.reader());
    const std::string id = each.text("id");
    Implication implication{demands(each, "implies", catalog), demands(each, "spares", catalog)};
    if (!implication.empty()) catalog.implications[what + " " + id] = std::move(implication);
    if (read_flag(each, "always")) catalog.implications[""].adds.insert({id});
  }
}

/// The same of words that the program knows by itself, so the section may be missing.
template <class Enum>
void read_implications(Fields& fields, std::string_view key, const std::string& what, int count,
                       Catalog& catalog) {
  if (!fields.find(key)) return;
  for (const Node& node : fields.list(key)) {
    Fields each(node, fields.path(key), fields.reader());
    each.word("id", words<Enum>(count));
    each.get("implies");
    each.done();
  }
  read_implications(fields, key, what, catalog);
}

void read_implications(Fields& fields, Catalog& catalog) {
  if (!fields.reader().mistakes().empty()) return;  // first the names
  read_implications(fields, "demands", "demand", catalog);
  read_implications(fields, "equipment", "equipment", catalog);
  read_implications(fields, "positions", "position", catalog);
  read_implications(fields, "places", "place", catalog);
  read_implications(fields, "classes", "class", catalog);
  read_implications<Phase>(fields, "phases", "phase", 6, catalog);
  read_implications<Direction>(fields, "directions", "direction", 5, catalog);
}

}  // namespace

std::string likely(const std::string& word, const std::vector<std::string>& names) {
  constexpr std::size_t few = 24;
  std::string hint = yaml::suggestion(word, names);
  if (!hint.empty() || names.size() > few) return hint;
  for (const std::string& name : names) hint += (hint.empty() ? "one of: " : ", ") + name;
  return hint;
}

std::string id_text(Fields& fields) {
  std::string id = fields.text("id");
  const bool kebab = std::ranges::all_of(
      id, [](char c) { return ('a' <= c && c <= 'z') || ('0' <= c && c <= '9') || c == '-'; });
  if (!kebab || id.starts_with('-') || id.size() > 64) {
    fields.reader().note(*fields.find("id"), fields.path("id"), in_quotes(id) + " is not an id",
                         "use lower case letters, digits and -, at most 64");
  }
  return id;
}

void read_vocabulary(Fields& fields, Catalog& catalog) {
  catalog.demands = read_names<Demand>(fields, "demands", [](Fields& f, Demand& demand) {
    titled(f, demand);
    f.find("always");
  });
  catalog.equipment = read_names<Equipment>(fields, "equipment", [](Fields& f, Equipment& thing) {
    titled(f, thing);
    thing.usual = read_flag(f, "usual");
  });
  catalog.positions = read_names<Position>(fields, "positions", titled);
  catalog.places = read_names<Place>(fields, "places", [](Fields& f, Place& place) {
    titled(f, place);
    f.find("spares");
  });
  catalog.movements = read_names<Movement>(fields, "classes", titled);
  catalog.sources = read_names<Source>(fields, "sources",
                                       [](Fields& f, Source& thing) { thing.citation = f.text("citation"); });
  read_implications(fields, catalog);
}

void read_questionnaire(Fields& fields, Catalog& catalog) {
  const auto list = fields.list("questions");
  for (std::size_t i = 0; i < list.size(); ++i) {
    Fields each(list[i], "questions[" + std::to_string(i) + "]", fields.reader());
    Question question = read_question(each, catalog);
    if (find(catalog.questions, question.id)) {
      fields.reader().note(list[i], each.path("id"), in_quotes(question.id.text) + " is defined twice");
    }
    if (question.id.text == "schema" || question.id.text == "id") {
      fields.reader().note(list[i], each.path("id"), "this word is taken in answer sheets");
    }
    catalog.questions.push_back(std::move(question));
  }
}

}  // namespace backplan
