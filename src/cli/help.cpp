#include "cli/help.hpp"

#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/pager.hpp"

namespace backplan::cli {

const std::vector<Topic>& topics() {
  static const std::vector<Topic> all{
      {"exit-codes",
       "Exit codes\n"
       "    0  done; of screen: a plan may follow\n"
       "    1  something cannot be read or written\n"
       "    2  the command line is wrong\n"
       "    3  a file has bad data\n"
       "    4  generate: nothing fits the request\n"
       "    5  a name is unknown\n"
       "   10  see a clinician first\n"
       "   11  get medical advice today\n"
       "   12  call your emergency number\n"
       "   13  questions that could change the advice are not answered\n"
       "  130  interrupted, nothing was saved; of run: stopped before the end\n"},
      {"formats",
       "Formats (-f)\n"
       "  text  for people, as wide as the terminal, or 80 columns (--width)\n"
       "  yaml  for programs; every text is quoted, times are whole seconds\n"
       "  json  the same tree\n"
       "  md    Markdown with boxes to tick\n"
       "  ics   of a plan: an event for a calendar; needs --at 10:30\n"
       "Standard output carries the document and nothing else; notes and questions go to standard\n"
       "error. The format of -o FILE follows from its ending. The same input gives the same bytes.\n"},
      {"safety",
       "Safety\n"
       "  This program asks about warning signs and plans gentle movement. It is no diagnosis, no\n"
       "  medical device, and no clinician has reviewed its rules yet. In an emergency call your\n"
       "  emergency number. A plan follows only from a screening that allows one; no flag skips it.\n"
       "  backplan list --rules shows every rule, backplan show RULE its reason and source.\n"},
      {"files",
       "Files\n"
       "  built-in rules and techniques are part of the program\n"
       "  $XDG_DATA_HOME/backplan/routines (~/.local/share/backplan/routines)\n"
       "      your own rules and techniques; rules can only make the advice stricter\n"
       "  each folder of $XDG_DATA_DIRS, with /backplan/routines: those of the site\n"
       "  --routines DIR: further ones; --no-user-routines leaves out all but these\n"
       "  $XDG_STATE_HOME/backplan/screening.yaml (~/.local/state/backplan/screening.yaml)\n"
       "      what screen --save keeps for 24 hours, readable by you alone\n"
       "  log.db beside it: your sessions, when you turned the log on (backplan log on)\n"
       "backplan forget deletes both.\n"
       "Nothing else is written, and nothing is sent anywhere.\n"},
      {"environment",
       "Environment\n"
       "  HOME, XDG_DATA_HOME, XDG_DATA_DIRS, XDG_STATE_HOME  see: backplan help files\n"
       "  NO_COLOR, CLICOLOR_FORCE, FORCE_COLOR, TERM  colour of text; --color wins\n"
       "  PAGER       for long lists, show, explain and help on a terminal; empty: none\n"
       "  ACCESSIBLE  when set and not 0: run redraws nothing, as with --accessible\n"
       "On a terminal its width and colour count for text, and for nothing else. Locale\n"
       "changes nothing in what is printed, and the time zone only what the log and the first day of a\n"
       "calendar take for today.\n"},
      {"accessibility",
       "Accessibility\n"
       "  The questionnaire is plain text: one question at a time, numbered answers, no redrawing,\n"
       "  no colour. ? says why a question is asked, b goes back, u means not sure, q stops.\n"
       "  On a terminal all answers are shown before the result, to confirm or to change.\n"
       "  run --accessible, ACCESSIBLE=1 or TERM=dumb: a line for each cue, nothing is redrawn;\n"
       "  run --say speaks. Colour never says what the words do not; --color never turns it off.\n"
       "  --width 40 makes lines short; -f md and -f yaml suit other readers.\n"},
  };
  return all;
}

ExitCode help(const std::string& topic, const std::string& general) {
  if (topic.empty()) {
    std::string names;
    for (const Topic& each : topics()) names += (names.empty() ? "" : ", ") + each.name;
    print(general + "\nTopics of backplan help: " + names + "\n");
    return done;
  }
  std::vector<std::string> known;
  for (const Topic& each : topics()) {
    known.push_back(each.name);
    if (each.name != topic) continue;
    if (!page(each.text)) print(each.text);
    return done;
  }
  throw UnknownName("no help on " + in_quotes(topic) + did_you_mean(topic, known));
}

}  // namespace backplan::cli
