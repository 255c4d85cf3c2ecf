#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <span>
#include <string>

#include "cli/commands.hpp"

namespace backplan::cli {

/// Everything that the command line can set, and which command was asked for.
struct Request {
  LibraryOptions library;
  ScreenOptions screen;
  GenerateOptions generate;
  ListOptions list;
  NameOptions show;
  NameOptions explain;
  RenderOptions render;
  RunOptions session;
  LogAddOptions log_add;
  LogListOptions log_list;
  PrintOptions log_export;
  ForgetOptions forget;
  ValidateOptions validate;
  std::vector<std::string> topic;
  std::function<ExitCode()> run;
};

/// Defines every command and flag on `app`; parsing fills `request`, which must live as long as `app`.
/// The one definition of the command line: help, manual and completion are made from it.
void add_commands(CLI::App& app, Request& request);

/// The same, but only the commands that are among `words`: no others can be meant. None when `help`
/// is, which shows them all.
void add_commands(CLI::App& app, Request& request, std::span<const std::string> words);

std::vector<std::string> command_names();

}  // namespace backplan::cli
