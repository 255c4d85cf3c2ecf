#include <cstdlib>
#include <filesystem>

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

}  // namespace

std::vector<fs::path> routine_folders(const LibraryOptions& options) {
  std::vector<fs::path> folders;
  if (!options.no_user_routines) {
    auto bases = folders_of(variable("XDG_DATA_DIRS", "/usr/local/share:/usr/share"));
    // The first of the list is the most important one, so it comes last.
    bases = {bases.rbegin(), bases.rend()};
    const std::string home = variable("HOME", "");
    const std::string own = home.empty() ? "" : home + "/.local/share";
    for (const fs::path& folder : folders_of(variable("XDG_DATA_HOME", own))) bases.push_back(folder);
    for (const fs::path& base : bases) {
      const fs::path folder = base / "backplan" / "routines";
      std::error_code error;
      if (fs::exists(folder, error)) folders.push_back(folder);
    }
  }
  for (const std::string& folder : options.routines) folders.emplace_back(folder);
  return folders;
}

namespace {

Catalog read_library(const LibraryOptions& options, builtin::Extent extent) {
  const auto folders = routine_folders(options);
  Catalog catalog = builtin::catalog(folders.empty() ? extent : builtin::Extent::everything);
  for (const fs::path& folder : folders) {
    const auto documents = read_documents(folder);
    if (!documents.empty()) catalog = extend(std::move(catalog), documents);
  }
  return catalog;
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
