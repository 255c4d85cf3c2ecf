#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "backplan/catalog.hpp"
#include "backplan/export.hpp"
#include "backplan/plan.hpp"
#include "backplan/screening.hpp"

namespace backplan {

// What is printed about a screening or a plan, as plain values with all their texts. Every format
// is made from these, and a saved document is read back into them.

/// An answer in words.
struct Said {
  QuestionId question;
  std::string ask;     ///< the question as asked
  std::string answer;  ///< the part of the answer that mattered: "chest pain, pressure or tightness"
  bool unsure = false;

  friend bool operator==(const Said&, const Said&) = default;
};

/// A rule that adds something to the advice, and why.
struct Reason {
  RuleId rule;
  std::string title;
  Disposition level = Disposition::self_care;
  FollowUp follow_up = FollowUp::none;
  std::vector<std::string> exclude;  ///< demands
  std::vector<std::string> ease;     ///< demands
  std::string why;
  std::vector<Said> answers;
  std::vector<std::string> sources;  ///< ids of the vocabulary

  friend bool operator==(const Reason&, const Reason&) = default;
};

/// A question still to be answered.
struct Missing {
  QuestionId question;
  std::string ask;

  friend bool operator==(const Missing&, const Missing&) = default;
};

/// One screening; `backplan/screening/2`.
struct ScreeningReport {
  std::string version;                                        ///< of the program that made it
  std::string library;                                        ///< digest of the rules that it was made from
  std::optional<Disposition> level = Disposition::emergency;  ///< as `stated_level` gives it
  FollowUp follow_up = FollowUp::none;                        ///< established so far
  std::vector<Reason> reasons;                                ///< most urgent first
  std::vector<Missing> missing;                               ///< not empty: the screening is incomplete
  Answers answers;

  bool incomplete() const { return !missing.empty(); }
};

/// One line of a plan.
struct PlanStep {
  TechniqueId id;
  std::string name;
  Phase phase = Phase::mobilise;
  std::string position;
  std::vector<std::string> equipment;
  Sides sides = Sides::none;
  Dose dose;
  int setup_seconds = 0;  ///< moving, fetching and getting ready
  int work_seconds = 0;   ///< both sides and the change between them
  int points = 0;         ///< what it adds to the worth of those before it
  std::string cue;
  std::vector<std::string> steps;
  std::string breathing;
  std::string feel;
  std::vector<std::string> stop_if;
  std::string easier;
  std::string harder;
  std::string why;    ///< why it is in: its phase, or that it was asked for
  std::string eased;  ///< title of the precaution that keeps it at its least dose; may be empty
  std::vector<std::string> sources;

  friend bool operator==(const PlanStep&, const PlanStep&) = default;
};

struct PlanOmission {
  TechniqueId id;
  std::string name;
  std::string reason;         ///< a word for programs: "rule", "equipment", "time", ...
  std::string text;           ///< for people: "needs a foam roller"
  std::string rule;           ///< the id of the rule, when the reason is "rule"
  std::vector<Said> answers;  ///< the answers that did it, when the reason is "rule"

  friend bool operator==(const PlanOmission&, const PlanOmission&) = default;
};

/// Something that limits a plan.
struct PlanLimit {
  LimitKind kind = LimitKind::time;
  std::string what;  ///< as in Limit
  std::string text;  ///< for people: "a foam roller"
  std::int64_t points = 0;

  friend bool operator==(const PlanLimit&, const PlanLimit&) = default;
};

/// One plan; `backplan/plan/1`.
struct PlanReport {
  std::string version;  ///< of the program that made it
  std::string library;  ///< digest of the rules and techniques it was made from
  int budget_seconds = 0;
  int total_seconds = 0;
  std::vector<std::string> have;
  std::vector<std::string> limits;  ///< the other flags of the request, as typed: "--place office"
  unsigned seed = 0;
  Disposition level = Disposition::modified;
  FollowUp follow_up = FollowUp::none;
  std::vector<Reason> reasons;
  std::vector<std::string> check_before;
  std::vector<std::string> stop_signs;
  std::vector<PlanStep> steps;
  std::vector<PlanOmission> omitted;
  std::int64_t points = 0;
  std::int64_t most_points = 0;    ///< no plan for the request is worth more
  std::optional<Rival> next_best;  ///< when it was looked for
  std::vector<PlanLimit> limited_by;
  std::vector<std::string> notes;

