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
  std::vector<std::string> mistakes;
  std::size_t unfinished = 0;  ///< files with more mistakes than these
};

/// Runs `read`, which throws InputError, and collects its mistakes.
template <class Read>
void check(Read read, Checked& checked) {
  try {
    read();
  } catch (const InputError& error) {
    for (const Diagnostic& mistake : error.diagnostics()) checked.mistakes.push_back(to_string(mistake));
    if (error.more()) ++checked.unfinished;
  }
}

/// The word of `schema`, or "" when the document has none or cannot be read.
std::string schema_of(const Document& document) {
  Mistakes mistakes;
  const auto root = yaml::parse(document, mistakes);
  if (!root) return "";
  yaml::Reader reader(document.name);
  const yaml::Node* schema = yaml::Fields(*root, "", reader).find("schema");
  return schema && schema->kind == yaml::Node::Kind::scalar ? schema->text : "";
}

void check_document(const Document& document, const Catalog& catalog, Checked& checked) {
  ++checked.files;
  check(
      [&] {
        const std::string schema = schema_of(document);
        if (schema == "backplan/plan/1") {
          parse_plan(document, catalog.timing);
        } else if (schema.starts_with("backplan/screening/")) {
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
  const auto documents = read_named_folder(folder);
  checked.files += documents.size();
  std::error_code error;
  if (fs::exists(folder / "vocabulary.yaml", error)) {
    parse_catalog(documents);
  } else {
    extend(catalog, documents);
  }
}

void check_library(const LibraryOptions& library, const Catalog& catalog, Checked& checked) {
  const auto documents = own_documents(library);
  checked.files += documents.size();
  extend(catalog, documents);
}

void check_path(const std::string& path, const Catalog& catalog, Checked& checked) {
  std::error_code error;
  if (path != "-" && fs::is_directory(path, error)) {
    check([&] { check_folder(path, catalog, checked); }, checked);
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
    check([&] { check_library(library, catalog, checked); }, checked);
  }
  for (const std::string& path : options.paths) check_path(path, catalog, checked);
  if (checked.mistakes.empty()) {
    print(counted(checked.files, "file") + ", no mistakes\n");
    return done;
  }
  for (const std::string& mistake : checked.mistakes) tell(spelt_out(mistake) + "\n");
  tell("backplan: " + counted(checked.files, "file") + ", " + (checked.unfinished > 0 ? "more than " : "") +
       counted(checked.mistakes.size() - checked.unfinished, "mistake") + "\n");
  return bad_data;
}

}  // namespace backplan::cli
