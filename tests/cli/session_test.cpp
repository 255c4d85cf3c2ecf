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

/// Something done to a session: a look at the clock, or a wish.
struct Done {
  SessionTime at;
  std::optional<Wish> wish = std::nullopt;
};

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
      {"a late look delays nothing", {{7300ms}, {35s}}, "go0@5000 step1@35000", false},
      {"a very late look says all, in order, at their times",
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
      {"a stop in a pause", {{2s, Wish::pause}, {8s, Wish::stop}}, "pause0@2000 stop0@8000", true},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    Session session(two_steps);
    CHECK(said(session.start()) == "start0@0 step0@0");
    Cues all;
    for (const Done& each : row.done) {
      const Cues cues = each.wish ? session.wish(*each.wish, each.at) : session.advance(each.at);
      all.insert(all.end(), cues.begin(), cues.end());
    }
    CHECK(said(all) == row.cues);
    CHECK(session.over() == row.over);
    CHECK(session.next().has_value() == (!row.over && !session.paused()));
  }
}

TEST_CASE("looks at the clock, however many, change no cue") {
  Session once(two_steps);
  once.start();
  const Cues expected = once.advance(2min);
  Session often(two_steps);
  often.start();
  Cues all;
  for (SessionTime now{0}; now <= 2min; now += 37ms) {
    const Cues cues = often.advance(now);
    all.insert(all.end(), cues.begin(), cues.end());
  }
  CHECK(all == expected);
}

TEST_CASE("steps without time for getting ready or changing begin at once") {
  Session session({{.setup = 0s, .side = 10s, .change = 0s, .two_sides = true}});
  CHECK(said(session.start()) == "start0@0 step0@0 go0/1@0");
  CHECK(said(session.advance(20s)) == "sides0/2@10000 go0/2@10000 done0@20000");
  Session nothing({});
  CHECK(nothing.start().empty());
  CHECK(nothing.over());
}

TEST_CASE("progress counts down the stage, the step and the whole") {
  Session session(two_steps);
  session.start();
  session.advance(45s);
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
  Session session(two_steps);
  session.start();
  session.advance(45s);
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
