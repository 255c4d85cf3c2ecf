// What bench/run needs besides backplan itself:
//   bench_tool sheets COUNT SEED   made-up answer sheets, one a line, as an interview would give them
//   bench_tool rules COUNT         rules that every engine can express, as JSON
//   bench_tool parse FILE          simdjson alone, one parse a line; prints the number of lines
#include <simdjson.h>

#include <cstdio>
#include <cstring>
#include <iostream>
#include <nlohmann/json.hpp>
#include <random>

#include "backplan/catalog.hpp"
#include "core/cohort.hpp"

namespace {

using namespace backplan;
using Json = nlohmann::ordered_json;

/// People who are interviewed side by side. The generator is the same on every machine; no distribution is
/// used.
class Interviews {
 public:
  Interviews(const Catalog& catalog, unsigned seed)
      : questions_(catalog.questions),
        compiled_(questions_, catalog.rules),
        cohort_(compiled_),
        random_(seed) {}

  void print(int first, int count) {
    std::vector<Person> people;
    for (int i = 0; i < count; ++i) people.push_back(newcomer(first + i));
    while (ask_each(people)) {
    }
    for (Person& person : people) {
      // Who stops early would make sheets of very different length.
      for (std::size_t i = 0; i < questions_.size() && person.line.size() < 560; ++i) {
        if (!person.asked[i] && !questions_[i].gate) answer(person, i);
      }
      std::cout << person.line << "}\n";
    }
  }

 private:
  struct Person {
    std::string line;
    std::vector<bool> asked;
    Sheet sheet;
  };

  Person newcomer(int number) const {
    char id[16];
    std::snprintf(id, sizeof id, "p%08d", number);
    return {std::string("{\"id\":\"") + id + '"', std::vector<bool>(questions_.size()), {}};
  }

  /// Asks each one the next question; false when nobody has one.
  bool ask_each(std::vector<Person>& people) {
    cohort_.clear();
    for (const Person& person : people) cohort_.add(person.sheet);
    cohort_.screen();
    bool asked = false;
    for (std::size_t i = 0; i < people.size(); ++i) {
      if (cohort_.outcome(i).complete) continue;
      answer(people[i], cohort_.missing(i).front());
      asked = true;
    }
    return asked;
  }

  bool one_in(unsigned n) { return random_() % n == 0; }

  void answer(Person& person, std::size_t i) {
    const Question& question = questions_[i];
    person.asked[i] = true;
    person.line += ",\"" + question.id.text + "\":";
    if (question.kind == QuestionKind::number) {
      const int number =
          question.least +
          static_cast<int>(random_() % static_cast<unsigned>(question.most - question.least + 1));
      compiled_.number(person.sheet, i, number);
      person.line += std::to_string(number);
      return;
    }
    compiled_.none(person.sheet, i);
    if (question.kind == QuestionKind::checklist) return tick(person, i);
    const std::size_t option = one_in(6) ? random_() % question.options.size() : 0;
    compiled_.tick(person.sheet, i, option, Tri::yes);
    person.line += '"' + question.options[option].id.text + '"';
  }

  void tick(Person& person, std::size_t i) {
    std::string ticked;
    for (std::size_t option = 0; option < questions_[i].options.size(); ++option) {
      if (!one_in(60)) continue;
      compiled_.tick(person.sheet, i, option, Tri::yes);
      ticked += (ticked.empty() ? "\"" : ",\"") + questions_[i].options[option].id.text + '"';
    }
    if (ticked.empty() && questions_[i].one_applies) {
      compiled_.tick(person.sheet, i, 0, Tri::yes);
      ticked = '"' + questions_[i].options[0].id.text + '"';
    }
    person.line += ticked.empty() ? "\"none\"" : "[" + ticked + "]";
  }

