#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "backplan/catalog.hpp"
#include "io/utf8.hpp"

namespace backplan {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void cannot_read(const fs::path& file, const std::string& reason) {
  throw ReadError("cannot read '" + file.string() + "': " + reason);
}

/// An open file, closed at the end of its scope.
class File {
 public:
  explicit File(const fs::path& path)
      // Not blocking, so that a pipe nobody writes to is empty and not a wait without end.
      : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {
    if (descriptor_ < 0) cannot_read(path, std::strerror(errno));
  }
  ~File() { ::close(descriptor_); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

void check_not_a_folder(const File& file, const fs::path& path) {
  struct stat status {};
  if (::fstat(file.descriptor(), &status) != 0) cannot_read(path, std::strerror(errno));
  if (S_ISDIR(status.st_mode)) cannot_read(path, "it is a folder");
}

}  // namespace

Document read_document(int descriptor, const std::string& name) {
  Document document{name, {}};
  // One byte more than allowed is read, so that the reader of the text can say that it is too long.
  std::string& text = document.text;
  std::size_t length = 0;
  while (length <= document_limit) {
    // Most files are short, and room that nobody needs is not free.
    if (length == text.size()) text.resize(std::min(2 * length + 4096, document_limit + 1));
    const ssize_t got = ::read(descriptor, text.data() + length, text.size() - length);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) cannot_read(name, std::strerror(errno));
    if (got == 0) break;
    length += static_cast<std::size_t>(got);
  }
  text.resize(length);
  return document;
}

Document read_document(const fs::path& path) {
  const File file(path);
  check_not_a_folder(file, path);
  ::fcntl(file.descriptor(), F_SETFL, 0);  // from here on, wait for a writer that is there
  return read_document(file.descriptor(), path.string());
}

}  // namespace backplan
