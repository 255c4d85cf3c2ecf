#include "cli/state.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>

#include "backplan/catalog.hpp"
#include "cli/output.hpp"
#include "io/wall_clock.hpp"
#include "io/yaml_reader.hpp"

namespace backplan::cli {
namespace {

namespace fs = std::filesystem;

std::optional<fs::path> absolute(const char* variable) {
  const char* value = std::getenv(variable);
  if (!value || value[0] != '/') return std::nullopt;  // relative ones are ignored, as XDG says
  return fs::path(value);
}

/// The text of a plain file of our own; a link, pipe or folder in its place is not followed.
std::optional<Document> read_plain(const fs::path& path, std::string& note) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (descriptor < 0) {
    if (errno != ENOENT && errno != ENOTDIR) note = std::strerror(errno);
    return std::nullopt;
  }
  struct stat status {};
  const bool plain = ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
  std::optional<Document> document;
  if (plain) document = read_document(descriptor, path.string());
  if (!plain) note = "it is not a file";
  ::close(descriptor);
  return document;
}

/// Of what `save` wrote. To look for one line is enough: the whole is read when its time is right.
std::optional<Time> saved_at(std::string_view text) {
  constexpr std::string_view key = "\nsaved_at: ";
  const auto found = text.find(key);
  if (found == std::string_view::npos) return std::nullopt;
  text.remove_prefix(found + key.size());
  const auto seconds = yaml::whole_number<std::int64_t>(text.substr(0, text.find('\n')));
  if (!seconds || *seconds < 0) return std::nullopt;
  return Time(std::chrono::seconds(*seconds));
}

}  // namespace

std::optional<fs::path> state_folder() {
  auto base = absolute("XDG_STATE_HOME");
  if (!base) {
    const auto home = absolute("HOME");
    if (!home) return std::nullopt;
    base = *home / ".local" / "state";
  }
  return *base / "backplan";
}

void make_state_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder.parent_path(), error);
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
    throw WriteError("cannot make '" + folder.string() + "': " + std::strerror(errno));
  }
  struct stat status {};
  if (::lstat(folder.c_str(), &status) != 0 || !S_ISDIR(status.st_mode)) {
    throw WriteError("'" + folder.string() + "' is not a folder");
  }
  ::chmod(folder.c_str(), 0700);
}

std::optional<fs::path> saved_screening() {
  const auto folder = state_folder();
  if (!folder) return std::nullopt;
  return *folder / "screening.yaml";
}

void save(const fs::path& path, const ScreeningReport& report, const Advice& advice, Time now) {
  make_state_folder(path.parent_path());
  struct stat status {};
  if (::lstat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode)) {
    throw WriteError("'" + path.string() + "' is not a file");
  }
  std::string text = render(report, advice, Format::yaml);
  const auto first_line = text.find('\n') + 1;
  text.insert(first_line, fmt::format("saved_at: {}\n", now.time_since_epoch().count()));
  write_file(path, text, 0600);
}

std::optional<Saved> load(const fs::path& path, const Catalog& catalog, Time now, std::string& note) {
  if (fs::is_symlink(path.parent_path())) {
    note = "its folder is a link";
    return std::nullopt;
  }
  const auto document = read_plain(path, note);
  if (!document) return std::nullopt;
  const auto at = saved_at(document->text);
  if (!at || *at > now) {
    note = "its time cannot be right";
    return std::nullopt;
  }
  if (now - *at > saved_for) {
    note = "it is older than 24 hours";
    return std::nullopt;
  }
  try {
    return Saved{parse_screening(*document, catalog), *at};
  } catch (const InputError&) {
    note = "it is damaged, or from another version";
    return std::nullopt;
  }
}

std::string in_words(Time time) { return minute_text(utc_clock(time)) + " UTC"; }

}  // namespace backplan::cli
