#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "backplan/diagnostic.hpp"
#include "backplan/export.hpp"
#include "backplan/plan.hpp"
#include "backplan/questionnaire.hpp"
#include "backplan/rule.hpp"
#include "backplan/technique.hpp"

namespace backplan {

/// A text and where it came from, for diagnostics.
struct Document {
  std::string name;
  std::string text;
};

/// Something a technique can ask of a body. Techniques declare demands and rules exclude or ease
/// them, so that neither has to name the other.
struct Demand {
  DemandId id;
  std::string title;
};

struct Equipment {
  EquipmentId id;
  std::string title;
  bool usual = false;  ///< assumed to be at hand when the person does not say
};

struct Position {
  PositionId id;
  std::string title;
};

struct Place {
  PlaceId id;
  std::string title;
};

/// A class of movement.
struct Movement {
  MovementId id;
  std::string title;
};

/// What one word of a technique says about its demands.
struct Implication {
  std::set<DemandId> adds;    ///< a technique with the word has these
  std::set<DemandId> spares;  ///< of a place: what positions add elsewhere, and not where it is the only one

  bool empty() const { return adds.empty() && spares.empty(); }
};

/// Where a statement comes from.
struct Source {
  SourceId id;
  std::string citation;
};

/// What is said for one level.
struct LevelAdvice {
  std::string heading;             ///< names the action
  std::vector<std::string> lines;  ///< what to do and when
};

/// What is said around a screening and a plan; from routines/advice.yaml.
struct Advice {
  std::vector<std::string> covers;  ///< warnings of the sources that these words answer
  std::map<Disposition, LevelAdvice> levels;
  LevelAdvice incomplete;
  std::map<FollowUp, std::string> follow_ups;  ///< none for FollowUp::none
  std::string emergency_numbers;
  std::vector<std::string> check_before;  ///< the four lines before a session
  std::vector<std::string> stop_signs;
  std::string evidence;  ///< how strong the benefit is
  std::string not_a_diagnosis;
};

/// Everything that routines/ says.
struct Catalog {
  std::vector<Demand> demands;
  std::vector<Equipment> equipment;
  std::vector<Position> positions;
  std::vector<Place> places;
  std::vector<Movement> movements;
  std::map<std::string, Implication> implications;  ///< of "position prone" and the like; of "" for all
  std::vector<Source> sources;
  std::vector<Question> questions;
  std::map<std::string, Condition> definitions;  ///< conditions that several rules share
  std::vector<Rule> rules;
  std::vector<Technique> techniques;
  Timing timing;
  Objective objective;
  Advice advice;
  std::string digest;  ///< of the documents it was read from; tells two libraries apart
};

/// The routines/ that this program was built with: what they say, read and checked when it was built.
BACKPLAN_EXPORT Catalog builtin_catalog();

/// The same as texts. `parse_catalog` makes the same Catalog of them, and takes far longer.
BACKPLAN_EXPORT std::vector<Document> builtin_documents();

/// The *.yaml and *.yml files under `directory`, in the byte order of their paths. What other programs leave
/// there and *.md are passed over. Throws ReadError for what cannot be read, and InputError when there are
/// further files, naming them: a rule must not be lost because of its name.
BACKPLAN_EXPORT std::vector<Document> read_documents(const std::filesystem::path& directory);

/// The text of one file, or of what comes through an open descriptor; at most 1 MiB and one byte,
/// so that a longer one is noticed. Throws ReadError.
BACKPLAN_EXPORT Document read_document(const std::filesystem::path& file);
BACKPLAN_EXPORT Document read_document(int descriptor, const std::string& name);

/// Throws InputError unless every name resolves and is defined once, every rule and technique has a
/// source, and every rule has examples, which hold.
BACKPLAN_EXPORT Catalog parse_catalog(std::span<const Document> documents);

/// `catalog` with a person's own rules and techniques. A rule may only be added; a technique that
/// replaces one of the same id keeps at least its demands; none may be in two documents. Throws InputError.
BACKPLAN_EXPORT Catalog extend(Catalog catalog, std::span<const Document> documents);

/// A question that is missing, or has ~, is not answered; `unsure` is an answer.
/// Throws InputError for a question that does not exist, an answer it cannot have, and answers that do
/// not go together.
BACKPLAN_EXPORT Answers parse_answers(const Document& document, const Catalog& catalog);

/// The same of several sheets, of which a later one counts where both answer a question.
BACKPLAN_EXPORT Answers parse_answers(std::span<const Document> documents, const Catalog& catalog);

}  // namespace backplan
