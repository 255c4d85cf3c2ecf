#include <fmt/chrono.h>

#include "cli/commands.hpp"
#include "cli/log_store.hpp"
#include "cli/output.hpp"

namespace backplan::cli {

ExitCode explain(const NameOptions& options) {
  const PlanReport plan = parse_plan(read_input(options.name));
  deliver_paged(backplan::explain(plan, parse_layout(options.print)), options.print);
  return done;
}

PlanPrinter::PlanPrinter(const PrintOptions& print, const CalendarOptions& calendar, bool brief)
    : print_(print), layout_(parse_layout(print)) {
  layout_.brief = brief;
  const Time at = now();
  const auto today = std::chrono::floor<std::chrono::days>(at + utc_offset(at));
  event_ = parse_calendar(calendar, wants_calendar(print), today);
  if (!event_) format_ = parse_format(print);
  if (event_ && calendar.from.empty() && !print.quiet) {
    tell(fmt::format("backplan: this calendar again: --from {:%Y-%m-%d}\n", today));
  }
}

void PlanPrinter::operator()(const PlanReport& plan, const Advice& advice) const {
  if (event_) {
    deliver(to_calendar(plan, *event_), print_);
  } else {
    deliver_text(backplan::render(plan, advice, format_, layout_), format_, print_);
  }
}

ExitCode render(const RenderOptions& options, const Catalog& catalog) {
  const PlanPrinter printer(options.print, options.calendar);
  printer(parse_plan(read_input(options.plan)), catalog.advice);
  return done;
}

}  // namespace backplan::cli
