#include "cli/children.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <unistd.h>

#include <algorithm>
#include <string_view>

#include "cli/output.hpp"

namespace backplan::cli {
namespace {

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> all;
  for (std::string& word : words) all.push_back(word.data());
  all.push_back(nullptr);
  return all;
}

/// Ours, with `environment` in place of what has the same name.
std::vector<std::string> whole_environment(const Environment& environment) {
  std::vector<std::string> all;
  for (const auto& [name, value] : environment) all.push_back(name + "=" + value);
  for (char** each = environ; *each != nullptr; ++each) {
    const bool replaced = std::ranges::any_of(
        environment, [&](const auto& own) { return std::string_view(*each).starts_with(own.first + "="); });
    if (!replaced) all.emplace_back(*each);
  }
  return all;
}

/// What a started program gets instead of our streams and signals.
class Surroundings {
 public:
  explicit Surroundings(const sigset_t& signals) {
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&files, 2, 1);
    posix_spawnattr_init(&attributes);
    sigset_t by_default;
    sigemptyset(&by_default);
    sigaddset(&by_default, SIGPIPE);  // we ignore it
    posix_spawnattr_setsigdefault(&attributes, &by_default);
    posix_spawnattr_setsigmask(&attributes, &signals);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  }
  ~Surroundings() {
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
  }
  Surroundings(const Surroundings&) = delete;
  Surroundings& operator=(const Surroundings&) = delete;

  posix_spawn_file_actions_t files{};
  posix_spawnattr_t attributes{};
};

}  // namespace

pid_t start_program(const std::vector<std::string>& words, const Environment& environment,
                    const sigset_t& signals) {
  auto arguments = words;
  auto variables = whole_environment(environment);
  const Surroundings surroundings(signals);
  pid_t process = -1;
  const int error =
      ::posix_spawnp(&process, words.front().c_str(), &surroundings.files, &surroundings.attributes,
                     pointers(arguments).data(), pointers(variables).data());
  return error == 0 ? process : -1;
}

void CueCommand::run(const Environment& environment) {
  if (command_.empty() || failed_) return;
  failed_ = start_program({"sh", "-c", command_}, environment, signals_) < 0;
  if (failed_) tell("backplan: --cue-cmd cannot be started\n");
}

void Voice::say(const std::string& text) {
  if (text.empty()) return;
  if (speaking_ > 0) ::kill(speaking_, SIGTERM);
  text_ = text;
  speaking_ = -1;
  while (!programs_.empty()) {
    auto words = programs_.front();
    words.push_back(text);
    speaking_ = start_program(words, {}, signals_);
    if (speaking_ > 0) return;
    programs_.pop_front();
    if (programs_.empty()) tell("backplan: nothing speaks here; install espeak-ng\n");
  }
}

void Voice::ended(pid_t process, bool well) {
  if (process != speaking_) return;
  speaking_ = -1;
  if (well || programs_.empty()) return;
  programs_.pop_front();
  if (programs_.empty()) tell("backplan: nothing speaks here; install espeak-ng\n");
  say(text_);
}

}  // namespace backplan::cli
