#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "core/model.hpp"
#include "dev/dev.hpp"

namespace backplan::dev {
namespace {

/// The choice of a plan as a mixed integer program in CPLEX's LP format, put together from the meaning of
/// a Model and not from how it is solved here. Only whether an option is taken is said to be whole: what
/// follows from that (where one is, what is fetched, what is covered) then is whole anyway.
class LinearProgram {
 public:
  explicit LinearProgram(const Model& model) : model_(model) {}

  std::string text() {
    fmt::format_to(std::back_inserter(text_), "Maximize\n worth:");
    say_worth();
    text_ += "\nSubject To\n";
    one_of_each_family();
    go_through_positions();
    fetch_things();
    warm_up_before_release();
    cover();
    work();
    row(time_, "<=", model_.budget);
    text_ += "Bounds\n" + bounds_ + "Binaries\n" + binaries() + "End\n";
    return text_;
  }

 private:
  /// " + 3 x", one to a line, as lines are limited.
  static std::string term(std::int64_t times, const std::string& variable) {
    return fmt::format(" {} {} {}\n", times < 0 ? '-' : '+', times < 0 ? -times : times, variable);
  }

  static std::string taken(int item, std::size_t option) { return fmt::format("x{}_{}", item, option); }

  /// The options of an item, each `times` something.
  template <class Times>
  std::string sum(int item, Times times) const {
    std::string terms;
    for (std::size_t k = 0; k < model_.items[item].options.size(); ++k) {
      const auto factor = times(model_.items[item].options[k]);
      if (factor != 0) terms += term(factor, taken(item, k));
    }
    return terms;
  }
  std::string enters(int item, int times) const {
    return sum(item, [&](const Model::Option&) { return times; });
  }

  /// The items that `fit`, each `times`.
  template <class Fit>
  std::string sum_if(Fit fit, int times) const {
    std::string terms;
    for (int i = 0; i < count(); ++i) {
      if (fit(model_.items[i])) terms += enters(i, times);
    }
    return terms;
  }

  int count() const { return static_cast<int>(model_.items.size()); }

  void row(const std::string& terms, const char* relation, std::int64_t right) {
    if (terms.empty()) return;
    fmt::format_to(std::back_inserter(text_), " r{}:{} {} {}\n", rows_++, terms, relation, right);
  }

  std::string up_to(const std::string& variable, std::int64_t most) {
    fmt::format_to(std::back_inserter(bounds_), " 0 <= {} <= {}\n", variable, most);
    return variable;
  }

  void say_worth() {
    std::string terms = " 0 nothing\n";
    bounds_ += " 0 <= nothing <= 0\n";
    for (int i = 0; i < count(); ++i) {
      terms += sum(i, [](const Model::Option& option) { return option.value; });
    }
    for (std::size_t kind = 0; kind < model_.cover.size(); ++kind) {
      for (std::size_t n = 0; n < model_.cover[kind].size(); ++n) {
        terms += term(model_.cover[kind][n], up_to(fmt::format("c{}_{}", kind, n), 1));
      }
    }
    for (int phase = 0; phase < Model::phases; ++phase) {
      const Model::Share& share = model_.shares[phase];
      terms += term(share.per_second, up_to(fmt::format("w{}", phase), share.target));
    }
    text_ += terms;
    for (int i = 0; i < count(); ++i)
      time_ += sum(i, [](const Model::Option& option) { return option.seconds; });
  }

  void one_of_each_family() {
    for (int family = 0; family < model_.families; ++family) {
      row(sum_if([&](const Model::Item& item) { return item.family == family; }, 1), "<=", 1);
    }
  }

  /// Somebody walks past the positions of each phase in order, goes in (e) or not, and is somewhere (p)
  /// after each. Where nobody is nothing can be done. Before the first one is nowhere.
  void go_through_positions() {
    std::vector<std::string> at(model_.positions + 1);
    const int nowhere = model_.positions;
    at[nowhere] = "start";
    bounds_ += " 1 <= start <= 1\n";
    for (int phase = 0; phase < Model::phases; ++phase) {
      for (int to = 0; to < model_.positions; ++to) {
        const auto here = [&](const Model::Item& item) { return item.phase == phase && item.position == to; };
        if (std::ranges::none_of(model_.items, here)) continue;
        std::string arrive;
        for (int from = 0; from <= nowhere; ++from) {
          if (from == to || at[from].empty()) continue;
          const std::string enter = up_to(fmt::format("e{}_{}_{}", phase, to, from), 1);
          const std::string stay = up_to(fmt::format("p{}_{}_{}", phase, to, from), 1);
          row(term(1, stay) + term(1, enter) + term(-1, at[from]), "=", 0);
          if (from != nowhere) time_ += term(model_.change, enter);
          arrive += term(-1, enter);
          at[from] = stay;
        }
        const std::string stay = up_to(fmt::format("p{}_{}_{}", phase, to, to), 1);
        row(term(1, stay) + arrive + (at[to].empty() ? "" : term(-1, at[to])), "=", 0);
        at[to] = stay;
        for (int i = 0; i < count(); ++i) {
          if (here(model_.items[i])) row(enters(i, 1) + term(-1, stay), "<=", 0);
        }
      }
    }
  }

  void fetch_things() {
    for (int thing = 0; thing < model_.things; ++thing) {
      const std::string fetched = up_to(fmt::format("f{}", thing), 1);
      for (int i = 0; i < count(); ++i) {
        if ((model_.items[i].things >> thing & 1) != 0) row(enters(i, 1) + term(-1, fetched), "<=", 0);
      }
      time_ += term(model_.fetch, fetched);
    }
  }

  void warm_up_before_release() {
    const auto warm_ups = sum_if([](const Model::Item& item) { return item.phase == Model::warm_up; }, -1);
    for (int i = 0; i < count(); ++i) {
      if (model_.items[i].phase == Model::release) row(enters(i, 1) + warm_ups, "<=", 0);
    }
  }

  /// As gains do not rise, the first are taken first.
  void cover() {
    for (std::size_t kind = 0; kind < model_.cover.size(); ++kind) {
      std::string times;
      for (std::size_t n = 0; n < model_.cover[kind].size(); ++n)
        times += term(1, fmt::format("c{}_{}", kind, n));
      if (times.empty()) continue;
      row(times + sum_if([&](const Model::Item& item) { return (item.covers >> kind & 1) != 0; }, -1),
          "<=", 0);
    }
  }

  void work() {
    for (int phase = 0; phase < Model::phases; ++phase) {
      std::string all, taken_off;
      for (int i = 0; i < count(); ++i) {
        if (model_.items[i].phase != phase) continue;
        all += sum(i, [](const Model::Option& option) { return option.work; });
        taken_off += sum(i, [](const Model::Option& option) { return -option.work; });
      }
      row(all, "<=", model_.shares[phase].limit);
      row(term(1, fmt::format("w{}", phase)) + taken_off, "<=", 0);
    }
  }

  std::string binaries() const {
    std::string names;
    for (int i = 0; i < count(); ++i) {
      for (std::size_t k = 0; k < model_.items[i].options.size(); ++k) names += " " + taken(i, k) + "\n";
    }
    return names;
  }

  const Model& model_;
  std::string text_, bounds_, time_;
  int rows_ = 0;
};

}  // namespace

std::string linear_program(const Model& model) { return LinearProgram(model).text(); }

}  // namespace backplan::dev
