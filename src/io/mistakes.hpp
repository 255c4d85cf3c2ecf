#pragma once

#include <vector>

#include "backplan/diagnostic.hpp"

namespace backplan {

/// What is wrong with an input so far. At the first one over `most_mistakes` it throws InputError with
/// those before: nothing more is read, so an input of many small mistakes is little work.
class Mistakes {
 public:
  void push_back(Diagnostic mistake) {
    if (all_.size() == most_mistakes) throw InputError(all_, true);
    all_.push_back(std::move(mistake));
  }

  bool empty() const { return all_.empty(); }
  std::size_t size() const { return all_.size(); }
  const std::vector<Diagnostic>& all() const { return all_; }

 private:
  std::vector<Diagnostic> all_;
};

}  // namespace backplan
