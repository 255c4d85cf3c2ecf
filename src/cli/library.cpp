#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <set>

#include "cli/colour.hpp"
#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/pager.hpp"

namespace backplan::cli {
namespace {

namespace fs = std::filesystem;

std::string variable(const char* name, const std::string& otherwise) {
  const char* value = std::getenv(name);
  return value && *value ? value : otherwise;
}

/// The absolute folders of a list with colons; relative ones are ignored, as XDG says.
std::vector<fs::path> folders_of(const std::string& list) {
  std::vector<fs::path> folders;
  std::string folder;
  for (const char c : list + ":") {
    if (c != ':') {
      folder += c;
      continue;
    }
    if (folder.starts_with('/')) folders.emplace_back(folder);
    folder.clear();
  }
  return folders;
}

/// Where data of the person is kept, if that is known.
std::optional<fs::path> data_home() {
  fs::path given = variable("XDG_DATA_HOME", "");
  if (given.is_absolute()) return given;
  const fs::path home = variable("HOME", "");
  return home.is_absolute() ? std::optional(home / ".local" / "share") : std::nullopt;
}

/// The folders of rules and techniques of the site and then of the person, those that there are.
std::vector<fs::path> usual_folders() {
  auto bases = folders_of(variable("XDG_DATA_DIRS", "/usr/local/share:/usr/share"));
  std::ranges::reverse(bases);  // the first of the list is the most important one
  if (const auto own = data_home()) bases.push_back(*own);
  std::vector<fs::path> folders;
  for (const fs::path& base : bases) {
    // One that cannot be looked into, or a link to nowhere, is there, and reading it will say so.
    const fs::path folder = base / "backplan" / "routines";
    std::error_code error;
    if (fs::symlink_status(folder, error).type() != fs::file_type::not_found) folders.push_back(folder);
  }
  return folders;
}

/// Documents of several folders; a file that is reached twice is taken once.
class Collection {
 public:
  void add(std::vector<Document> documents) {
    for (Document& document : documents) {
      std::error_code error;
      const fs::path real = fs::canonical(document.name, error);
      const bool first = error || seen_.insert(real).second;  // one that is gone by now was read all the same
      if (first) all_.push_back(std::move(document));
    }
  }
  std::vector<Document> take() { return std::move(all_); }

 private:
  std::vector<Document> all_;
  std::set<fs::path> seen_;
};

}  // namespace

std::vector<Document> read_named_folder(const fs::path& folder) {
  auto documents = read_documents(folder);
  if (!documents.empty()) return documents;
  throw InputError({{{folder.string(), 0, 0},
                     "",
                     "has no file to read",
                     "name a folder with rules or techniques in files such as my-rule.yaml"}});
}

std::vector<Document> own_documents(const LibraryOptions& options) {
  Collection collection;
  if (!options.no_user_routines) {
    for (const fs::path& folder : usual_folders()) collection.add(read_documents(folder));
  }
  for (const std::string& folder : options.routines) collection.add(read_named_folder(folder));
  return collection.take();
}

namespace {

Catalog read_library(const LibraryOptions& options, builtin::Extent extent) {
  const auto documents = own_documents(options);
  if (documents.empty()) return builtin::catalog(extent);
  return extend(builtin::catalog(builtin::Extent::everything), documents);
}

}  // namespace

const Catalog& load_library(const LibraryOptions& options, builtin::Extent extent) {
  // For as long as the process: taking it apart at the end would take half as long as making it.
  static const Catalog& catalog = *new Catalog(read_library(options, extent));
  return catalog;
}

Document read_input(const std::string& path) {
  return path == "-" ? read_document(0, "standard input") : read_document(path);
}

void deliver(const std::string& document, const PrintOptions& options) {
  if (to_file(options)) {
    write_document(options.file, document, options.force);
  } else {
    print(document);
  }
}

void tell_unused(const PrintOptions& options, bool text) {
  const auto unused = [&](bool given, const std::string& flag, const std::string& what) {
    if (given && !options.quiet)
      tell("backplan: " + flag + " changes nothing here; it is for " + what + "\n");
  };
  unused(!text && !options.width.empty(), "--width", "text");
  unused(!text && options.brief, "--brief", "text");
  unused((!text || to_file(options)) && options.color == "always", "--color always",
         "text on standard output");
  unused(options.force && !to_file(options), "--force", "a file");
}

void deliver_text(const std::string& document, Format format, const PrintOptions& options) {
  const bool colour = wants_colour(options, 1) && format == Format::text && !to_file(options);
  deliver(colour ? in_colour(document) : document, options);
}

void deliver_paged(const std::string& text, const PrintOptions& options) {
  if (to_file(options) || !page(wants_colour(options, 1) ? in_colour(text) : text)) {
    deliver_text(text, Format::text, options);
  }
}

}  // namespace backplan::cli
