// Runs two programs in turn, so that whatever else the machine does happens to both.
//   alternate RUNS PROGRAM -- PROGRAM ARGUMENT...
// Prints the median of each: microseconds from start to end, and of processor time.
#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using std::chrono::duration_cast;
using std::chrono::microseconds;
using std::chrono::steady_clock;

struct Program {
  std::vector<char*> words;  ///< and a null
  std::vector<long> wall{};
  std::vector<long> processor{};
};

long of(const timeval& time) { return time.tv_sec * 1'000'000 + time.tv_usec; }

void run(Program& program, const posix_spawn_file_actions_t& silent) {
  const auto begin = steady_clock::now();
  pid_t process = 0;
  if (posix_spawn(&process, program.words[0], &silent, nullptr, program.words.data(), environ) != 0) {
    throw std::runtime_error(program.words[0]);
  }
  int status = 0;
  rusage used{};
  ::wait4(process, &status, 0, &used);
  program.wall.push_back(duration_cast<microseconds>(steady_clock::now() - begin).count());
  program.processor.push_back(of(used.ru_utime) + of(used.ru_stime));
}

long median(std::vector<long> numbers) {
  const auto middle = numbers.begin() + static_cast<std::ptrdiff_t>(numbers.size() / 2);
  std::ranges::nth_element(numbers, middle);
  return *middle;
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc < 5) throw std::runtime_error("RUNS PROGRAM -- PROGRAM ARGUMENT...");
  std::vector<Program> programs(1);
  for (int i = 2; i < argc; ++i) {
    if (std::strcmp(argv[i], "--") == 0) {
      programs.back().words.push_back(nullptr);
      programs.emplace_back();
    } else {
      programs.back().words.push_back(argv[i]);
    }
  }
  programs.back().words.push_back(nullptr);
  posix_spawn_file_actions_t silent;
  posix_spawn_file_actions_init(&silent);
  posix_spawn_file_actions_addopen(&silent, 1, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&silent, 2, "/dev/null", O_WRONLY, 0);
  for (int i = 0; i < std::stoi(argv[1]); ++i) {
    for (Program& program : programs) run(program, silent);
  }
  for (const Program& program : programs) {
    std::printf("%ld %ld ", median(program.wall), median(program.processor));
  }
  std::puts("");
} catch (const std::exception& error) {
  std::fprintf(stderr, "alternate: %s\n", error.what());
  return 1;
}
