#pragma once

#include <map>
#include <span>

#include "backplan/contradiction.hpp"
#include "backplan/questionnaire.hpp"
#include "io/yaml_reader.hpp"

namespace backplan {

/// What to write instead of a wrong answer: "answer with yes, no, or unsure".
std::string expected_answer(const Question& question);

/// The answer that `node` states to `question`, or nothing, with a note, when it states none.
std::optional<Value> read_answer(const yaml::Node& node, const Question& question, yaml::Reader& reader);

/// A map of question ids to answers. ~ is no answer. Notes unknown questions and wrong answers;
/// `reserved` names keys of the map that are something else.
Answers read_answers(const yaml::Node& map, std::span<const Question> questions, yaml::Reader& reader,
                     std::span<const std::string> reserved = {});

/// What is wrong, without its place: "severity: '9' does not go with complaint: 'stiff-only' (...)".
Diagnostic diagnostic(const Contradiction& contradiction, const Answers& answers,
                      std::span<const Question> questions);

/// Where answers stand.
using Places = std::map<QuestionId, Location>;
Places places_of(const yaml::Node& map, const yaml::Reader& reader);

/// Notes answers that do not go together.
void check_together(const Answers& answers, const Catalog& catalog, const Places& places, Mistakes& mistakes);

/// Answers, and where they stand.
struct AnswerSheet {
  Answers answers;
  Places places;
};

// Each reads a sheet by itself; only together may answers be compared. They throw InputError.
AnswerSheet read_sheet(const Document& document, std::span<const Question> questions);
AnswerSheet read_sheet(const yaml::Node& map, std::span<const Question> questions, yaml::Reader& reader);

/// Takes over what `more` says, also where `all` says something else.
void put_over(AnswerSheet more, AnswerSheet& all);

/// Throws InputError for answers that do not go together.
void check_together(const AnswerSheet& sheet, const Catalog& catalog);

}  // namespace backplan
