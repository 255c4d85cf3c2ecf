#pragma once

#include <random>
#include <vector>

#include "backplan/contradiction.hpp"

namespace backplan {

/// The answers as one person can give them: none to a question that they close, and an option, the last,
/// where one must be so.
inline Answers consistent(std::span<const Question> questions, Answers answers) {
  for (const Question& question : questions) {
    if (closed(question, answers)) answers.erase(question.id);
    const auto answer = answers.find(question.id);
    if (!question.one_applies || answer == answers.end()) continue;
    if (answer->second == Value{Ticks{}}) answer->second = Ticks{{question.options.back().id}, {}};
  }
  return answers;
}

/// How the answers of made-up people fall; each from 0 to 1.
struct Tendency {
  double silent;  ///< a question is not answered
  double unsure;  ///< a question, or an option of a checklist
  double sign;    ///< an option of a checklist, or another answer than the first
};

/// People whose answers are drawn at random, the same for the same seed on every machine.
class People {
 public:
  People(std::span<const Question> questions, unsigned seed) : questions_(questions), random_(seed) {}

  Answers draw(const Tendency& tendency) { return consistent(questions_, draw_any(tendency)); }

  /// The same of people who contradict themselves.
  Answers draw_any(const Tendency& tendency) {
    Answers answers;
    for (const Question& question : questions_) {
      if (chance(tendency.silent)) continue;
      answers.emplace(question.id,
                      chance(tendency.unsure) ? counted(question, Unsure{}) : answer(question, tendency));
    }
    return answers;
  }

 private:
  // The distributions of the standard library differ from one to the next; the generator does not.
  bool chance(double p) { return static_cast<double>(random_()) < p * 4294967296.0; }
  std::size_t below(std::size_t n) { return random_() % n; }

  Value answer(const Question& question, const Tendency& tendency) {
    switch (question.kind) {
      case QuestionKind::number: {
        const auto span = static_cast<std::size_t>(question.most - question.least + 1);
        return question.least + static_cast<int>(below(span));
      }
      case QuestionKind::checklist:
        return ticks(question, tendency);
      case QuestionKind::scale:
      case QuestionKind::choice:
        break;
    }
    const bool first = !chance(tendency.sign);
    return question.options[first ? 0 : below(question.options.size())].id;
  }

  Ticks ticks(const Question& question, const Tendency& tendency) {
    Ticks ticks;
    for (const Option& option : question.options) {
      if (chance(tendency.sign)) {
        ticks.yes.insert(option.id);
      } else if (chance(tendency.unsure)) {
        ticks.unsure.insert(option.id);
      }
    }
    return ticks;
  }

  std::span<const Question> questions_;
  std::mt19937 random_;
};

}  // namespace backplan
