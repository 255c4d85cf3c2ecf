#include "cli/commands.hpp"
#include "cli/output.hpp"

namespace backplan::cli {

ExitCode explain(const NameOptions& options) {
  const PlanReport plan = parse_plan(read_input(options.name));
  deliver_text(backplan::explain(plan, parse_layout(options.print)), Format::text, options.print);
  return done;
}

ExitCode render(const NameOptions& options, const Catalog& catalog) {
  const Format format = parse_format(options.print);
  const PlanReport plan = parse_plan(read_input(options.name));
  deliver_text(backplan::render(plan, catalog.advice, format, parse_layout(options.print)), format,
               options.print);
  return done;
}

}  // namespace backplan::cli
