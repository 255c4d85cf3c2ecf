#pragma once

#include "backplan/report.hpp"

namespace backplan::cli {

/// What the program says to its caller; `backplan help exit-codes` explains them.
enum ExitCode {
  done = 0,  ///< or: a plan may follow
  cannot_read_or_write = 1,
  wrong_usage = 2,
  bad_data = 3,
  nothing_fits = 4,
  unknown_name = 5,
  clinician_first = 10,
  same_day = 11,
  emergency = 12,
  incomplete = 13,
  rest_today = 14,
  interrupted = 130,
};

inline ExitCode exit_code(const ScreeningReport& report) {
  if (report.incomplete() || !report.level) return incomplete;
  if (plan_may_follow(report.level)) return done;
  switch (*report.level) {
    case Disposition::rest_today:
      return rest_today;
    case Disposition::clinician_first:
      return clinician_first;
    case Disposition::same_day:
      return same_day;
    default:
      return emergency;
  }
}

}  // namespace backplan::cli
