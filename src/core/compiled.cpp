#include "core/compiled.hpp"

#include <algorithm>
#include <tuple>

#include "core/says_nothing.hpp"

namespace backplan {
namespace {

std::size_t option_of(const Question& question, const OptionId& id) {
  const auto option = std::ranges::find(question.options, id, &Option::id);
  return static_cast<std::size_t>(option - question.options.begin());
}

}  // namespace

void Sheet::clear() {
  yes.clear();
  unsure.clear();
  answered.clear();
  reporting.clear();
}

Compiled::Compiled(std::span<const Question> questions, std::span<const Rule> rules)
    : questions_(questions), rules_(rules), book_(rules, questions), asked_(book_.questions().size()) {
  find_counted();
  for (const Question& question : questions) {
    known_.push_back(known(question));
    if (const auto at = book_.find(question.id)) asked_[*at] = known_.size() - 1;
    if (question.gate) gated_.push_back({known_.size() - 1, book_.roots()[rules.size() + gated_.size()]});
  }
}

/// What the nodes of rules stand on comes before them.
void Compiled::find_counted() {
  counted_.resize(book_.nodes().size());
  for (std::size_t rule = 0; rule < rules_.size(); ++rule) counted_[book_.roots()[rule]] = true;
  for (std::size_t i = book_.nodes().size(); i-- > book_.atoms().size();) {
    if (!counted_[i]) continue;
    for (const Index part : book_.parts(book_.nodes()[i])) counted_[part] = true;
  }
}

Compiled::Known Compiled::known(const Question& question) const {
  const std::vector<Index> nowhere_yet(question.options.size(), nowhere);
  Known known{question.gate.has_value(), 0, 0, nowhere_yet, {}};
  if (const auto at = book_.find(question.id)) std::tie(known.first, known.end) = book_.atoms_of(*at);
  for (Index atom = known.first; atom < known.end; ++atom) {
    const std::size_t option = option_of(question, book_.atoms()[atom].option);
    if (option < known.options.size()) known.options[option] = atom;
  }
  for (std::size_t i = 0; i < question.options.size(); ++i) {
    const bool nothing = question.kind != QuestionKind::checklist && says_nothing(question.options[i].id);
    const Index atom = known.options[i];
    known.reporting.push_back(known.gated && (!nothing || (atom != nowhere && counted_[atom])));
  }
  return known;
}

void Compiled::none(Sheet& sheet, std::size_t question) const { sheet.answered.push_back(question); }

void Compiled::unsure(Sheet& sheet, std::size_t question) const {
  none(sheet, question);
  const Known& known = known_[question];
  for (Index atom = known.first; atom < known.end; ++atom) sheet.unsure.push_back(atom);
  if (known.gated) sheet.reporting.push_back(question);
}

void Compiled::tick(Sheet& sheet, std::size_t question, std::size_t option, Tri how) const {
  const Known& known = known_[question];
  const Index atom = known.options[option];
  if (atom != nowhere) (how == Tri::yes ? sheet.yes : sheet.unsure).push_back(atom);
  if (known.reporting[option]) sheet.reporting.push_back(question);
}

void Compiled::number(Sheet& sheet, std::size_t question, int number) const {
  none(sheet, question);
  const Known& known = known_[question];
  for (Index atom = known.first; atom < known.end; ++atom) {
    if (!book_.atoms()[atom].holds(number)) continue;
    sheet.yes.push_back(atom);
    if (known.gated && counted_[atom]) sheet.reporting.push_back(question);
  }
}

void Compiled::answer(Sheet& sheet, std::size_t question, const Value& value) const {
  if (std::holds_alternative<Unsure>(value)) return unsure(sheet, question);
  if (const int* a_number = std::get_if<int>(&value)) return number(sheet, question, *a_number);
  none(sheet, question);
  const auto add = [&](const OptionId& id, Tri how) {
    tick(sheet, question, option_of(questions_[question], id), how);
  };
  if (const OptionId* id = std::get_if<OptionId>(&value)) add(*id, Tri::yes);
  if (const Ticks* ticks = std::get_if<Ticks>(&value)) {
    for (const OptionId& id : ticks->yes) add(id, Tri::yes);
    for (const OptionId& id : ticks->unsure) add(id, Tri::unsure);
  }
}

Sheet Compiled::sheet(const Answers& answers) const {
  Sheet sheet;
  for (std::size_t i = 0; i < questions_.size(); ++i) {
    const auto value = answers.find(questions_[i].id);
    if (value != answers.end()) answer(sheet, i, value->second);
  }
  return sheet;
}

}  // namespace backplan
