#include "cli/commands.hpp"
#include "cli/output.hpp"

namespace backplan::cli {

ExitCode explain(const NameOptions& options) {
  const PlanReport plan = parse_plan(read_input(options.name));
  deliver(backplan::explain(plan, parse_layout(options.print)), options.print);
  return done;
}

ExitCode render(const NameOptions& options, const Catalog& catalog) {
  const Format format = parse_format(options.print);
  const PlanReport plan = parse_plan(read_input(options.name));
  deliver(backplan::render(plan, catalog.advice, format, parse_layout(options.print)), options.print);
  return done;
}

}  // namespace backplan::cli
