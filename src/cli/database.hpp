#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "cli/sqlite.hpp"

namespace backplan::cli {

/// New files get no permissions but the owner's while it lives: SQLite makes a journal beside its
/// file whenever it writes.
class OwnerOnly {
 public:
  OwnerOnly();
  ~OwnerOnly();
  OwnerOnly(const OwnerOnly&) = delete;
  OwnerOnly& operator=(const OwnerOnly&) = delete;

 private:
  mode_t before_;
};

/// An SQLite file for its owner alone. Everything throws WriteError with the path and the reason.
class Database {
 public:
  /// Opens `path`, and makes it when it is missing. A link in its place is not followed, nor is one
  /// in place of its folder; links further up are the owner's business.
  explicit Database(const std::filesystem::path& path);

  /// Runs SQL that has no parameters and no rows.
  void run(const char* sql);

  int number(const char* pragma);  ///< the first column of the only row

  [[noreturn]] void fail() const;
  [[noreturn]] void damaged() const;
  sqlite3* handle() const { return handle_.get(); }

 private:
  struct Close {
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
  };

  OwnerOnly owner_only_;
  std::filesystem::path path_;
  std::unique_ptr<sqlite3, Close> handle_;
};

/// A prepared statement. Parameters and columns count from 1 and from 0, as SQLite has it.
class Statement {
 public:
  Statement(Database& database, const char* sql);

  Statement& bind(int parameter, std::int64_t value);
  Statement& bind(int parameter, std::optional<int> value);
  Statement& bind(int parameter, const std::string& value);

  bool next();  ///< whether there is a row
  void reset();
  std::int64_t integer(int column) const;
  std::int64_t integer(int column, std::int64_t least, std::int64_t most) const;  ///< else it is damaged
  std::optional<int> maybe(int column) const;
  std::string text(int column) const;

 private:
  struct Finish {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };

  Database* database_;
  std::unique_ptr<sqlite3_stmt, Finish> statement_;
};

/// Writes under one lock from its beginning, and takes all back unless it is kept.
class Transaction {
 public:
  explicit Transaction(Database& database) : database_(database) { database.run("BEGIN IMMEDIATE"); }
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  void keep();

 private:
  Database& database_;
  bool kept_ = false;
};

/// Brings a file to version `steps.size()`: `steps[n]` is the SQL that makes version n + 1 of
/// version n. All of it or nothing. Throws WriteError on a file of a newer version.
void migrate(Database& database, std::span<const char* const> steps);

}  // namespace backplan::cli
