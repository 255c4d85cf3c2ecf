// Answer sheets, screenings and plans in files: whatever the bytes, InputError or a value that goes
// out and comes back as it was.

#include <cstdint>
#include <optional>
#include <string>

#include "backplan/catalog.hpp"
#include "backplan/contradiction.hpp"
#include "backplan/report.hpp"
#include "fuzz/hold.hpp"

namespace backplan::fuzz {
namespace {

const Catalog& shipped() {
  static const Catalog catalog = parse_catalog(builtin_documents());
  return catalog;
}

/// What `parse` returns, or nothing when the document cannot be used.
template <class Parse>
auto parsed(Parse parse) -> std::optional<decltype(parse())> {
  try {
    return parse();
  } catch (const InputError& error) {
    hold(!error.diagnostics().empty(), "an error says what is wrong");
    return std::nullopt;
  }
}

void check(const Answers& answers) {
  for (const auto& [id, value] : answers) {
    const Question* question = find(shipped().questions, id);
    hold(question && accepts(*question, value), "an answer fits its question");
    hold(counted(*question, value) == value, "an answer is as the rules see it");
  }
  hold(contradictions(shipped().questions, shipped().rules, answers).empty(), "answers go together");
  const ScreeningReport report = describe(screen(assess(shipped().rules, answers)), answers, shipped());
  for (const Format format : {Format::yaml, Format::json}) {
    const Document out{"out", render(report, shipped().advice, format)};
    const StatedScreening back = parse_screening(out, shipped());
    hold(back.answers == answers, "answers come back");
    hold(back.level == report.level, "the level comes back");
  }
}

void check(const PlanReport& plan) {
  hold(plan.total_seconds <= plan.budget_seconds, "a plan keeps to its minutes");
  hold(plan_may_follow(plan.level), "a plan is for people whose answers allow one");
  for (const Format format : {Format::yaml, Format::json}) {
    hold(parse_plan({"out", render(plan, shipped().advice, format)}) == plan, "a plan comes back");
  }
  for (const Format format : {Format::text, Format::markdown}) {
    hold(render(plan, shipped().advice, format).ends_with('\n'), "lines end");
  }
  hold(explain(plan).ends_with('\n'), "lines end");
}

}  // namespace
}  // namespace backplan::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace backplan;
  using namespace backplan::fuzz;
  const Document document{"in", std::string(reinterpret_cast<const char*>(data), size)};
  if (const auto answers = parsed([&] { return parse_answers(document, shipped()); })) {
    check(*answers);
  }
  if (const auto stated = parsed([&] { return parse_screening(document, shipped()); })) {
    check(stated->answers);
  }
  if (const auto plan = parsed([&] { return parse_plan(document); })) check(*plan);
  return 0;
}
