// The readers of a library: whatever the bytes, InputError or a library that keeps its promises.
//
// The input is some documents, with a line "%%%" between them. They are read as a whole library, and
// as what a person adds to the small one that stands first in the corpus.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "backplan/catalog.hpp"
#include "fuzz/hold.hpp"
#include "small_library.hpp"

namespace backplan::fuzz {
namespace {

std::vector<Document> documents(std::string_view text) {
  constexpr std::string_view between = "\n%%%\n";
  std::vector<Document> all;
  for (std::size_t at = 0; at != std::string_view::npos;) {
    const std::size_t end = text.find(between, at);
    const std::size_t length = end == std::string_view::npos ? end : end - at;
    all.push_back({"d" + std::to_string(all.size()), std::string(text.substr(at, length))});
    at = end == std::string_view::npos ? end : end + between.size();
  }
  return all;
}

template <class Read>
std::optional<Catalog> catalog_of(Read read) {
  try {
    return read();
  } catch (const InputError& error) {
    hold(!error.diagnostics().empty(), "an error says what is wrong");
    for (const Diagnostic& mistake : error.diagnostics()) {
      hold(!mistake.message.empty() && !mistake.at.file.empty(), "a mistake has a text and a file");
    }
    return std::nullopt;
  }
}

void check_doses(const std::vector<Dose>& doses) {
  hold(!doses.empty() && doses.front().intensity == Intensity::gentle, "a gentle dose comes first");
  hold(std::ranges::is_sorted(doses, std::ranges::less{}, [](const Dose& dose) { return duration(dose); }),
       "doses rise");
  hold(duration(doses.front()) > std::chrono::seconds(0), "a dose takes time");
}

void check(const Catalog& catalog) {
  for (const Rule& rule : catalog.rules) {
    hold(!rule.sources.empty() && !rule.examples.empty(), "a rule has a source and examples");
    hold((rule.then | rule.if_unsure) == rule.then, "'not sure' is never stricter than the sign");
    for (const Example& example : rule.examples) {
      hold(evaluate(rule.when, example.answers) == example.expect, "an example holds");
    }
    for (const QuestionId& id : questions_of(rule.when)) {
      hold(find(catalog.questions, id) != nullptr, "a rule looks at questions that exist");
    }
  }
  for (const Technique& technique : catalog.techniques) {
    hold(!technique.sources.empty(), "a technique has a source");
    check_doses(technique.doses);
  }
  hold(!plan_may_follow(screen(assess(catalog.rules, {}))), "silence clears nobody");
}

/// What a person adds takes nothing away.
void check_extended(const Catalog& catalog, const Catalog& extended) {
  hold(extended.rules.size() >= catalog.rules.size(), "no rule is lost");
  for (std::size_t i = 0; i < catalog.rules.size(); ++i) {
    hold(extended.rules[i].id == catalog.rules[i].id, "a built-in rule stays where it is");
    hold(extended.rules[i].then == catalog.rules[i].then, "a built-in rule stays as it is");
  }
  for (const Technique& technique : catalog.techniques) {
    const auto same = std::ranges::find(extended.techniques, technique.id, &Technique::id);
    hold(same != extended.techniques.end(), "no technique is lost");
    hold(std::ranges::includes(same->demands, technique.demands), "no demand is dropped");
  }
}

}  // namespace
}  // namespace backplan::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace backplan;
  const auto given = fuzz::documents({reinterpret_cast<const char*>(data), size});
  if (const auto catalog = fuzz::catalog_of([&] { return parse_catalog(given); })) {
    fuzz::check(*catalog);
  }
  static const Catalog small = parse_catalog(small_library::whole());
  if (const auto more = fuzz::catalog_of([&] { return extend(small, given); })) {
    fuzz::check(*more);
    fuzz::check_extended(small, *more);
  }
  return 0;
}