  const std::vector<Question>& questions_;
  Compiled compiled_;
  Cohort cohort_;
  std::mt19937 random_;
};

/// The tests of a clause, of which one must hold; null when it has something else in it.
Json clause(const Condition& condition, const Catalog& catalog) {
  if (const auto* test = std::get_if<AnyOption>(&condition.test)) {
    const bool list = find(catalog.questions, test->question)->kind == QuestionKind::checklist;
    Json options = Json::array();
    for (const OptionId& option : test->options) options.push_back(option.text);
    return Json::array({{{"question", test->question.text}, {"list", list}, {"options", options}}});
  }
  if (const auto* test = std::get_if<InRange>(&condition.test)) {
    return Json::array({{{"question", test->question.text}, {"least", test->least}, {"most", test->most}}});
  }
  const auto* any = std::get_if<Any>(&condition.test);
  if (!any) return nullptr;
  Json all = Json::array();
  for (const Condition& part : any->of) {
    const Json one = clause(part, catalog);
    if (one.is_null()) return nullptr;
    all.insert(all.end(), one.begin(), one.end());
  }
  return all;
}

/// The clauses of a condition, which must all hold; null when it has another form.
Json clauses(const Condition& condition, const Catalog& catalog) {
  const auto* all = std::get_if<All>(&condition.test);
  Json list = Json::array();
  for (const Condition& part : all ? all->of : std::vector<Condition>{condition}) {
    list.push_back(clause(part, catalog));
    if (list.back().is_null()) return nullptr;
  }
  return list;
}

/// `count` rules, from all over the library.
void print_rules(const Catalog& catalog, std::size_t count) {
  Json fit = Json::array();
  for (const Rule& rule : catalog.rules) {
    const Json list = clauses(rule.when, catalog);
    if (!list.is_null() && rule.then != Consequence{}) fit.push_back({{"id", rule.id.text}, {"all", list}});
  }
  Json some = Json::array();
  for (std::size_t i = 0; i < count; ++i) some.push_back(fit[i * fit.size() / count]);
  std::cout << some.dump() << "\n";
}

/// By pieces that stay near the processor, as backplan reads: to have the whole file in memory costs
/// more than to parse it. simdjson's other way, on demand, takes as long for all keys and values.
int parse(const char* path) {
  constexpr std::size_t piece = std::size_t{1} << 18;
  std::FILE* file = std::fopen(path, "rb");
  if (!file) return 1;
  std::setvbuf(file, nullptr, _IONBF, 0);
  std::string text(2 * piece + simdjson::SIMDJSON_PADDING, ' ');  // a sheet is shorter than a piece
  simdjson::dom::parser parser;
  std::size_t lines = 0;
  std::size_t left = 0;
  while (const std::size_t got = std::fread(text.data() + left, 1, piece, file)) {
    std::size_t at = 0;
    for (std::size_t end = text.find('\n'); end < left + got; end = text.find('\n', at), ++lines) {
      if (parser.parse(text.data() + at, end - at, false).error()) return 1;
      at = end + 1;
    }
    left = left + got - at;
    std::memmove(text.data(), text.data() + at, left);
  }
  std::fclose(file);
  std::printf("%zu\n", lines);
  return 0;
}

int usage() {
  std::fputs("bench_tool sheets COUNT SEED | rules COUNT | parse FILE\n", stderr);
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string what = argc > 2 ? argv[1] : "";
  if (what == "parse") return parse(argv[2]);
  const Catalog catalog = parse_catalog(builtin_documents());
  if (what == "rules") {
    print_rules(catalog, std::stoul(argv[2]));
    return 0;
  }
  if (what != "sheets" || argc != 4) return usage();
  Interviews interviews(catalog, static_cast<unsigned>(std::stoul(argv[3])));
  const int count = std::stoi(argv[2]);
  constexpr int most = static_cast<int>(Cohort::most_people);
  for (int i = 0; i < count; i += most) interviews.print(i, std::min(most, count - i));
  return std::cout.flush() ? 0 : 1;
}
