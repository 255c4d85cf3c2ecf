#include "cli/output.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <utility>

#include "backplan/catalog.hpp"
#include "cli/own_file.hpp"
#include "io/utf8.hpp"

namespace backplan::cli {
namespace {

namespace fs = std::filesystem;

bool stdout_was_closed = false;  // set once by prepare_streams, before anything is printed

/// Writes all of it, or returns the error.
int write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

}  // namespace

void prepare_streams() {
  for (const int descriptor : {0, 1, 2}) {
    if (::fcntl(descriptor, F_GETFD) != -1 || errno != EBADF) continue;
    if (descriptor == 1) stdout_was_closed = true;
    // The lowest free number is this one: those below are open by now.
    const int opened = ::open("/dev/null", O_RDWR);
    static_cast<void>(opened);
  }
  std::signal(SIGPIPE, SIG_IGN);
}

void print(std::string_view document) {
  if (stdout_was_closed) throw WriteError("standard output is closed; nothing was printed");
  const int error = write_all(1, document);
  if (error != 0) {
    throw WriteError(std::string("cannot write to standard output: ") + std::strerror(error));
  }
}

void tell(std::string_view text) { write_all(2, text); }

namespace {

[[noreturn]] void cannot_write(const fs::path& path, int error) {
  throw WriteError("cannot write '" + path.string() + "': " + std::strerror(error));
}

/// A file that goes away unless it is kept.
class Temporary {
 public:
  explicit Temporary(const fs::path& beside) : beside_(beside), name_(beside.string() + ".part-XXXXXX") {
    descriptor_ = ::mkostemp(name_.data(), O_CLOEXEC);
    if (descriptor_ < 0) cannot_write(beside_, errno);
  }
  ~Temporary() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!kept_) ::unlink(name_.c_str());
  }
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;

  void fill(std::string_view text, unsigned mode) {
    if (::fchmod(descriptor_, mode) != 0) cannot_write(beside_, errno);
    if (const int error = write_all(descriptor_, text)) cannot_write(beside_, error);
    if (::fsync(descriptor_) != 0) cannot_write(beside_, errno);
    const int closed = ::close(std::exchange(descriptor_, -1));
    if (closed != 0) cannot_write(beside_, errno);
  }

  void keep() {
    if (::rename(name_.c_str(), beside_.c_str()) != 0) cannot_write(beside_, errno);
    kept_ = true;
  }

 private:
  fs::path beside_;
  std::string name_;
  int descriptor_ = -1;
  bool kept_ = false;
};

/// After a power cut the folder must know the new file, too. Not all file systems can; that is no
/// reason to fail.
void flush_folder(const fs::path& file) {
  const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

}  // namespace

void write_file(const fs::path& path, std::string_view text, unsigned mode) {
  Temporary file(path);
  file.fill(text, mode);
  file.keep();
  flush_folder(path);
}

void write_document(const fs::path& path, std::string_view document, bool force) {
  struct stat status {};
  const bool exists = ::lstat(path.c_str(), &status) == 0;
  if (exists && !S_ISREG(status.st_mode)) {
    throw WriteError(in_quotes(path.string()) + " is not a file; choose another name for -o");
  }
  if (exists && !force) {
    const std::string before = read_document(path).text;
    if (before == document) return;
    if (!is_ours(before)) {
      throw WriteError("'" + path.string() +
                       "' was not written by backplan, or was changed since, and is kept; "
                       "use --force to replace it");
    }
  }
  const unsigned mode = exists ? status.st_mode & 0777 : 0600;  // answers about health, for their owner
  write_file(path, document, mode);
}

std::string did_you_mean(std::string_view word, std::span<const std::string> known) {
  const std::string near = nearest(word, known);
  return near.empty() ? "" : "; did you mean '" + near + "'?";
}

}  // namespace backplan::cli
