#pragma once

/// Marks what a shared library of backplan shows; all else in it is hidden.
#if defined(__GNUC__)
#define BACKPLAN_EXPORT __attribute__((visibility("default")))
#else
#define BACKPLAN_EXPORT
#endif
