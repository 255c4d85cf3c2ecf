#include "cli/help.hpp"

#include <algorithm>

#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/pager.hpp"
#include "io/layout.hpp"

namespace backplan::cli {
namespace {

/// Where the words of a line begin that explain what stands before them.
std::size_t explanation(std::string_view line) {
  const auto beginning = std::min(line.find_first_not_of(' '), line.size());
  const auto gap = line.find("  ", beginning);
  return gap == std::string_view::npos ? beginning : std::min(line.find_first_not_of(' ', gap), line.size());
}

void show(const std::string& text) {
  if (!page(text)) print(text);
}

}  // namespace

std::string folded(std::string_view text) {
  Page page(80);
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    const std::size_t at = explanation(line);
    page.say(line.substr(0, at), line.substr(at));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
  }
  return page.take();
}

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
       "   14  rest today; answer again when you are well\n"
       "  130  interrupted, nothing was saved; of run: stopped before the end\n"},
      {"formats",
       "Formats (-f)\n"
       "  text  for people, as wide as the terminal, or 80 columns (--width)\n"
       "  yaml  for programs; every text is quoted, times are whole seconds\n"
       "  json  the same tree\n"
       "  md    Markdown with boxes to tick\n"
       "  ics   of a plan: an event for a calendar; needs --at 10:30\n"
       "Standard output carries the document and nothing else; notes and questions go\n"
       "to standard error. The format of -o FILE follows from its ending, and -f wins.\n"
       "The same input gives the same bytes.\n"},
      {"safety",
       "Safety\n"
       "  This program asks about warning signs and plans gentle movement. It is no\n"
       "  diagnosis, no medical device, and no clinician has reviewed its rules yet. In\n"
       "  an emergency call your emergency number. A plan follows only from a screening\n"
       "  that allows one; no flag skips it. backplan list --rules shows every rule,\n"
       "  backplan show RULE its reason and source.\n"},
      {"files",
       "Files\n"
       "  built-in rules and techniques are part of the program\n"
       "  $XDG_DATA_HOME/backplan/routines (~/.local/share/backplan/routines)\n"
       "      your own rules and techniques; rules can only make the advice stricter\n"
       "  each folder of $XDG_DATA_DIRS, with /backplan/routines: those of the site\n"
       "  --routines DIR: further ones; --no-user-routines leaves out all but these\n"
       "      in these folders .yaml and .yml are read; hidden files, backups and\n"
       "      .md are passed over; any other file is an error, as a rule in it\n"
       "      would not hold\n"
       "  $XDG_STATE_HOME/backplan/screening.yaml (~/.local/state/backplan/...)\n"
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
       "changes nothing in what is printed, and the time zone (TZ) only what the log,\n"
       "the first day of a calendar and --vary take for today. --zone reads the time\n"
       "zones in TZDIR, or /usr/share/zoneinfo.\n"},
      {"accessibility",
       "Accessibility\n"
       "  The questionnaire is plain text: one question at a time, numbered answers, no\n"
       "  redrawing, no colour. ? says why a question is asked, b goes back, u means not\n"
       "  sure, q stops. On a terminal all answers are shown before the result, to\n"
       "  confirm or to change.\n"
       "  run --accessible, ACCESSIBLE=1 or TERM=dumb: a line for each cue, nothing is\n"
       "  redrawn; run --say speaks. Colour never says what the words do not;\n"
       "  --color never turns it off.\n"
       "  --width 40 makes lines short; -f md and -f yaml suit other readers.\n"},
  };
  return all;
}

namespace {

std::vector<std::string> topic_names() {
  std::vector<std::string> names;
  for (const Topic& topic : topics()) names.push_back(topic.name);
  return names;
}

std::string joined(const std::vector<std::string>& words, std::string_view between) {
  std::string line;
  for (const std::string& word : words) line += (line.empty() ? "" : std::string(between)) + word;
  return line;
}

}  // namespace

ExitCode help(const std::vector<std::string>& words, const std::string& of_command,
              const std::vector<std::string>& commands) {
  const std::string asked = joined(words, " ");
  std::vector<std::string> known = topic_names();
  if (words.empty()) {
    show(of_command + "\nTopics of help: " + joined(known, ", ") + "\n");
    return done;
  }
  if (!of_command.empty()) {
    show(of_command);
    return done;
  }
  for (const Topic& topic : topics()) {
    if (topic.name != asked) continue;
    show(topic.text);
    return done;
  }
  known.insert(known.end(), commands.begin(), commands.end());
  throw UnknownName("no help on " + in_quotes(asked) + did_you_mean(asked, known));
}

}  // namespace backplan::cli