  friend bool operator==(const PlanReport&, const PlanReport&) = default;
};

BACKPLAN_EXPORT ScreeningReport describe(const Screening& screening, const Answers& answers,
                                         const Catalog& catalog);

/// `limits` are the flags of the request beyond minutes and equipment, as the person typed them.
BACKPLAN_EXPORT PlanReport describe(const Plan& plan, const PlanRequest& request,
                                    std::vector<std::string> limits, const Constraints& constraints,
                                    const Answers& answers, const Catalog& catalog);

/// Adds to `report` what the plan is measured against.
BACKPLAN_EXPORT void add_comparison(PlanReport& report, const Comparison& comparison, const Catalog& catalog);

enum class Format { text, yaml, json, markdown };

/// How text for people is laid out.
struct Layout {
  int width = 80;      ///< columns; at least 40
  bool brief = false;  ///< one line a step
};

/// For a person or a program to read. Lines end with '\n'; no colour, no terminal codes.
BACKPLAN_EXPORT std::string render(const ScreeningReport& report, const Advice& advice, Format format,
                                   const Layout& layout = {});
BACKPLAN_EXPORT std::string render(const PlanReport& report, const Advice& advice, Format format,
                                   const Layout& layout = {});

/// Why each step is in, why the others are out, and which answers did it.
BACKPLAN_EXPORT std::string explain(const PlanReport& report, const Layout& layout = {});

/// What a screening document says: its answers, to be screened again, and the level that it states,
/// which is not trusted but must not be more urgent than what the answers give today.
struct StatedScreening {
  Answers answers;
  std::optional<Disposition> level;  ///< none: incomplete
};

/// Reads what `render` wrote as yaml or json, also `backplan/screening/1`, whose level could be mild
/// before it was complete. Throws InputError with every mistake, and where its answers do not go together.
BACKPLAN_EXPORT StatedScreening parse_screening(const Document& document, const Catalog& catalog);

/// The same of a plan. What it says twice must agree; where this version made it, its seconds must also
/// follow from `timing`, the times of this version.
BACKPLAN_EXPORT PlanReport parse_plan(const Document& document, const std::optional<Timing>& timing = {});

/// A fill-in answer sheet with every question, its options and why it is asked.
BACKPLAN_EXPORT std::string answer_template(std::span<const Question> questions, Format format);

/// 16 hexadecimal digits that tell two libraries apart. A fingerprint, not a protection.
BACKPLAN_EXPORT std::string digest(std::span<const Document> documents);

/// Of this program: "0.1.0".
BACKPLAN_EXPORT std::string_view version();

// One word for each value, in documents and messages alike.
BACKPLAN_EXPORT std::string_view name(Disposition disposition);            ///< "self_care", ...
BACKPLAN_EXPORT std::string_view name(std::optional<Disposition> stated);  ///< or "incomplete"
BACKPLAN_EXPORT std::string_view name(FollowUp follow_up);  ///< "none", "recheck", "appointment"
BACKPLAN_EXPORT std::string_view name(Phase phase);         ///< "prepare", "warm-up", ...
BACKPLAN_EXPORT std::string_view name(Sides sides);
BACKPLAN_EXPORT std::string_view name(DoseKind kind);
BACKPLAN_EXPORT std::string_view name(Direction direction);
BACKPLAN_EXPORT std::string_view name(Region region);
BACKPLAN_EXPORT std::string_view name(Intensity intensity);
BACKPLAN_EXPORT std::string_view name(LimitKind kind);  ///< "time", "equipment", "filter"

}  // namespace backplan
