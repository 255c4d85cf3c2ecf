// Writes the manual page and the completion scripts. Runs while backplan is built and is not
// installed.

#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>

#include "cli/command_line.hpp"
#include "manual/definition.hpp"

namespace {

void write(const std::filesystem::path& file, const std::string& text) {
  std::ofstream out(file, std::ios::binary);
  out << text << std::flush;
  if (!out) throw std::runtime_error("cannot write " + file.string());
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 3) throw std::runtime_error("give a folder and the date of the manual");
  const std::filesystem::path folder = argv[1];
  using namespace backplan;
  CLI::App app;
  cli::Request request;
  cli::add_commands(app, request);
  const auto definition = manual::define(app);
  const auto values = manual::completions(definition, parse_catalog(builtin_documents()));
  write(folder / "backplan.1", manual::manual(definition, argv[2]));
  write(folder / "backplan.bash", manual::bash(definition, values));
  write(folder / "_backplan", manual::zsh(definition, values));
  write(folder / "backplan.fish", manual::fish(definition, values));
} catch (const std::exception& error) {
  std::cerr << "manual: " << error.what() << '\n';
  return 1;
}
