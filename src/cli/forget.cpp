#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <iostream>
#include <optional>
#include <system_error>

#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/state.hpp"

namespace backplan::cli {
namespace {

namespace fs = std::filesystem;

/// The files that backplan keeps, with the names beside them that SQLite and an interrupted write
/// make. A journal goes before its file: one that outlived it would be played into the next.
constexpr std::array<std::string_view, 5> kept{"log.db-journal", "log.db-wal", "log.db-shm", "log.db",
                                               "screening.yaml"};

std::optional<std::size_t> place(const std::string& name) {
  for (std::size_t i = 0; i < kept.size(); ++i) {
    if (name == kept.at(i)) return i;
  }
  const bool cut_off = name.starts_with("screening.yaml.part-");
  return cut_off ? std::optional(kept.size()) : std::nullopt;
}

/// Whether a name is that of a kept file with something added, as synchronisers, editors and people who copy
/// make it: "screening (1).yaml", "log.sync-conflict-20260101.db", "screening.yaml~".
bool looks_like_copy(const std::string& name) {
  const auto has = [&](std::string_view part) { return name.find(part) != std::string::npos; };
  return has("screening") || (has("log") && has(".db"));
}

std::string why_kept(const std::string& name) {
  return looks_like_copy(name) ? "kept, but it looks like a copy with health data; delete it by hand: "
                               : "kept, as it is not backplan's: ";
}

struct Content {
  std::vector<std::string> ours;  ///< in the order of deleting
  std::vector<std::string> others;
};

Content content_of(const fs::path& folder) {
  Content content;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    (place(name) ? content.ours : content.others).push_back(name);
  }
  if (error && error != std::errc::no_such_file_or_directory) {
    throw WriteError("cannot read '" + folder.string() + "': " + error.message());
  }
  std::ranges::sort(content.ours, {}, [](const std::string& name) { return std::pair(place(name), name); });
  std::ranges::sort(content.others);
  return content;
}

/// Whether the person, on a terminal, says yes.
bool agreed(const fs::path& folder, const std::vector<std::string>& names) {
  if (::isatty(0) != 1) throw UsageError("nobody can be asked here; to delete it: backplan forget --yes");
  tell(shown("In " + folder.string() + ":\n"));
  for (const std::string& name : names) tell(shown("  " + name + "\n"));
  tell("Delete this for good? y or n: ");
  std::string line;
  std::getline(std::cin, line);
  return line == "y" || line == "yes";
}

/// Deletes the names in the folder, and says each. Somebody else may have been faster.
void erase(const fs::path& folder, const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    const fs::path path = folder / name;
    if (::unlink(path.c_str()) == 0) {
      print(shown("deleted " + path.string() + "\n"));
    } else if (errno != ENOENT) {
      throw WriteError("cannot delete '" + path.string() + "': " + std::strerror(errno));
    }
  }
}

bool is_link(const fs::path& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0 && S_ISLNK(status.st_mode);
}

}  // namespace

ExitCode forget(const ForgetOptions& options) {
  const auto folder = state_folder();
  if (folder && is_link(*folder)) {
    throw WriteError("'" + folder->string() + "' is a link, and is not followed; delete it yourself");
  }
  const Content content = folder ? content_of(*folder) : Content{};
  if (content.ours.empty()) {
    print("nothing is saved\n");
  } else if (!options.yes && !agreed(*folder, content.ours)) {
    tell("backplan: nothing was deleted\n");
    return done;
  }
  if (folder) erase(*folder, content.ours);
  for (const std::string& name : content.others) {
    tell(shown("backplan: " + why_kept(name) + (*folder / name).string() + "\n"));
  }
  if (folder) ::rmdir(folder->c_str());  // only when it is empty
  return done;
}

}  // namespace backplan::cli
