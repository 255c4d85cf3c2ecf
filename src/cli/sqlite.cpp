#include "cli/sqlite.hpp"

#include <dlfcn.h>

#include <type_traits>

#include "cli/output.hpp"

namespace backplan::cli {
namespace {

[[noreturn]] void cannot_load() {
  throw WriteError(std::string("cannot load SQLite, which a log needs: ") + ::dlerror());
}

sqlite3_api_routines loaded() {
  void* const library = ::dlopen("libsqlite3.so.0", RTLD_NOW | RTLD_LOCAL);
  if (!library) cannot_load();
  const auto find = [library](const char* name, auto& function) {
    function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(::dlsym(library, name));
    if (!function) cannot_load();
  };
  sqlite3_api_routines all{};
  find("sqlite3_bind_int64", all.bind_int64);
  find("sqlite3_bind_null", all.bind_null);
  find("sqlite3_bind_text64", all.bind_text64);
  find("sqlite3_busy_timeout", all.busy_timeout);
  find("sqlite3_clear_bindings", all.clear_bindings);
  find("sqlite3_close_v2", all.close_v2);
  find("sqlite3_column_bytes", all.column_bytes);
  find("sqlite3_column_int64", all.column_int64);
  find("sqlite3_column_text", all.column_text);
  find("sqlite3_column_type", all.column_type);
  find("sqlite3_db_config", all.db_config);
  find("sqlite3_errcode", all.errcode);
  find("sqlite3_errmsg", all.errmsg);
  find("sqlite3_exec", all.exec);
  find("sqlite3_finalize", all.finalize);
  find("sqlite3_last_insert_rowid", all.last_insert_rowid);
  find("sqlite3_open_v2", all.open_v2);
  find("sqlite3_prepare_v2", all.prepare_v2);
  find("sqlite3_reset", all.reset);
  find("sqlite3_step", all.step);
  return all;
}

}  // namespace

const sqlite3_api_routines* sqlite3_api = nullptr;

void load_sqlite() {
  static const sqlite3_api_routines all = loaded();
  sqlite3_api = &all;
}

}  // namespace backplan::cli
