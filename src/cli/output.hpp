#pragma once

#include <filesystem>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

#include "io/utf8.hpp"

namespace backplan::cli {

/// The command line cannot be understood; exit 2.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A name that does not exist; exit 5.
class UnknownName : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// What was asked for could not be written; exit 1.
class WriteError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Before anything else: closed standard streams are opened on /dev/null, so that no file that is
/// opened later takes their place, and a closed pipe is an error and not a death.
void prepare_streams();

/// Writes a whole document to standard output. Throws WriteError.
void print(std::string_view document);

/// A note, question or error for the person, on standard error. What cannot be written is lost.
void tell(std::string_view text);

/// Writes a file whole or not at all: a new file beside it, flushed, takes its place. `mode` is its
/// permission, whatever the umask. Throws WriteError.
void write_file(const std::filesystem::path& path, std::string_view text, unsigned mode);

/// As `write_file`, for `-o`: does not replace a file that is not ours (own_file.hpp), unless forced. What is
/// there already is left as it is.
void write_document(const std::filesystem::path& path, std::string_view document, bool force);

/// "; did you mean 'x'?" or "".
std::string did_you_mean(std::string_view word, std::span<const std::string> known);

}  // namespace backplan::cli
