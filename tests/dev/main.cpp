// For developers: what a change of rules means, and evidence in other forms. Not installed.

#include <cstdio>
#include <exception>
#include <fstream>
#include <sstream>
#include <vector>

#include "backplan/catalog.hpp"
#include "dev/dev.hpp"

namespace backplan::dev {
namespace {

constexpr const char* usage =
    "usage: backplan_dev census [ROUTINES]         answer sheets by level\n"
    "       backplan_dev difference BEFORE [AFTER] sheets with milder or stricter advice\n"
    "       backplan_dev lp MODEL                  for other solvers, in CPLEX's LP format\n"
    "       backplan_dev mutate SOURCE             wrong rules, and what notices them\n"
    "       backplan_dev outcomes SOURCE           tests/spec/outcomes.txt\n"
    "       backplan_dev plan MODEL                the value of the best plan, and whether it is proved\n"
    "       backplan_dev plan-time TIMES MODEL     milliseconds to find it: wall, processor; medians\n"
    "       backplan_dev plan-work MOST            the most beginnings of plans that one of 1 to 60 minutes "
    "takes\n"
    "       backplan_dev smt [ROUTINES]            the proofs' obligations as SMT-LIB 2\n"
    "       backplan_dev trace ROWS                docs/traceability.md\n"
    "ROUTINES, BEFORE and AFTER are folders like routines/; without one: as compiled in.\n"
    "MODEL is: shipped MINUTES all|usual gentle|normal, or: made-up TECHNIQUES MINUTES SEED.\n";

Catalog shipped() { return parse_catalog(builtin_documents()); }

/// The library in the folder that is named there, or as compiled in.
Catalog library(const std::vector<std::string>& words, std::size_t i) {
  return words.size() > i ? parse_catalog(read_documents(words[i])) : shipped();
}

Model model(const std::vector<std::string>& words, std::ptrdiff_t first) {
  return model_of(shipped(), {words.begin() + first, words.end()});
}

std::string content(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read " + path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string run(const std::vector<std::string>& words) {
  const std::string command = words.empty() ? "" : words[0];
  if (command == "census") return census(library(words, 1));
  if (command == "difference" && words.size() > 1) return difference(library(words, 1), library(words, 2));
  if (command == "smt") return smt(library(words, 1));
  if (command == "lp") return linear_program(model(words, 1));
  if (command == "plan") return solved(model(words, 1));
  if (command == "plan-time" && words.size() > 2) return solving_time(model(words, 2), std::stoi(words[1]));
  if (command == "plan-work" && words.size() == 2) return planning_work(shipped(), std::stoll(words[1]));
  if (command == "trace" && words.size() == 2) return traceability(shipped(), content(words[1]));
  if (command == "outcomes" && words.size() == 2) return outcomes(shipped(), words[1]);
  if (command == "mutate" && words.size() == 2) {
    int survivors = 0;
    std::string text = mutations(shipped(), words[1], survivors);
    if (survivors > 0) throw std::runtime_error(text);
    return text;
  }
  throw std::runtime_error(usage);
}

}  // namespace
}  // namespace backplan::dev

int main(int argc, char** argv) {
  try {
    const std::string text = backplan::dev::run({argv + 1, argv + argc});
    return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0 ? 0
                                                                                                       : 1;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
