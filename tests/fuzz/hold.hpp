#pragma once

#include <cstdio>
#include <cstdlib>

namespace backplan::fuzz {

/// Ends the process when `what` does not hold: a fuzzer takes that for a crash and keeps the input.
inline void hold(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

}  // namespace backplan::fuzz
