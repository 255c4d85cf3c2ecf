#pragma once

#include <sqlite3ext.h>

// SQLite, loaded when it is first needed. Only a log needs it, and a program that links it starts a sixth
// later: it binds 1,200 symbols of its own. sqlite3ext.h is SQLite's way to call it through a table; with
// it, sqlite3_step() and the others are written as always.

namespace backplan::cli {

/// The table; null before `load_sqlite`. Holds the functions that sqlite.cpp names.
extern const sqlite3_api_routines* sqlite3_api;

/// Loads SQLite, once. Throws WriteError where it is missing.
void load_sqlite();

}  // namespace backplan::cli
