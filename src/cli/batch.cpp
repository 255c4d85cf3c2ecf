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
#include "io/answers.hpp"
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

/// What one thread needs to read sheets and write results; it does not move.
struct Desk {
  Desk(const Compiled& compiled, const OutcomeWriter& results)
      : compiled(compiled), reader(compiled), screener(compiled), writer(results) {}

  /// Whether `line` is a sheet; else its error is in `out`.
  bool read(std::string_view line, std::size_t number, std::string& out) {
    name = {{}, number};
    if (line.size() > document_limit) {
      write_error(out, name, "over 1 MiB");
      return false;
    }
    const bool good = reader.read(line);
    name.id = reader.id();
    if (!good) write_error(out, name, reader.error());
    return good;
  }

  /// Whether the answers that were just screened go together; else what does not is in `out`.
  bool consistent(std::string& out) const {
    if (!screener.contradicts(reader.sheet())) return true;
    const Answers answers = reader.answers();
    const auto all = contradictions(compiled.questions(), compiled.rules(), answers);
    const Diagnostic first = diagnostic(all.front(), answers, compiled.questions());
    write_error(out, name, first.field + ": " + first.message + "; " + first.hint);
    return false;
  }

  const Compiled& compiled;
  AnswerLineReader reader;
  Screener screener;
  const OutcomeWriter& writer;
  LineName name;
};

LineWork screening_work(const Compiled& compiled, const OutcomeWriter& writer, bool levels) {
  auto desk = std::make_shared<Desk>(compiled, writer);
  return [desk, levels](std::string_view line, std::size_t number, std::string& out) {
    if (!desk->read(line, number, out)) return false;
    const Sheet& sheet = desk->reader.sheet();
    const Outcome& outcome = levels ? desk->screener.level(sheet) : desk->screener.findings(sheet);
    if (!desk->consistent(out)) return false;
    if (levels) desk->writer.level(out, desk->name, outcome);
    if (!levels) desk->writer.findings(out, desk->name, outcome);
    return true;
  };
}

/// The plans of those who may have one. For whom the same rules hold, the plan is the same.
class Planner {
 public:
  Planner(const Catalog& catalog, const PlanRequest& request) : catalog_(catalog), request_(request) {}

  /// As JSON; "" when none may follow. The screener has just screened `sheet`.
  std::string_view operator()(Screener& screener, const Sheet& sheet) {
    const Bits holding = screener.holding();
    std::string key(reinterpret_cast<const char*>(holding.data()), holding.size() * sizeof holding[0]);
    const auto known = plans_.find(key);
    if (known != plans_.end()) return known->second;
    const auto constraints = constrain(screener.screening(sheet));
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

LineWork planning_work(const Compiled& compiled, const OutcomeWriter& writer, const Catalog& catalog,
                       const PlanRequest& request) {
  auto desk = std::make_shared<Desk>(compiled, writer);
  auto planner = std::make_shared<Planner>(catalog, request);
  return [desk, planner](std::string_view line, std::size_t number, std::string& out) {
    if (!desk->read(line, number, out)) return false;
    const Sheet& sheet = desk->reader.sheet();
    const Outcome& outcome = desk->screener.findings(sheet);
    if (!desk->consistent(out)) return false;
    const std::string_view plan =
        plan_may_follow(outcome.stated_level()) ? (*planner)(desk->screener, sheet) : "";
    desk->writer.plan(out, desk->name, outcome, plan);
    return true;
  };
}

ExitCode run(const BatchOptions& options, const std::function<LineWork()>& make) {
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
  return run(options.batch, [&] { return screening_work(compiled, writer, options.levels); });
}

ExitCode generate_batch(const BatchOptions& options, const PlanRequest& request, const Catalog& catalog) {
  const Compiled compiled(catalog.questions, catalog.rules);
  const OutcomeWriter writer(compiled);
  return run(options, [&] { return planning_work(compiled, writer, catalog, request); });
}

}  // namespace backplan::cli
