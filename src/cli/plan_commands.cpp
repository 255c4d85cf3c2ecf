#include <algorithm>

#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/zone.hpp"
#include "io/wall_clock.hpp"

namespace backplan::cli {

PlanReport read_plan(const std::string& path) {
  return parse_plan(read_input(path), builtin::catalog(builtin::Extent::screening).timing);
}

ExitCode explain(const NameOptions& options) {
  const PlanReport plan = read_plan(options.name);
  deliver_paged(backplan::explain(plan, parse_layout(options.print)), options.print);
  return done;
}

PlanPrinter::PlanPrinter(const PrintOptions& print, const CalendarOptions& calendar)
    : print_(print), layout_(parse_layout(print)) {
  static const std::vector<std::string> formats{"text", "yaml", "json", "md", "ics"};
  const std::string format = parse_format(print, formats);
  event_ = parse_calendar(calendar, format == "ics", day_in(calendar.zone, now()));
  if (event_ && !calendar.zone.empty()) event_->zone = calendar_zone(calendar.zone, event_->day);
  if (!event_) format_ = static_cast<Format>(std::ranges::find(formats, format) - formats.begin());
  tell_unused(print, format == "text");
  if (event_ && calendar.from.empty() && !print.quiet) {
    tell("backplan: this calendar again: --from " + date_text(utc_clock(event_->day)) + "\n");
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
  printer(read_plan(options.plan), catalog.advice);
  return done;
}

}  // namespace backplan::cli
