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
#include "core/compiled.hpp"

namespace {

using namespace backplan;
using Json = nlohmann::ordered_json;

/// One person after another. The generator is the same on every machine; no distribution is used.
class Interviews {
 public:
  Interviews(const Catalog& catalog, unsigned seed)
      : questions_(catalog.questions),
        compiled_(catalog.questions, catalog.rules),
        screener_(compiled_),
        random_(seed) {}

  std::string next(int number) {
    char id[16];
    std::snprintf(id, sizeof id, "p%08d", number);
    line_ = std::string("{\"id\":\"") + id + '"';
    sheet_ = compiled_.blank();
    std::vector<bool> asked(questions_.size());
    const auto ask = [&](std::size_t i) {
      asked[i] = true;
      answer(i);
    };
    for (const Outcome* outcome = &screener_.findings(sheet_); !outcome->complete;
         outcome = &screener_.findings(sheet_)) {
      ask(outcome->missing.front());
    }
    // Who stops early would make sheets of very different length.
    for (std::size_t i = 0; i < questions_.size() && line_.size() < 560; ++i) {
      if (!asked[i] && !questions_[i].gate) ask(i);
    }
    return line_ + "}\n";
  }

 private:
  bool one_in(unsigned n) { return random_() % n == 0; }

  void answer(std::size_t i) {
    const Question& question = questions_[i];
    line_ += ",\"" + question.id.text + "\":";
    if (question.kind == QuestionKind::number) {
      const int number =
          question.least +
          static_cast<int>(random_() % static_cast<unsigned>(question.most - question.least + 1));
      compiled_.number(sheet_, i, number);
      line_ += std::to_string(number);
    } else if (question.kind == QuestionKind::checklist) {
      tick(i);
    } else {
      const std::size_t option = one_in(6) ? random_() % question.options.size() : 0;
      compiled_.tick(sheet_, i, option, Tri::yes);
      line_ += '"' + question.options[option].id.text + '"';
    }
  }

  void tick(std::size_t i) {
    compiled_.none(sheet_, i);
    std::string ticked;
    for (std::size_t option = 0; option < questions_[i].options.size(); ++option) {
      if (!one_in(60)) continue;
      compiled_.tick(sheet_, i, option, Tri::yes);
      ticked += (ticked.empty() ? "\"" : ",\"") + questions_[i].options[option].id.text + '"';
    }
    if (ticked.empty() && questions_[i].one_applies) {
      compiled_.tick(sheet_, i, 0, Tri::yes);
      ticked = '"' + questions_[i].options[0].id.text + '"';
    }
    line_ += ticked.empty() ? "\"none\"" : "[" + ticked + "]";
  }

  const std::vector<Question>& questions_;
  Compiled compiled_;
  Screener screener_;
  std::mt19937 random_;
  Sheet sheet_;
  std::string line_;
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
  for (int i = 0; i < std::stoi(argv[2]); ++i) std::cout << interviews.next(i);
  return std::cout.flush() ? 0 : 1;
}
