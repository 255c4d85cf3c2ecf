#pragma once

#include <cstdint>
#include <vector>

#include "core/outlook.hpp"
#include "core/problem.hpp"

namespace backplan {

/// The best that is known.
struct Incumbent {
  std::vector<Pick> picks;
  Merit value = 0;
};

/// Goes through the stages with a beam: of the beginnings of plans it keeps those that can still become
/// better than the best known, of those that go on alike only what is not outdone by another, and of
/// these at most so many, the most promising.
class Search {
 public:
  /// Both must outlive it.
  Search(const Problem& problem, const Prices& prices);

  /// Improves `best` where it can, with at most `width` labels at a stage. Returns the most that any plan
  /// that was not looked at can be worth: when that is not above the best, the best is proved.
  Merit run(std::size_t width, Incumbent& best);

  /// How many beginnings of plans the last run looked at.
  std::int64_t looks() const { return looks_; }

 private:
  struct Node {
    int before;
    Pick pick;
  };

  void step(int s);
  void keep(Label label, int next);
  void make(const Label& before, int s, const Move& move);
  bool possible(const Label& label, const Stage& stage, const Move& move);
  void drop_outdone();
  void drop_beyond(std::size_t width);
  std::vector<Pick> picks_of(int node) const;

  const Problem& problem_;
  const Model& model_;
  Outlook outlook_;
  std::vector<Node> nodes_;
  std::vector<Label> labels_, next_;
  Merit found_ = 0;
  int found_node_ = -1;
  Merit dropped_ = 0;
  std::int64_t looks_ = 0;
};

}  // namespace backplan
