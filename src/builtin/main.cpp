// Reads routines/ as the program reads anybody's, and writes it as C++ to be compiled into the program:
// the texts, and the Catalog that they give. Runs while backplan is built and is not installed.
// usage: embed FOLDER FILE

#include <fstream>
#include <iostream>

#include "builtin/packed.hpp"

namespace {

using namespace backplan;

/// `text` as string literals of some lines.
std::string literal(std::string_view text) {
  constexpr std::string_view digits = "01234567";
  std::string out = "\"";
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (i > 0 && i % 100 == 0) out += "\"\n\"";
    const bool plain = byte >= ' ' && byte < 0x7F && byte != '"' && byte != '\\' && byte != '?';
    if (plain) out += text[i];
    if (!plain) out += {'\\', digits[byte >> 6], digits[(byte >> 3) & 7], digits[byte & 7]};
  }
  return out + "\"";
}

std::string source(const std::vector<Document>& documents) {
  builtin::Packer packer;
  packer.pack(parse_catalog(documents));
  const std::string packed = packer.take();
  std::string out =
      "// Made from routines/.\n\n#include \"backplan/catalog.hpp\"\n\nnamespace backplan {\n\n"
      "std::vector<Document> builtin_documents() {\n  return {\n";
  for (const Document& document : documents) {
    out += "{" + literal(document.name) + ",\n" + literal(document.text) + "},\n";
  }
  out += "  };\n}\n\nnamespace builtin {\n\nextern const std::string_view packed_catalog;\n";
  out += "constinit const std::string_view packed_catalog(\n" + literal(packed) + ",\n" +
         std::to_string(packed.size()) + ");\n\n}  // namespace builtin\n}  // namespace backplan\n";
  return out;
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 3) throw std::runtime_error("give a folder and a file");
  std::ofstream out(argv[2], std::ios::binary);
  out << source(read_documents(argv[1])) << std::flush;
  if (!out) throw std::runtime_error(std::string("cannot write ") + argv[2]);
} catch (const InputError& error) {
  for (const Diagnostic& mistake : error.diagnostics()) std::cerr << to_string(mistake) << '\n';
  return 1;
} catch (const std::exception& error) {
  std::cerr << "embed: " << error.what() << '\n';
  return 1;
}
