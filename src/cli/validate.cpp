#include <fmt/format.h>

#include <filesystem>

#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "io/yaml_reader.hpp"

namespace backplan::cli {
namespace {

namespace fs = std::filesystem;

/// What was looked at, and what is wrong with it.
struct Checked {
  std::size_t files = 0;
  std::vector<Diagnostic> mistakes;
};

/// Runs `read`, which throws InputError, and collects its mistakes.
template <class Read>
void check(Read read, Checked& checked) {
  try {
    read();
  } catch (const InputError& error) {
    const auto& more = error.diagnostics();
    checked.mistakes.insert(checked.mistakes.end(), more.begin(), more.end());
  }
}

/// The word of `schema`, or "" when the document has none or cannot be read.
std::string schema_of(const Document& document) {
  std::vector<Diagnostic> mistakes;
  const auto root = yaml::parse(document, mistakes);
  if (!root) return "";
  yaml::Reader reader(document.name);
  const yaml::Node* schema = yaml::Fields(*root, "", reader).find("schema");
  return schema && schema->kind == yaml::Node::Kind::scalar ? schema->text : "";
}

void check_document(const Document& document, const Catalog& catalog, Checked& checked) {
  ++checked.files;
  const std::string schema = schema_of(document);
  check(
      [&] {
        if (schema == "backplan/plan/1") {
          parse_plan(document);
        } else if (schema == "backplan/screening/1") {
          parse_screening(document, catalog);
        } else if (schema.empty() || schema == "backplan/answers/1") {
          parse_answers(document, catalog);
        } else {
          extend(catalog, std::vector{document});
        }
      },
      checked);
}

void check_folder(const fs::path& folder, const Catalog& catalog, Checked& checked) {
  const auto documents = read_documents(folder);
  checked.files += documents.size();
  std::error_code error;
  const bool whole = fs::exists(folder / "vocabulary.yaml", error);
  check(
      [&] {
        if (whole) {
          parse_catalog(documents);
        } else {
          extend(catalog, documents);
        }
      },
      checked);
}

void check_path(const std::string& path, const Catalog& catalog, Checked& checked) {
  std::error_code error;
  if (path != "-" && fs::is_directory(path, error)) {
    check_folder(path, catalog, checked);
  } else {
    check_document(read_input(path), catalog, checked);
  }
}

}  // namespace

namespace {

std::string counted(std::size_t count, const std::string& thing) {
  return fmt::format("{} {}{}", count, thing, count == 1 ? "" : "s");
}

}  // namespace

ExitCode validate(const ValidateOptions& options, const LibraryOptions& library) {
  const std::vector<Document> builtin = builtin_documents();
  const Catalog catalog = parse_catalog(builtin);
  Checked checked;
  if (options.paths.empty()) {
    checked.files = builtin.size();
    for (const fs::path& folder : routine_folders(library)) check_folder(folder, catalog, checked);
  }
  for (const std::string& path : options.paths) check_path(path, catalog, checked);
  if (checked.mistakes.empty()) {
    print(counted(checked.files, "file") + ", no mistakes\n");
    return done;
  }
  for (const Diagnostic& mistake : checked.mistakes) tell(shown(to_string(mistake)) + "\n");
  tell("backplan: " + counted(checked.files, "file") + ", " + counted(checked.mistakes.size(), "mistake") +
       "\n");
  return bad_data;
}

}  // namespace backplan::cli
