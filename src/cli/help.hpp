#pragma once

#include <string>
#include <vector>

namespace backplan::cli {

/// What `backplan help NAME` prints, and a section of the manual.
struct Topic {
  std::string name;
  std::string text;  ///< a title on the first line; the lines after it are indented
};

const std::vector<Topic>& topics();

}  // namespace backplan::cli
