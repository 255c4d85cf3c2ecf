// A program of somebody else: from answers to a plan with what the headers offer.
#include <backplan/catalog.hpp>
#include <backplan/plan.hpp>
#include <backplan/report.hpp>
#include <backplan/screening.hpp>
#include <iostream>

int main(int argc, char** argv) try {
  using namespace backplan;
  if (argc != 2) return 2;
  const Catalog catalog = parse_catalog(builtin_documents());
  const Answers answers = parse_answers(read_document(std::filesystem::path(argv[1])), catalog);
  const Screening screening = screen(assess(catalog.rules, answers));
  const auto constraints = constrain(screening);
  if (!constraints) {
    std::cout << name(screening.total().disposition) << '\n';
    return 0;
  }
  PlanRequest request;
  request.budget = std::chrono::minutes(10);
  for (const Equipment& thing : catalog.equipment) request.have.insert(thing.id);
  const Plan plan = make_plan(catalog.techniques, *constraints, request, catalog.timing, catalog.objective);
  const PlanReport report = describe(plan, request, {}, *constraints, answers, catalog);
  std::cout << render(report, catalog.advice, Format::text) << explain(report);
  try {
    parse_answers({"x", "agee: 3\n"}, catalog);
  } catch (const InputError& error) {  // its type must be one and the same on both sides
    std::cout << "refused: " << to_string(error.diagnostics().front()) << '\n';
    return 0;
  }
  return 1;
} catch (const std::exception& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
