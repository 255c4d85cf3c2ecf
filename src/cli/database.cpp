#include "cli/database.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "cli/output.hpp"

namespace backplan::cli {
namespace {

namespace fs = std::filesystem;

constexpr int patience = 5000;  // milliseconds that one process waits for another

[[noreturn]] void cannot_open(const fs::path& path, const std::string& why) {
  throw WriteError("cannot open '" + path.string() + "': " + why);
}

/// A plain file with mode 0600 is at `path` afterwards, new or old.
void make_private(const fs::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600);
  if (descriptor < 0) cannot_open(path, errno == ELOOP ? "it is a link" : std::strerror(errno));
  struct stat status {};
  const bool plain = ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
  const bool closed_up = plain && ::fchmod(descriptor, 0600) == 0;
  ::close(descriptor);
  if (!plain) cannot_open(path, "it is not a file");
  if (!closed_up) cannot_open(path, "it cannot be made readable by you alone");
}

/// SQLite refuses links anywhere in a path, but above our own folder they are nobody's trick.
fs::path without_links_above(const fs::path& path) {
  std::error_code error;
  const fs::path folder = fs::canonical(path.parent_path(), error);
  if (error) cannot_open(path, error.message());
  return folder / path.filename();
}

}  // namespace

OwnerOnly::OwnerOnly() : before_(::umask(077)) {}
OwnerOnly::~OwnerOnly() { ::umask(before_); }

Database::Database(const fs::path& path) : path_(path) {
  load_sqlite();
  make_private(path);
  sqlite3* handle = nullptr;
  const int opened =
      sqlite3_open_v2(without_links_above(path).c_str(), &handle,
                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_NOMUTEX, nullptr);
  handle_.reset(handle);
  if (opened != SQLITE_OK) fail();
  sqlite3_busy_timeout(handle, patience);
  // A file that somebody else has changed runs nothing of its own.
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
  run("PRAGMA temp_store=MEMORY");  // nothing in /tmp
  run("PRAGMA secure_delete=ON");   // what is deleted is overwritten
  run("PRAGMA synchronous=EXTRA");  // a power cut right after "recorded" loses nothing
  run("PRAGMA foreign_keys=ON");
}

void Database::damaged() const {
  cannot_open(path_, "it is damaged, or not a log; backplan forget deletes it");
}

void Database::fail() const {
  const int code = handle_ ? sqlite3_errcode(handle_.get()) : SQLITE_NOMEM;
  if (code == SQLITE_NOTADB || code == SQLITE_CORRUPT) damaged();
  cannot_open(path_, code == SQLITE_BUSY ? "another backplan is using it"
                     : handle_           ? sqlite3_errmsg(handle_.get())
                                         : "out of memory");
}

void Database::run(const char* sql) {
  if (sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail();
}

int Database::number(const char* pragma) {
  Statement statement(*this, pragma);
  statement.next();
  return static_cast<int>(statement.integer(0));
}

Statement::Statement(Database& database, const char* sql) : database_(&database) {
  sqlite3_stmt* statement = nullptr;
  const int prepared = sqlite3_prepare_v2(database.handle(), sql, -1, &statement, nullptr);
  statement_.reset(statement);
  if (prepared != SQLITE_OK) database.fail();
}

Statement& Statement::bind(int parameter, std::int64_t value) {
  if (sqlite3_bind_int64(statement_.get(), parameter, value) != SQLITE_OK) database_->fail();
  return *this;
}

Statement& Statement::bind(int parameter, std::optional<int> value) {
  if (value) return bind(parameter, std::int64_t{*value});
  if (sqlite3_bind_null(statement_.get(), parameter) != SQLITE_OK) database_->fail();
  return *this;
}

Statement& Statement::bind(int parameter, const std::string& value) {
  const int bound = sqlite3_bind_text64(statement_.get(), parameter, value.data(), value.size(),
                                        SQLITE_TRANSIENT, SQLITE_UTF8);
  if (bound != SQLITE_OK) database_->fail();
  return *this;
}

bool Statement::next() {
  const int result = sqlite3_step(statement_.get());
  if (result != SQLITE_ROW && result != SQLITE_DONE) database_->fail();
  return result == SQLITE_ROW;
}

void Statement::reset() {
  sqlite3_reset(statement_.get());
  sqlite3_clear_bindings(statement_.get());
}

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(statement_.get(), column); }

std::int64_t Statement::integer(int column, std::int64_t least, std::int64_t most) const {
  const std::int64_t value = integer(column);
  if (value < least || value > most) database_->damaged();
  return value;
}

std::optional<int> Statement::maybe(int column) const {
  if (sqlite3_column_type(statement_.get(), column) == SQLITE_NULL) return std::nullopt;
  return static_cast<int>(integer(column));
}

std::string Statement::text(int column) const {
  const auto* bytes = sqlite3_column_text(statement_.get(), column);
  const int size = sqlite3_column_bytes(statement_.get(), column);
  return bytes ? std::string(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size)) : "";
}

Transaction::~Transaction() {
  if (!kept_) sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Transaction::keep() {
  database_.run("COMMIT");
  kept_ = true;
}

void migrate(Database& database, std::span<const char* const> steps) {
  const auto version = [&database] { return database.number("PRAGMA user_version"); };
  const int latest = static_cast<int>(steps.size());
  if (version() == latest) return;
  Transaction transaction(database);
  const int found = version();  // again: another process may have migrated it meanwhile
  if (found < 0 || found > latest) {
    throw WriteError(
        fmt::format("the log is of version {}, and this backplan knows {} at most; use the newer backplan",
                    found, latest));
  }
  for (const char* step : steps.subspan(static_cast<std::size_t>(found))) database.run(step);
  database.run(fmt::format("PRAGMA user_version={}", latest).c_str());
  transaction.keep();
}

}  // namespace backplan::cli
