#include "cli/session.hpp"

#include <doctest/doctest.h>

#include <sstream>
#include <string>
#include <vector>

#include "backplan/catalog.hpp"
#include "cli/session_text.hpp"

namespace backplan::cli {
namespace {

using namespace std::chrono_literals;

/// One step without sides, 5 s and 30 s; one with sides, 5 s and 20 s, 4 s, 20 s.
const std::vector<StepTimes> two_steps{{.setup = 5s, .side = 30s},
                                       {.setup = 5s, .side = 20s, .change = 4s, .two_sides = true}};

/// "step1@5", one for each cue; the side after a slash.
std::string said(const Cues& cues) {
  std::ostringstream text;
  for (const Cue& cue : cues) {
    text << (text.tellp() > 0 ? " " : "") << name(cue.kind) << cue.step;
    if (cue.side > 0) text << "/" << cue.side;
    text << "@" << cue.at.count();
  }
  return text.str();
}

constexpr SessionTime patience = 3s;

/// Something done to a session: a look at the clock, or a wish. Before it somebody looks whenever the session
/// asks for it, unless it is frozen.
struct Done {
  SessionTime at;
  std::optional<Wish> wish = std::nullopt;
  bool frozen = false;
};

void append(Cues& all, const Cues& more) { all.insert(all.end(), more.begin(), more.end()); }

Cues live(Session& session, const std::vector<Done>& done) {
  Cues all;
  for (const Done& each : done) {
    for (auto look = session.next_look(); look && *look < each.at && !each.frozen;
         look = session.next_look()) {
      append(all, session.advance(*look));
    }
    append(all, each.wish ? session.wish(*each.wish, each.at) : session.advance(each.at));
  }
  return all;
}

TEST_CASE("a session says each cue when it is due") {
  struct Row {
    const char* why;
    std::vector<Done> done;
    const char* cues;
    bool over;
  };
  const std::vector<Row> rows{
      {"nothing before its time", {{4999ms}}, "", false},
      {"getting ready ends", {{5s}}, "go0@5000", false},
      {"a late look delays nothing",
       {{4s}, {8s, {}, true}, {34s}, {37s, {}, true}},
       "go0@5000 step1@35000",
       false},
      {"all is said, in order, at their times",
       {{1h}},
       "go0@5000 step1@35000 go1/1@40000 sides1/2@60000 go1/2@64000 done1@84000",
       true},
      {"nothing after the end",
       {{84s}, {90s}, {91s, Wish::next}},
       "go0@5000 step1@35000 go1/1@40000 sides1/2@60000 go1/2@64000 done1@84000",
       true},
      {"a pause of 10 s moves the rest by 10 s",
       {{6500ms, Wish::pause}, {40s}, {16500ms + 30s, Wish::resume}, {74999ms}, {75s}},
       "go0@5000 pause0@6500 resume0@46500 step1@75000",
       false},
      {"a second pause is none", {{6s, Wish::pause}, {7s, Wish::pause}}, "go0@5000 pause0@6000", false},
      {"going on without a pause is none", {{1s, Wish::resume}}, "", false},
      {"the next step begins at once", {{2s, Wish::next}, {7s}}, "skip0@2000 step1@2000 go1/1@7000", false},
      {"the step before", {{36s, Wish::previous}}, "go0@5000 step1@35000 skip1@36000 step0@36000", false},
      {"before the first: from its start",
       {{9s, Wish::previous}, {14s}},
       "go0@5000 skip0@9000 step0@9000 go0@14000",
       false},
      {"next at the last step ends it",
       {{36s, Wish::next}},
       "go0@5000 step1@35000 skip1@36000 done1@36000",
       true},
      {"skipping in a pause stays paused",
       {{2s, Wish::pause}, {3s, Wish::next}, {20s}, {23s, Wish::resume}, {28s}},
       "pause0@2000 skip0@3000 step1@3000 resume1@23000 go1/1@28000",
       false},
      {"a stop is not an end of the routine", {{8s, Wish::stop}, {1h}}, "go0@5000 stop0@8000", true},
      {"frozen: the clock stops where it was last seen", {{4s}, {8001ms, {}, true}}, "pause0@4000", false},
      {"for long: no step passes meanwhile", {{4s}, {1h, {}, true}, {2h}}, "pause0@4000", false},
      {"also far from the next cue", {{10s}, {14001ms, {}, true}}, "go0@5000 pause0@10000", false},
      {"and goes on from there",
       {{4s}, {1h, {}, true}, {1h, Wish::resume}, {1h + 999ms}, {1h + 1s}},
       "pause0@4000 resume0@3600000 go0@3601000",
       false},
      {"a key that was pressed meanwhile does not end the pause",
       {{4s}, {1h, Wish::pause, true}, {2h}},
       "pause0@4000",
       false},
      {"and passes over no more than it says",
       {{4s}, {1h, Wish::next, true}, {2h}},
       "pause0@4000 skip0@3600000 step1@3600000",
       false},
      {"asleep in a pause is a pause",
       {{6s, Wish::pause}, {1h, Wish::resume, true}, {1h + 29s}},
       "go0@5000 pause0@6000 resume0@3600000 step1@3629000",
       false},
      {"a stop in a pause", {{2s, Wish::pause}, {8s, Wish::stop}}, "pause0@2000 stop0@8000", true},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    Session session(two_steps, patience);
    CHECK(said(session.start()) == "start0@0 step0@0");
    CHECK(said(live(session, row.done)) == row.cues);
    CHECK(session.over() == row.over);
    CHECK(session.next_look().has_value() == (!row.over && !session.paused()));
  }
}

TEST_CASE("a step is done when its work ran to its end, on all sides") {
  struct Row {
    const char* why;
    std::vector<Done> done;
    std::vector<bool> steps;
  };
  const std::vector<Row> rows{
      {"nothing yet", {}, {false, false}},
      {"all of it", {{84s}}, {true, true}},
      {"a second before the end", {{83s}}, {true, false}},
      {"each skipped at once", {{1s, Wish::next}, {2s, Wish::next}}, {false, false}},
      {"skipped a second before its end", {{34s, Wish::next}, {83s}}, {false, true}},
      {"skipped in the pause after its end", {{35s, Wish::pause}, {40s, Wish::next}}, {true, false}},
      {"skipped after the first of two sides", {{63s, Wish::next}}, {true, false}},
      {"stopped in a step", {{34s, Wish::stop}}, {false, false}},
      {"stopped in the next", {{50s, Wish::stop}}, {true, false}},
      {"stopped at the end of a step", {{35s, Wish::stop}}, {true, false}},
      {"a pause takes nothing away", {{20s, Wish::pause}, {1h, Wish::resume}, {1h + 15s}}, {true, false}},
      {"stopped in a pause", {{20s, Wish::pause}, {1h, Wish::stop}}, {false, false}},
      {"back, and not done again", {{36s, Wish::previous}, {40s, Wish::stop}}, {true, false}},
      {"back, and done again", {{36s, Wish::previous}, {71s, Wish::stop}}, {true, false}},
      {"back to what was skipped, and done",
       {{1s, Wish::next}, {2s, Wish::previous}, {37s, Wish::stop}},
       {true, false}},
      {"again from its start, and not done", {{34s, Wish::previous}, {60s, Wish::stop}}, {false, false}},
      {"frozen for longer than the whole", {{4s}, {1h, {}, true}}, {false, false}},
      {"frozen, and stopped", {{34s}, {1h, Wish::stop, true}}, {false, false}},
      {"frozen, and skipped", {{34s}, {1h, Wish::next, true}}, {false, false}},
      {"frozen, and gone on with", {{34s}, {1h, {}, true}, {1h, Wish::resume}, {1h + 50s}}, {true, true}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    Session session(two_steps, patience);
    session.start();
    live(session, row.done);
    CHECK(session.done() == row.steps);
  }
}

TEST_CASE("how late a look may be is said in the time of the session, which may be sped up") {
  for (const int speed : {1, 10, 1000}) {
    CAPTURE(speed);
    Session session({{.setup = 5s, .side = 1h}}, speed * patience);
    session.start();
    CHECK(said(session.advance(1s + speed * patience)).find("pause") == std::string::npos);
    CHECK(said(session.advance(*session.next_look() + speed * patience + 1ms)).starts_with("pause0@"));
  }
}

TEST_CASE("looks at the clock, however many, change no cue") {
  Session once(two_steps, 2min);
  once.start();
  const Cues expected = once.advance(2min);
  Session often(two_steps, 2min);
  often.start();
  Cues all;
  for (SessionTime now{0}; now <= 2min; now += 37ms) append(all, often.advance(now));
  CHECK(all == expected);
}

TEST_CASE("steps without time for getting ready or changing begin at once") {
  Session session({{.setup = 0s, .side = 10s, .change = 0s, .two_sides = true}}, patience);
  CHECK(said(session.start()) == "start0@0 step0@0 go0/1@0");
  CHECK(said(live(session, {{20s}})) == "sides0/2@10000 go0/2@10000 done0@20000");
  Session nothing({}, patience);
  CHECK(nothing.start().empty());
  CHECK(nothing.over());
}

TEST_CASE("somebody looks again when the countdown changes, and at the next cue") {
  Session session({{.setup = 1500ms, .side = 2s}}, patience);
  session.start();
  std::vector<SessionTime> looks;
  for (auto look = session.next_look(); look; look = session.next_look()) {
    looks.push_back(*look);
    session.advance(*look + 20ms);
  }
  CHECK(looks == std::vector<SessionTime>{500ms, 1500ms, 2500ms, 3500ms});
}

TEST_CASE("progress counts down the stage, the step and the whole") {
  Session session(two_steps, patience);
  session.start();
  live(session, {{45s}});
  const Progress progress = session.progress(45500ms);
  CHECK(progress.step == 1);
  CHECK(progress.stage == Stage::work);
  CHECK(progress.stage_left == 14500ms);
  CHECK(progress.step_left == 38500ms);
  CHECK(progress.step_length == 49s);
  CHECK(progress.all_left == 38500ms);
  CHECK(progress.all_length == 84s);
  session.wish(Wish::pause, 46s);
  CHECK(session.progress(10min).stage_left == 14s);
}

TEST_CASE("both sides of a step take the same time, whatever a document says") {
  struct Row {
    int work;
    SessionTime side, change;
  };
  PlanStep step;
  step.sides = Sides::each;
  step.setup_seconds = 5;
  step.dose.each = 20s;
  for (const Row& row : {Row{45, 20s, 5s}, Row{40, 20s, 0s}, Row{30, 15s, 0s}, Row{31, 15500ms, 0s}}) {
    step.work_seconds = row.work;
    const StepTimes times = times_of(step);
    CHECK(times.side == row.side);
    CHECK(times.change == row.change);
    CHECK(2 * times.side + times.change == std::chrono::seconds(row.work));
  }
  step.sides = Sides::together;
  CHECK_FALSE(times_of(step).two_sides);
  CHECK(times_of(step).side == 31s);
}

TEST_CASE("the status line has the countdown and both bars, and fits") {
  Session session(two_steps, patience);
  session.start();
  live(session, {{45s}});
  CHECK(status_line(session.progress(45s), 80) ==
        "side 1    0:15 [####----------------] all 0:39 [##########----------]");
  CHECK(status_line(session.progress(45s), 40) == "side 1    0:15 [#----] all 0:39 [##---]");
  CHECK(status_line(session.progress(45001ms), 20) == "side 1    0:15");
  session.wish(Wish::pause, 45s);
  CHECK(status_line(session.progress(2min), 20) == "paused    0:15");
  for (int width = 1; width <= 200; ++width) {
    CHECK(status_line(session.progress(45s), width).size() < static_cast<std::size_t>(width));
  }
}

}  // namespace
}  // namespace backplan::cli
