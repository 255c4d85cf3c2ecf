#include <fmt/chrono.h>

#include <algorithm>

#include "cli/commands.hpp"
#include "cli/log_store.hpp"
#include "cli/output.hpp"

namespace backplan::cli {

ExitCode explain(const NameOptions& options) {
  const PlanReport plan = parse_plan(read_input(options.name));
  deliver_paged(backplan::explain(plan, parse_layout(options.print)), options.print);
  return done;
}

PlanPrinter::PlanPrinter(const PrintOptions& print, const CalendarOptions& calendar)
    : print_(print), layout_(parse_layout(print)) {
  static const std::vector<std::string> formats{"text", "yaml", "json", "md", "ics"};
  const std::string format = parse_format(print, formats);
  const Time at = now();
  const auto today = std::chrono::floor<std::chrono::days>(at + utc_offset(at));
  event_ = parse_calendar(calendar, format == "ics", today);
  if (!event_) format_ = static_cast<Format>(std::ranges::find(formats, format) - formats.begin());
  tell_unused(print, format == "text");
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
