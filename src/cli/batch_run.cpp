#include "cli/batch_run.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "backplan/diagnostic.hpp"
#include "cli/output.hpp"
#include "io/utf8.hpp"

namespace backplan::cli {
namespace {

/// Whole lines of the input.
struct Block {
  std::vector<char> bytes;     ///< the lines, the padding and what was here before
  std::size_t length = 0;      ///< of the lines
  std::size_t first_line = 1;  ///< number of its first line
  std::size_t turn = 0;        ///< counts blocks
};

bool is_blank(std::string_view line) { return line.find_first_not_of(" \t\r") == std::string_view::npos; }

/// Lines are long, so looking for each end is faster than looking at each byte.
std::size_t line_ends(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) ++count;
  return count;
}

/// Cuts the input into blocks of whole lines.
class Blocks {
 public:
  Blocks(int input, std::string name, std::size_t padding)
      : input_(input), name_(std::move(name)), padding_(padding) {}

  /// The next lines, as soon as there is one; false at the end.
  bool next(Block& block) {
    std::vector<char>& bytes = block.bytes;
    make_room(bytes, rest_.size());
    std::ranges::copy(rest_, bytes.begin());
    std::size_t length = rest_.size();
    std::size_t end = after_last_line(bytes, 0, length);
    while (!ended_ && end == 0 && length <= document_limit) {
      const std::size_t got = read_into(bytes, length);
      end = after_last_line(bytes, length, length + got);
      length += got;
    }
    if (end == 0 && length > document_limit) {
      end = cut_line(bytes);
    } else {
      if (ended_) end = length;  // a last line needs no line end
      rest_.assign(bytes.data() + end, bytes.data() + length);
    }
    block.length = end;
    block.first_line = line_;
    block.turn = turn_++;
    line_ += line_ends({bytes.data(), end});
    return end > 0;
  }

 private:
  void make_room(std::vector<char>& bytes, std::size_t length) const {
    bytes.resize(std::max(bytes.size(), length + chunk + padding_));
  }

  std::size_t read_into(std::vector<char>& bytes, std::size_t length) {
    make_room(bytes, length);
    while (true) {
      const ssize_t got = ::read(input_, bytes.data() + length, chunk);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) throw ReadError("cannot read '" + name_ + "': " + std::strerror(errno));
      ended_ = got == 0;
      return static_cast<std::size_t>(got);
    }
  }

  /// The offset after the last line end in [from, to), or 0.
  static std::size_t after_last_line(const std::vector<char>& bytes, std::size_t from, std::size_t to) {
    while (to > from && bytes[to - 1] != '\n') --to;
    return to > from ? to : 0;
  }

  /// Of a line that is too long the start stays, and the rest of it is read and forgotten.
  std::size_t cut_line(std::vector<char>& bytes) {
    rest_.clear();
    std::vector<char> skipped;
    while (!ended_ && rest_.empty()) {
      const std::size_t got = read_into(skipped, 0);
      const char* got_end = skipped.data() + got;
      const char* line_end = std::find<const char*>(skipped.data(), got_end, '\n');
      rest_.assign(line_end, got_end);  // starts with the end of the cut line
    }
    if (!rest_.empty()) rest_.erase(rest_.begin());
    bytes[document_limit + 1] = '\n';
    return document_limit + 2;
  }

  static constexpr std::size_t chunk = std::size_t{1} << 18;

  int input_;
  std::string name_;
  std::size_t padding_;
  std::vector<char> rest_;  ///< of a line that goes on in the next block
  std::size_t line_ = 1;
  std::size_t turn_ = 0;
  bool ended_ = false;
};

/// How far a batch is, on standard error when that is a terminal.
class Progress {
 public:
  void show(const BatchCount& count) {
    const auto now = std::chrono::steady_clock::now();
    if (!terminal_ || now - last_ < std::chrono::seconds(1)) return;
    last_ = now;
    shown_ = true;
    tell(fmt::format("\rbackplan: {} sheets, {} bad lines", count.lines, count.bad));
  }
  void end() const {
    if (shown_) tell("\n");
  }

 private:
  bool terminal_ = ::isatty(2) == 1;
  bool shown_ = false;
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

/// The threads of a batch. Each takes the next block, works on it, and prints when it is its turn.
class Run {
 public:
  Run(int input, const std::string& name, std::size_t padding) : blocks_(input, name, padding) {}

  BatchCount operator()(std::size_t jobs, const MakeLineWork& make) {
    std::vector<std::thread> others = start(jobs - 1, make);
    guarded(make);
    for (std::thread& other : others) other.join();
    progress_.end();
    if (failure_) std::rethrow_exception(failure_);
    return count_;
  }

 private:
  /// Fewer than `count` where the system gives no more: the results are the same, only later.
  std::vector<std::thread> start(std::size_t count, const MakeLineWork& make) {
    std::vector<std::thread> threads;
    threads.reserve(count);
    try {
      while (threads.size() < count) threads.emplace_back([this, &make] { guarded(make); });
    } catch (const std::exception&) {  // of the system or for want of memory
      tell(fmt::format("backplan: the system gives {} of {} threads\n", threads.size() + 1, count + 1));
    }
    return threads;
  }

  void guarded(const MakeLineWork& make) {
    try {
      work(*make());
    } catch (...) {
      const std::lock_guard lock(printing_);
      if (!failure_) failure_ = std::current_exception();
      turned_.notify_all();
    }
  }

  void work(LineWork& work_on) {
    Block block;
    std::string out;
    while (take(block)) {
      out.clear();
      const BatchCount count = work_through(block, work_on, out);
      if (!put(block.turn, count, out)) return;
    }
  }

  bool take(Block& block) {
    const std::lock_guard lock(reading_);
    return blocks_.next(block);
  }

  static BatchCount work_through(const Block& block, LineWork& work_on, std::string& out) {
    BatchCount count;
    std::string_view left(block.bytes.data(), block.length);
    if (block.turn == 0 && left.starts_with("\xEF\xBB\xBF")) left.remove_prefix(3);
    for (std::size_t number = block.first_line; !left.empty(); ++number) {
      const std::string_view line = left.substr(0, left.find('\n'));
      left.remove_prefix(std::min(left.size(), line.size() + 1));
      if (is_blank(line)) continue;
      ++count.lines;
      count.bad += work_on.read(line, number, out);
    }
    count.bad += work_on.finish(out);
    return count;
  }

  /// Prints when all blocks before have been; false when one of them failed.
  bool put(std::size_t turn, const BatchCount& count, const std::string& out) {
    std::unique_lock lock(printing_);
    turned_.wait(lock, [&] { return turn_ == turn || failure_; });
    if (failure_) return false;
    print(out);
    count_.lines += count.lines;
    count_.bad += count.bad;
    progress_.show(count_);
    ++turn_;
    turned_.notify_all();
    return true;
  }

  std::mutex reading_;
  Blocks blocks_;

  std::mutex printing_;  // holds all below
  std::condition_variable turned_;
  std::size_t turn_ = 0;
  BatchCount count_;
  Progress progress_;
  std::exception_ptr failure_;
};

}  // namespace

BatchCount run_batch(int input, const std::string& name, std::size_t jobs, std::size_t padding,
                     const MakeLineWork& make) {
  return Run(input, name, padding)(jobs, make);
}

}  // namespace backplan::cli
