#include <algorithm>
#include <array>
#include <set>
#include <span>
#include <system_error>

#include "backplan/catalog.hpp"

namespace backplan {
namespace {

namespace fs = std::filesystem;

/// So many files that are not backplan's, at most, can be a mistake; a folder with more is another one.
constexpr std::size_t foreign_limit = 20;

std::string lower(std::string text) {
  for (char& c : text) {
    if ('A' <= c && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

bool is_one_of(std::string_view name, std::span<const std::string_view> names) {
  return std::ranges::find(names, name) != names.end();
}

/// What other programs leave beside the files of people. Nobody keeps a rule under such a name.
bool passed_over(const std::string& name) {
  static constexpr std::array<std::string_view, 2> of_systems{"thumbs.db", "desktop.ini"};
  static constexpr std::array<std::string_view, 3> of_editors{"~", ".bak", ".swp"};
  const bool backup =
      std::ranges::any_of(of_editors, [&](std::string_view end) { return name.ends_with(end); });
  return name.starts_with('.') || (name.starts_with('#') && name.ends_with('#')) || backup ||
         is_one_of(name, of_systems);
}

bool is_document(const std::string& name) { return name.ends_with(".yaml") || name.ends_with(".yml"); }

/// What is there for people to read. "r.yaml.md" is not: that was meant to be a document.
bool is_explanation(const std::string& name) {
  static constexpr std::array<std::string_view, 4> stems{"readme", "license", "licence", "copying"};
  const bool mixed = name.find(".yaml") != name.npos || name.find(".yml") != name.npos;
  return !mixed && (name.ends_with(".md") || is_one_of(name.substr(0, name.find('.')), stems));
}

/// The name that a file would be read under: up to its ".yaml", or with that in place of its ending.
std::string readable_name(const fs::path& file) {
  const std::string name = file.filename().string();
  const std::size_t end = std::min(lower(name).find(".yaml"), lower(name).find(".yml"));
  if (end != std::string::npos) return name.substr(0, end) + ".yaml";
  return fs::path(name).replace_extension(".yaml").string();
}

/// Goes through a folder and those in it, in the order of names.
class FolderReader {
 public:
  explicit FolderReader(fs::path top) : top_(std::move(top)) {}

  std::vector<Document> read() {
    folder(top_);
    if (!mistakes_.empty()) throw InputError(std::move(mistakes_));
    std::ranges::sort(documents_, {}, &Document::name);
    return std::move(documents_);
  }

 private:
  [[noreturn]] static void cannot_read(const fs::path& folder, const std::error_code& error) {
    throw ReadError("cannot read '" + folder.string() + "': " + error.message());
  }

  static std::vector<fs::path> content(const fs::path& folder) {
    std::vector<fs::path> paths;
    std::error_code error;
    for (auto entry = fs::directory_iterator(folder, error); !error && entry != fs::directory_iterator();
         entry.increment(error)) {
      paths.push_back(entry->path());
    }
    if (error) cannot_read(folder, error);
    std::ranges::sort(paths, {}, &fs::path::native);
    return paths;
  }

  void folder(const fs::path& path) {
    std::error_code error;
    const fs::path real = fs::canonical(path, error);
    if (error) cannot_read(path, error);
    if (!seen_.insert(real).second) return;  // links can lead back
    for (const fs::path& each : content(path)) {
      if (passed_over(lower(each.filename().string()))) continue;
      if (fs::is_directory(each, error)) {
        folder(each);
      } else {
        file(each);
      }
    }
  }

  void file(const fs::path& path) {
    const std::string name = lower(path.filename().string());
    if (is_explanation(name)) return;
    if (!is_document(name)) {
      mistakes_.push_back({{path.string(), 0, 0},
                           "",
                           "is not read, and what it says would not hold",
                           "rename it to " + readable_name(path) + ", or move it away"});
      return count_foreign(path);
    }
    documents_.push_back(read_document(path));
    const bool ours = documents_.back().text.find("backplan/") != std::string::npos;
    if (!ours) count_foreign(path);
  }

  /// Thousands of files are not read to say of each that it is none of ours.
  void count_foreign(const fs::path& path) {
    if (++foreign_ < foreign_limit) return;
    throw InputError({{{top_.string(), 0, 0},
                       "",
                       "is no folder of routines: " + std::to_string(foreign_) +
                           " files in it are not backplan's, the last of them " + path.string(),
                       "name the folder that has your rules and techniques, and nothing else"}});
  }

  fs::path top_;
  std::set<fs::path> seen_;
  std::size_t foreign_ = 0;
  std::vector<Document> documents_;
  std::vector<Diagnostic> mistakes_;
};

}  // namespace

std::vector<Document> read_documents(const fs::path& directory) { return FolderReader(directory).read(); }

}  // namespace backplan
