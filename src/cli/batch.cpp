#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <unordered_map>

#include "cli/batch_run.hpp"
#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "io/answer_lines.hpp"
#include "io/outcome_lines.hpp"
#include "io/utf8.hpp"

namespace backplan::cli {
namespace {

/// A file, or standard input for "" and "-".
class Input {
 public:
  explicit Input(const std::string& file) : name_(file.empty() || file == "-" ? "standard input" : file) {
    if (name_ != file) return;
    descriptor_ = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor_ < 0) throw ReadError("cannot read '" + file + "': " + std::strerror(errno));
  }
  ~Input() {
    if (descriptor_ != 0) ::close(descriptor_);
  }
  Input(const Input&) = delete;
  Input& operator=(const Input&) = delete;

  int descriptor() const { return descriptor_; }
  const std::string& name() const { return name_; }

 private:
  std::string name_;
  int descriptor_ = 0;
};

/// What is printed for each person of a cohort.
using Print = std::function<void(const Cohort&, std::size_t person, const LineName&, std::string& out)>;

/// Collects sheets until a cohort is full, screens it, and prints its results in the order of the lines.
class ScreeningWork : public LineWork {
 public:
  ScreeningWork(const Compiled& compiled, bool levels, Print print)
      : reader_(compiled), cohort_(compiled), levels_(levels), print_(std::move(print)) {}

  std::size_t read(std::string_view line, std::size_t number, std::string& out) override {
    Read& read = read_.emplace_back(Read{line, number, "", "over 1 MiB"});
    if (line.size() <= document_limit) {
      read.good = reader_.read(line);
      read.id = reader_.id();
      read.error = reader_.error();
    }
    if (read.good) cohort_.add(reader_.sheet());
    return cohort_.size() == Cohort::most_people ? finish(out) : 0;
  }

  std::size_t finish(std::string& out) override {
    cohort_.screen();
    if (!levels_) cohort_.list_rules();
    std::size_t bad = 0;
    std::size_t person = 0;
    for (Read& each : read_) {
      if (each.good && !consistent(each, person++)) each.good = false;
      const LineName name{each.id, each.number};
      if (each.good) {
        print_(cohort_, person - 1, name, out);
      } else {
        write_error(out, name, each.error);
        ++bad;
      }
    }
    read_.clear();
    cohort_.clear();
    return bad;
  }

 private:
  struct Read {
    std::string_view line;
    std::size_t number;
    std::string id;     ///< as JSON
    std::string error;  ///< of one that is not good
    bool good = false;  ///< it is the next person of the cohort
  };

  /// Whether the answers of the line go together; else says what does not. Few do not, so the line is
  /// read once more for its words.
  bool consistent(Read& read, std::size_t person) {
    if (!cohort_.contradicts(person)) return true;
    read.error = reader_.contradiction(read.line);
    return false;
  }

  AnswerLineReader reader_;
  Cohort cohort_;
  bool levels_;
  Print print_;
  std::vector<Read> read_;
};

/// The plans of those who may have one. For whom the same rules hold, the plan is the same.
class Planner {
 public:
  Planner(const Catalog& catalog, const PlanRequest& request) : catalog_(catalog), request_(request) {}

  /// As JSON; "" when none may follow.
  std::string_view operator()(const Cohort& cohort, std::size_t person) {
    if (!plan_may_follow(cohort.outcome(person).stated_level())) return "";
    std::string key = cohort.holding(person);
    const auto known = plans_.find(key);
    if (known != plans_.end()) return known->second;
    const auto constraints = constrain(cohort.screening(person));
    if (!constraints) return "";
    if (plans_.size() == kept) plans_.clear();
    const Plan plan =
        make_plan(catalog_.techniques, *constraints, request_, catalog_.timing, catalog_.objective);
    return plans_.emplace(std::move(key), plan_json(plan)).first->second;
  }

 private:
  static constexpr std::size_t kept = 4096;  // a few MiB

  const Catalog& catalog_;
  const PlanRequest& request_;
  std::unordered_map<std::string, std::string> plans_;
};

ExitCode run(const BatchOptions& options, const MakeLineWork& make) {
  const auto jobs = static_cast<std::size_t>(parse_number("--jobs", options.jobs, 1, 64));
  const Input input(options.file);
  const BatchCount count = run_batch(input.descriptor(), input.name(), jobs, AnswerLineReader::padding, make);
  if (count.bad == 0) return done;
  tell("backplan: " + shown(input.name()) + ": " + std::to_string(count.bad) + " of " +
       std::to_string(count.lines) + " lines could not be read; see their \"error\"\n");
  return bad_data;
}

}  // namespace

ExitCode screen_batch(const ScreenOptions& options, const Catalog& catalog) {
  const Compiled compiled(catalog.questions, catalog.rules);
  const OutcomeWriter writer(compiled);
  const Print level = [&](const Cohort& cohort, std::size_t person, const LineName& name, std::string& out) {
    writer.level(out, name, cohort.outcome(person));
  };
  const Print findings = [&](const Cohort& cohort, std::size_t person, const LineName& name,
                             std::string& out) {
    writer.findings(out, name, cohort.outcome(person), cohort.rules(person), cohort.missing(person));
  };
  return run(options.batch, [&] {
    return std::make_unique<ScreeningWork>(compiled, options.levels, options.levels ? level : findings);
  });
}

ExitCode generate_batch(const BatchOptions& options, const PlanRequest& request, const Catalog& catalog) {
  const Compiled compiled(catalog.questions, catalog.rules);
  const OutcomeWriter writer(compiled);
  return run(options, [&] {
    const auto planner = std::make_shared<Planner>(catalog, request);  // one for each thread
    return std::make_unique<ScreeningWork>(
        compiled, false,
        [&, planner](const Cohort& cohort, std::size_t person, const LineName& name, std::string& out) {
          writer.findings(out, name, cohort.outcome(person), cohort.rules(person), cohort.missing(person),
                          (*planner)(cohort, person));
        });
  });
}

}  // namespace backplan::cli
