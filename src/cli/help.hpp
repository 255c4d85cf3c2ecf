#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace backplan::cli {

/// What `backplan help NAME` prints, and a section of the manual.
struct Topic {
  std::string name;
  std::string text;  ///< a title on the first line; the lines after it are indented
};

const std::vector<Topic>& topics();

/// A text whose lines are longer than 80 columns in lines that are not: what goes on stands under the words
/// after the first wide gap of its line, or under the line's beginning.
std::string folded(std::string_view text);

}  // namespace backplan::cli
