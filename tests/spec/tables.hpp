#pragma once

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "backplan/catalog.hpp"
#include "backplan/contradiction.hpp"
#include "backplan/report.hpp"

namespace backplan::spec {

inline const Catalog& shipped() {
  static const Catalog catalog = parse_catalog(builtin_documents());
  return catalog;
}

/// The answers that a fragment of YAML gives.
inline Answers given(const std::string& fragment) { return parse_answers({"fragment", fragment}, shipped()); }

/// An answer sheet of somebody of 35 with nothing to report; a fragment of YAML overrides it.
inline Answers sheet(const std::string& fragment) {
  Answers answers;
  for (const Question& question : shipped().questions) {
    switch (question.kind) {
      case QuestionKind::scale:
      case QuestionKind::choice:
        answers[question.id] = question.options.front().id;
        break;
      case QuestionKind::checklist:
        answers[question.id] = Ticks{};
        break;
      case QuestionKind::number:
        answers[question.id] = question.id.text == "age" ? 35 : 0;
        break;
    }
  }
  answers[{"already-checked"}] = OptionId{"no"};
  const Answers stated = given(fragment);
  for (const auto& [id, value] : stated) answers[id] = value;
  // Who has nothing to report is not asked how it goes.
  std::erase_if(answers, [&](const auto& answer) {
    return !stated.contains(answer.first) && closed(*find(shipped().questions, answer.first), answers);
  });
  return answers;
}

inline std::vector<std::string> lines_of(const std::string& file) {
  std::ifstream stream(std::string(SOURCE_DIR "/tests/spec/") + file);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) {
    if (!line.empty() && line.front() != '#') lines.push_back(line);
  }
  return lines;
}

inline std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(' ');
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

/// The first `count - 1` fields of a line, and the rest.
inline std::vector<std::string> split(const std::string& line, char by, std::size_t count) {
  std::vector<std::string> fields;
  std::size_t start = 0;
  while (fields.size() + 1 < count) {
    const auto end = line.find(by, start);
    if (end == std::string::npos) break;
    fields.push_back(trimmed(line.substr(start, end - start)));
    start = end + 1;
  }
  fields.push_back(trimmed(line.substr(start)));
  return fields;
}

inline int rank(const std::string& level) {
  for (int i = 0; i < disposition_count; ++i) {
    if (name(static_cast<Disposition>(i)) == level) return i;
  }
  throw std::runtime_error("unknown level " + level);
}

/// One line of floors.txt.
struct Floor {
  std::string line;
  int least = 0;
  int most = disposition_count - 1;
  Answers answers;
};

inline std::vector<Floor> floors() {
  std::vector<Floor> all;
  for (const std::string& line : lines_of("floors.txt")) {
    const auto fields = split(line, '|', 4);
    if (fields.size() != 4) throw std::runtime_error("floors.txt: " + line);
    all.push_back(
        {line, rank(fields[1]), rank(fields[2] == "-" ? "emergency" : fields[2]), sheet(fields[3])});
  }
  return all;
}

/// One row of exclusions.csv: X excluded, C careful, o neither, for each demand.
struct MatrixRow {
  std::string id;
  std::map<DemandId, char> cells;
  Answers given;    ///< that put a person in the row
  Answers answers;  ///< with nothing else to report
};

inline std::vector<MatrixRow> matrix() {
  const auto lines = lines_of("exclusions.csv");
  const auto header = split(lines.at(0), ',', 16);
  std::vector<MatrixRow> rows;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const auto fields = split(lines[i], ',', 16);
    if (fields.size() != 16) throw std::runtime_error("exclusions.csv: " + lines[i]);
    if (fields[0] == "R39") continue;  // no plan at all: a level, in floors.txt
    std::string fragment = fields[15];
    std::erase(fragment, '"');
    MatrixRow row{fields[0], {}, given(fragment), sheet(fragment)};
    for (std::size_t column = 1; column < 15; ++column) {
      std::string demand = header[column];
      std::ranges::replace(demand, '_', '-');
      row.cells[{demand}] = fields[column].at(0);
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

/// Whether `total` keeps a cell.
inline bool kept(char cell, const DemandId& demand, const Consequence& total) {
  if (cell == 'X') return total.exclude.contains(demand);
  return cell != 'C' || total.exclude.contains(demand) || total.ease.contains(demand);
}

}  // namespace backplan::spec
