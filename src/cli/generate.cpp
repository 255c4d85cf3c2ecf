#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <map>

#include "backplan/screening.hpp"
#include "cli/commands.hpp"
#include "cli/log_use.hpp"
#include "cli/output.hpp"
#include "cli/state.hpp"
#include "cli/wishes.hpp"

namespace backplan::cli {
namespace {

template <class Known>
std::vector<std::string> names(const Known& known) {
  std::vector<std::string> all;
  for (const auto& each : known) all.push_back(each.id.text);
  return all;
}

/// The id that `word` names: an id, or an alias that only one technique has.
TechniqueId technique_named(const std::string& flag, const std::string& word, const Catalog& catalog) {
  std::vector<std::string> found;
  std::vector<std::string> known = names(catalog.techniques);
  for (const Technique& technique : catalog.techniques) {
    if (technique.id.text == word) return technique.id;
    known.insert(known.end(), technique.aliases.begin(), technique.aliases.end());
    const bool called = std::ranges::find(technique.aliases, word) != technique.aliases.end();
    if (called) found.push_back(technique.id.text);
  }
  if (found.size() == 1) return {found.front()};
  if (found.size() > 1) {
    std::string both;
    for (const std::string& id : found) both += (both.empty() ? "" : " or ") + id;
    throw UnknownName(flag + ": " + in_quotes(word) + " can be " + both);
  }
  throw UnknownName(flag + ": unknown technique " + in_quotes(word) + did_you_mean(word, known));
}

std::vector<std::string> checked(const std::string& flag, const std::vector<std::string>& lists,
                                 const std::vector<std::string>& known) {
  std::vector<std::string> words = split(lists);
  for (const std::string& word : words) parse_word(flag, word, known);
  return words;
}

/// What --avoid may name: demands, directions and movement classes.
std::vector<std::string> avoidable(const Catalog& catalog) {
  std::vector<std::string> words = names(catalog.demands);
  for (int i = 0; i < 5; ++i) words.emplace_back(name(static_cast<Direction>(i)));
  for (const Movement& movement : catalog.movements) words.push_back(movement.id.text);
  return words;
}

std::set<EquipmentId> at_hand(const GenerateOptions& options, const Catalog& catalog) {
  if (options.have_given) return parse_have(options.have, catalog);
  std::set<EquipmentId> have;
  for (const Equipment& thing : catalog.equipment) {
    if (thing.usual) have.insert(thing.id);
  }
  return have;
}

void read_swaps(const GenerateOptions& options, const Catalog& catalog, PlanRequest& request) {
  for (const std::string& pair : split(options.swap)) {
    const auto equals = pair.find('=');
    if (equals == std::string::npos) throw UsageError("--swap: " + in_quotes(pair) + " is not OLD=NEW");
    request.swap.emplace_back(technique_named("--swap", pair.substr(0, equals), catalog),
                              technique_named("--swap", pair.substr(equals + 1), catalog));
    const auto& [out, in] = request.swap.back();
    if (out == in) throw UsageError("--swap: '" + pair + "' puts " + in.text + " in its own place");
  }
}

/// What is asked for by name cannot be left out by name.
void check_names(const PlanRequest& request) {
  const auto left_out = [&](const TechniqueId& id) {
    return request.exclude.contains(id) ||
           std::ranges::any_of(request.swap, [&](const auto& pair) { return pair.first == id; });
  };
  const auto check = [&](const std::string& flag, const TechniqueId& id) {
    if (left_out(id)) throw UsageError(flag + ": " + id.text + " is also left out, by --exclude or --swap");
  };
  for (const TechniqueId& id : request.include) check("--include", id);
  for (const auto& [out, in] : request.swap) check("--swap", in);
}

void read_filters(const GenerateOptions& options, const Catalog& catalog, PlanRequest& request) {
  const auto places = names(catalog.places);
  if (!options.place.empty()) {
    request.place = PlaceId{places[parse_word("--place", options.place, places)]};
  }
  for (const auto& word : checked("--position", options.positions, names(catalog.positions))) {
    request.positions.insert({word});
  }
  std::vector<std::string> phases;
  for (int i = 0; i < 6; ++i) phases.emplace_back(name(static_cast<Phase>(i)));
  for (const std::string& word : split(options.phases)) {
    request.phases.insert(static_cast<Phase>(parse_word("--phase", word, phases)));
  }
  for (const auto& word : checked("--avoid", options.avoid, avoidable(catalog))) {
    request.avoid.insert(word);
  }
  for (const std::string& word : split(options.include)) {
    request.include.push_back(technique_named("--include", word, catalog));
  }
  for (const std::string& word : split(options.exclude)) {
    request.exclude.insert(technique_named("--exclude", word, catalog));
  }
}

/// Another one tomorrow, by the person's own calendar.
unsigned seed_of_today() { return static_cast<unsigned>(today().time_since_epoch().count()); }

/// The flags that shape a plan. Throws UsageError and UnknownName.
PlanRequest read_request(const GenerateOptions& options, const Catalog& catalog) {
  static const std::vector<std::string> intensities{"gentle", "normal"};
  PlanRequest request;
  request.budget = parse_minutes(options.minutes);
  request.have = at_hand(options, catalog);
  request.intensity = static_cast<Intensity>(parse_word("--intensity", options.intensity, intensities));
  request.release = !options.no_release;
  if (!options.goal.empty()) {
    std::vector<std::string> goals;
    for (const auto& [goal, points] : catalog.objective.goals) goals.push_back(goal);
    request.goal = goals[parse_word("--goal", options.goal, goals)];
  }
  request.seed = static_cast<unsigned>(parse_number("--seed", options.seed, 0, 2'000'000'000));
  read_filters(options, catalog, request);
  read_swaps(options, catalog, request);
  check_names(request);
  if (options.vary) request.seed = seed_of_today();
  return request;
}

/// Takes into account what the log says of the last days, when it is on; adds what it limits to
/// `limits`.
void heed_log(PlanRequest& request, std::vector<std::string>& limits) {
  const Log log = log_if_readable();
  if (!log.on) return;
  const Time at = now();
  request.recent = recently_done(log.sessions, at);
  request.practised = practised(log.sessions, at);
  const std::string why = release_waits(log.sessions, at, utc_offset(at));
  if (why.empty() || !request.release) return;
  request.release = false;
  limits.push_back("--no-release (log: " + why + ")");
  tell("backplan: no massage or pressure this time; your log has " + why + "\n");
}

/// The flags that limited the plan, as typed.
std::vector<std::string> limits_of(const GenerateOptions& options) {
  std::vector<std::string> limits;
  const auto add = [&limits](const std::string& flag, const std::vector<std::string>& words) {
    for (const std::string& word : split(words)) limits.push_back(flag + " " + word);
  };
  if (!options.place.empty()) limits.push_back("--place " + options.place);
  add("--position", options.positions);
  add("--phase", options.phases);
  add("--avoid", options.avoid);
  add("--include", options.include);
  add("--exclude", options.exclude);
  add("--swap", options.swap);
  if (options.intensity != "gentle") limits.push_back("--intensity " + options.intensity);
  if (!options.goal.empty()) limits.push_back("--goal " + options.goal);
  if (options.no_release) limits.push_back("--no-release");
  return limits;
}

Given given_by(StatedScreening screening) {
  return {.answers = std::move(screening.answers), .stated = screening.level};
}

std::optional<Given> saved_answers(const Catalog& catalog) {
  const auto path = saved_screening();
  if (!path) return std::nullopt;
  std::string note;
  const Time at = now();
  auto saved = load(*path, catalog, at, note);
  if (!saved) {
    if (!note.empty()) tell(shown("backplan: the saved screening is not used: " + note + "\n"));
    return std::nullopt;
  }
  const auto left = std::chrono::ceil<std::chrono::hours>(saved->at + saved_for - at);
  tell(fmt::format("backplan: using the screening saved at {}; it ends in {} h\n", in_words(saved->at),
                   left.count()));
  return given_by(saved->screening);
}

/// The answers, from where the command line says, or none when there is nowhere to get them.
std::optional<Given> get_answers(const GenerateOptions& options, const Catalog& catalog) {
  if (has_answers(options.answers) && !options.screening.empty()) {
    throw UsageError("--answers and --screening both give answers; use one of them");
  }
  if (has_answers(options.answers)) return Given{stated_answers(options.answers, catalog)};
  if (!options.screening.empty()) {
    return given_by(parse_screening(read_input(options.screening), catalog));
  }
  if (auto given = saved_answers(catalog)) return given;
  if (!options.answers.no_input && ::isatty(0) == 1) return ask_person(catalog);
  return std::nullopt;
}

/// Says what to relax: the reasons that left out most, in words.
void tell_what_to_relax(const Plan& plan) {
  std::map<OmissionReason, int> counts;
  for (const Omission& omission : plan.omissions) ++counts[omission.reason];
  const auto ways = std::map<OmissionReason, std::string>{
      {OmissionReason::rule, "left out because of your answers"},
      {OmissionReason::excluded, "left out by --exclude or --swap"},
      {OmissionReason::avoided, "left out by --avoid"},
      {OmissionReason::equipment, "need equipment: name what you have with --have"},
      {OmissionReason::place, "do not suit --place"},
      {OmissionReason::position, "do not suit --position"},
      {OmissionReason::phase, "left out by --phase or --no-release"},
      {OmissionReason::intensity, "need --intensity normal"},
      {OmissionReason::not_by_default, "only come with --include"},
      {OmissionReason::family, "are much like another one"},
      {OmissionReason::warm_up, "need a warm-up before them: let --phase have warm-up"},
      {OmissionReason::time, "do not fit: give more --minutes"}};
  tell("backplan: nothing fits this request. Of the techniques\n");
  for (const auto& [reason, count] : counts) {
    tell(fmt::format("  {:3} {}\n", count, ways.at(reason)));
  }
}

ExitCode refuse(const Screening& screening, const Answers& answers, const Catalog& catalog,
                const Layout& layout) {
  const ScreeningReport report = describe(screening, answers, catalog);
  tell(backplan::render(report, catalog.advice, Format::text, layout));
  return exit_code(report);
}

/// A screening may have been written by other rules, or changed by hand. The answers decide; but what
/// was once more urgent is not made milder in silence.
void check_stated(Disposition stated, const Screening& screening) {
  const auto found = stated_level(screening);
  if (stated == found) return;
  const std::string both = fmt::format("the screening says {}, its answers give {} by the rules of today",
                                       name(stated), name(found));
  if (stated > screening.total().disposition) {
    throw InputError({{{}, "level", both, "answer again: backplan screen"}});
  }
  tell("backplan: " + both + "\n");
}

}  // namespace

std::set<EquipmentId> parse_have(const std::vector<std::string>& lists, const Catalog& catalog) {
  std::vector<std::string> known = names(catalog.equipment);
  known.emplace_back("none");
  std::set<EquipmentId> have;
  for (const std::string& word : checked("--have", lists, known)) have.insert({word});
  const bool none = have.erase({"none"}) > 0;
  if (none && !have.empty()) throw UsageError("--have: 'none' does not go with " + have.begin()->text);
  return have;
}

ExitCode generate(const GenerateOptions& options, const Catalog& catalog) {
  PlanRequest request = read_request(options, catalog);
  if (options.vary && !options.print.quiet) {
    tell(fmt::format("backplan: this plan again: --seed {}\n", request.seed));
  }
  if (options.batch.wanted) return generate_batch(options.batch, request, catalog);
  const PlanPrinter printer(options.print, options.calendar);
  const auto given = get_answers(options, catalog);
  if (!given) {
    tell(
        "backplan: no plan without a screening. One of these gives it:\n"
        "  backplan generate --answers FILE     a sheet from: backplan screen --questions\n"
        "  backplan generate --screening FILE   what backplan screen -f yaml wrote\n"
        "  backplan screen --save               on a terminal; kept for 24 hours\n");
    return incomplete;
  }
  if (given->interrupted) {
    tell("backplan: interrupted; nothing was saved\n");
    return interrupted;
  }
  const Screening screening = backplan::screen(assess(catalog.rules, given->answers));
  if (given->stated) check_stated(*given->stated, screening);
  const auto constraints = constrain(screening);
  if (!constraints) return refuse(screening, given->answers, catalog, printer.layout());
  std::vector<std::string> limits = limits_of(options);
  if (!options.no_log) heed_log(request, limits);
  const PlanFor plan_for = [&](const PlanRequest& each) {
    return make_plan(catalog.techniques, *constraints, each, catalog.timing, catalog.objective);
  };
  const Plan plan = plan_for(request);
  PlanReport report = describe(plan, request, std::move(limits), *constraints, given->answers, catalog);
  if (!options.print.quiet) tell(shown(unmet(plan, report, request, plan_for)));
  if (plan.steps.empty()) {
    tell_what_to_relax(plan);
    return nothing_fits;
  }
  if (!options.have_given && !options.print.quiet) {
    tell("backplan: assuming a chair, a wall and the like; say what you have with --have\n");
  }
  if (printer.for_programs()) {
    add_comparison(
        report, compare(plan, catalog.techniques, *constraints, request, catalog.timing, catalog.objective),
        catalog);
  }
  printer(report, catalog.advice);
  return done;
}

}  // namespace backplan::cli
