"""What flags do together: the last of a flag with one value wins, and a flag that does nothing says so.
usage: flags.py PROGRAM SOURCE
"""
import atexit
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

program, source = sys.argv[1], pathlib.Path(sys.argv[2])
work = pathlib.Path(tempfile.mkdtemp())
atexit.register(shutil.rmtree, work)
desk, red = str(source / "examples/desk-worker.yaml"), str(source / "examples/red-flag.yaml")
LOG = pathlib.Path(".local/state/backplan/log.db")
failures = []
checks = 0


def run(words, stdin=""):
    """In a home of its own, with a log that is on; what it printed, and the files that it left."""
    home = work / "home"
    shutil.copytree(work / "start", home)
    done = subprocess.run([program, *words], cwd=home, input=stdin, capture_output=True, text=True,
                          timeout=60,
                          env={"HOME": str(home), "XDG_DATA_DIRS": str(home)})
    files = {path.relative_to(home): path.read_bytes() for path in home.rglob("*") if path.is_file()}
    if LOG in files:  # what it says; each has another time in it
        log = subprocess.run([program, "log", "export"], env={"HOME": str(home)}, capture_output=True,
                             text=True).stdout
        files[LOG] = [line.split(",", 1)[1] for line in log.splitlines()]
    shutil.rmtree(home)
    return done.returncode, done.stdout, done.stderr, files


def expect(good, words, result):
    global checks
    checks += 1
    if not good:
        failures.append(f"{' '.join(words)}: exit {result[0]}: {(result[1] + result[2])[:200]!r}")


def flags_of(command):
    """The flags that --help names: the long name, and the name of the value or ''."""
    text = run([*command.split(), "--help"])[1].split("\nOptions:\n")[1].split("\n\n")[0]
    found = re.findall(r"^  (?:-\w,)?(--[\w-]+)(?: ([A-Z][^ ]*))?", text, re.M)
    return {flag: value for flag, value in found if flag not in ("--help", "--version")}


# Two good values for each kind of value, which do different things, for each flag of one value.
TWO = {
    "COLUMNS": ("60", "44"), "WHEN": ("always", "never"), "FORMAT": ("yaml", "json"),
    "PLAN-FORMAT": ("yaml", "json"),
    "LIST-FORMAT": ("yaml", "json"), "LOG-FORMAT": ("csv", "json"), "MINUTES": ("5", "9"),
    "PLACE": ("bed", "office"),
    "INTENSITY": ("normal", "gentle"), "GOAL": ("relax", "strength"), "PHASE": ("release", "mobilise"),
    "TIME": ("10:30", "11:30"), "REPEAT": ("daily", "none"), "DAY": ("2026-11-21", "2026-11-22"),
    "ZONE": ("UTC", "Europe/Berlin"), "NOTE": ("one", "two"),
    "COMMAND": ("echo one", "echo two"),
}
OF_FLAG = {
    "--answers": (desk, str(source / "examples/thin-bones.yaml")), "--output": ("one", "two"),
    "--seed": ("7", "2"),
    "--speed": ("900", "1000"), "--before": ("3", "4"), "--after": ("3", "4"), "--jobs": ("1", "2"),
    "--screening": (str(work / "desk.json"), str(work / "bones.json")),
    "--batch": (str(work / "one"), str(work / "two")),
}
# What makes a command do its work, and what a flag needs beside it.
BASE = {
    "screen": ["-a", desk], "generate": ["-a", desk, "-q"], "list": [], "show": ["cat-cow"],
    "explain": [str(work / "plan.json")], "render": [str(work / "plan.json")],
    "run": [str(work / "plan.json"), "--speed", "1000"], "validate": [], "log": [], "log on": [],
    "log off": [],
    "log add": ["--minutes", "5"], "log export": [], "forget": ["--yes"], "help": [],
}
WITH = {
    "--at": ["-f", "ics", "--from", "2026-11-23"],
    "--repeat": ["-f", "ics", "--at", "10:00", "--from", "2026-11-23"],
    "--zone": ["-f", "ics", "--at", "10:00", "--from", "2026-11-23"],
    "--from": ["-f", "ics", "--at", "10:00"], "--jobs": ["--batch", str(work / "one")],
    "--intensity": ["-m", "60", "--no-log"],
}
WITHOUT_ANSWERS = ("--answers", "--screening", "--batch", "--jobs")
LISTS = ("ID=VALUE", "FOLDER", "EQUIPMENT,...", "POSITION,...", "PHASE,...", "MOVEMENT,...", "TECHNIQUE,...",
         "OLD=NEW")


def prepare():
    (work / "start").mkdir()
    for file, words in (("desk.json", ["screen", "-a", desk, "-f", "json"]),
                        ("bones.json", ["screen", "-a", OF_FLAG["--answers"][1], "-f", "json"]),
                        ("plan.json", ["generate", "-a", desk, "-m", "4", "-f", "json"])):
        (work / file).write_text(run(words)[1])
    (work / "rules").mkdir()
    shutil.copy(source / "examples/nhs-strict.yaml", work / "rules")
    answers = json.loads((work / "desk.json").read_text())["answers"]
    for name in ("one", "two"):
        (work / name).write_text(json.dumps({"id": name, **answers}) + "\n")
    for words in (["on"],
    ["add", "--minutes", "7", "--before", "5", "--note", "A note that is longer than one line. " * 3]):
        subprocess.run([program, "log", *words], env={"HOME": str(work / "start")}, check=True,
                       capture_output=True)


def the_last_wins():
    for command, base in BASE.items():
        for flag, value in flags_of(command).items():
            if not value or value in LISTS:
                continue
            one, two = OF_FLAG.get(flag) or TWO[value]
            words = command.split() + ([] if flag in WITHOUT_ANSWERS else base) + WITH.get(flag, [])
            if command in ("screen", "generate") and flag in ("--batch", "--jobs"):
                words = command.split() + WITH.get(flag, [])
            last, both = run([*words, flag, two]), run([*words, flag, one, flag, two])
            if flag in ("--answers", "--screening", "--batch"):  # somebody's answers: said, and not used
                note = f"backplan: {flag} '{one}' is not used: the last one is\n"
                expect(note in both[2], [*words, flag, one, flag, two], both)
                both = (*both[:2], both[2].replace(note, ""), both[3])
            if flag == "--cue-cmd":  # when it is heard depends on the machine
                said = both[2].splitlines()
                expect("two" in said and "one" not in said, [*words, flag, one, flag, two], both)
                continue
            expect(both[0] in (0, 3) and last == both, [*words, flag, one, flag, two], both)
            if flag not in ("--color", "--jobs", "--speed"):
                expect(run([*words, flag, one]) != last, [*words, flag, one], last)
    words = ["generate", "-m", "5", "--place", "office", "--have", "chair,wall", "--brief", "-a", desk]
    expect(" of 8:00 (" in run([*words, "-m", "8"])[1], [*words, "-m", "8"], run(words))
    both = run(["list", "--have", "chair", "--have", "wall"])
    expect(both[1] == run(["list", "--have", "chair,wall"])[1] != run(["list", "--have", "wall"])[1],
           ["lists"], both)


# A value with which a flag has something to do, where it can have.
VALUES = {
    "--have": "none", "--position": "seated", "--phase": "mobilise", "--avoid": "rotation",
    "--include": "superman",
    "--exclude": "arm-stretches", "--swap": "arm-stretches=superman",
    "--answer": "chest-and-breath=chest-pain", "--answers": red, "--screening": red,
    "--routines": str(work / "rules"),
    "--jobs": "2", "--color": "always", "--width": "44", "--minutes": "4", "--intensity": "normal",
    "--output": "new.txt", "--repeat": "daily", "--place": "bed",
}
PLAN = [str(work / "plan.json")]
ICS = ["-f", "ics", "--at", "10:00", "--from", "2026-11-23"]
# All that changes what else a command looks at.
CONTEXTS = {
    "screen": [["-a", desk], ["-a", desk, "-q"], ["-a", desk, "-f", "yaml"], ["-a", desk, "-f", "md"], [],
               ["-o", "a.txt"],
               ["-a", desk, "-o", "a.txt"], ["-a", desk, "--save"], ["--questions"],
               ["--questions", "-f", "json"],
               ["--batch", str(work / "one")], ["--batch", str(work / "one"), "--levels"]],
    "generate": [["-a", desk], ["-a", desk, "--no-log"], ["-a", desk, "-f", "yaml"], ["-a", desk, "-f", "md"],
                 ["-a", desk, *ICS], ["-s", str(work / "desk.json")], ["-a", desk, "-o", "a.txt"],
                 ["-a", desk, "--brief"], ["-a", desk, "--seed", "3"], ["-a", desk, "--vary"],
                 ["--batch", str(work / "one"), "-m", "60"], ["--batch", str(work / "one")]],
    "list": [[], ["foam"], ["--rules"], ["--questions"], ["--equipment"], ["--demands"], ["-f", "json"],
             ["-o", "a.txt"]],
    "show": [["cat-cow"]], "explain": [PLAN], "render": [PLAN, PLAN + ["-f", "md"], PLAN + ["-f", "json"],
                                                         PLAN + ICS],
    "run": [PLAN + ["--speed", "1000"], PLAN + ["--speed", "1000", "--events"]], "validate": [[], [desk]],
    "log": [[], ["--plot"]], "log on": [[]], "log off": [[]], "log add": [["--minutes", "5"], PLAN],
    "log export": [[]],
    "forget": [["--yes"]], "help": [[], ["safety"], ["log", "on"]],
}
# What is promised and kept where there is nothing to do, and what changes the time or the terminal alone.
KEPT = {
    ("screen", "--no-input"), ("generate", "--no-input"), ("screen", "--jobs"),
    ("generate", "--jobs"), ("run", "--accessible"), ("run", "--no-bell"), ("run", "--speed"),
    ("list", "--origin"),
    ("forget", "--yes"), ("generate", "--no-log"),
}


SHORT = {"-a": "--answers", "-f": "--format", "-q": "--quiet", "-o": "--output", "-s": "--screening",
         "-m": "--minutes"}


def kept(command, flag, there):
    if flag == "--routines":  # what a folder changes depends on the answers
        return command in ("screen", "generate", "list", "show") and not {*there} & {
            "--questions", "--equipment", "--demands"}
    if "--batch" in there and flag == ("--goal" if "--minutes" in there else "--intensity"):
        return True  # a wish is not told for each line: the steps say what is in
    return (command, flag) in KEPT or flag == "--force" and "--output" in there


def a_flag_that_does_nothing_says_so():
    for command, contexts in CONTEXTS.items():
        flags = {**flags_of(command), "--routines": "FOLDER"}
        for context in contexts:
            without = run(command.split() + context)
            there = [SHORT.get(word, word) for word in context]
            for flag, value in flags.items():
                if flag in there or kept(command, flag, there):
                    continue
                if value:
                    value = VALUES.get(flag) or (OF_FLAG.get(flag) or TWO[value])[1]
                words = command.split() + context + [flag] + ([value] if value else [])
                result = run(words)
                named = any(each in result[2] for each in [flag, *there] if each.startswith("--"))
                expect(result != without and (named or result[0] != 2), words, result)


GENERATE = f"generate -a {desk} "
REFUSED = [
    # Values are looked at where they would not be used, too.
    (f"generate --batch {desk} --width 3", 2, "--width: '3'"),
    (f"screen --batch {desk} --color purple", 2, "--color: "),
    (f"screen -a {desk} -f yaml --width 3", 2, "--width: '3'"),
    (f"screen -a {desk} -f json --color purple", 2, "--color"),
    (f"screen -a {desk} -q --color purple", 2, "--color"),
    ("screen --questions --width 39", 2, "--width: '39'"),
    (GENERATE + "-f ics --at 10:30 --color purple", 2, "--color"), ("log --width 201", 2, "--width: '201'"),
    ("list -f json --width 3 --color always", 2, "--width: '3'"),
    ("list -f json --color purple", 2, "--color"),
    (GENERATE + "--width 3 --width 60", 2, "--width: '3'"),
    (f"run {PLAN[0]} --speed 1000 --color purple", 2, "--color"),
    # Names that nobody knows.
    ("list --have typo", 2, "--have: unknown word 'typo'"),
    ("list --have foam-rolle", 2, "did you mean 'foam-roller'"),
    ("list --phase mobilize", 2, "did you mean 'mobilise'"), ("list --rules chest-pian", 5, "'chest-pian'"),
    (GENERATE + "--exclude supermann", 5, "did you mean 'superman'"),
    (GENERATE + "--swap superman=catcow", 5, "'catcow'"),
    (GENERATE + "--place sofa", 2, "--place"), (GENERATE + "--have chair,typo", 2, "'typo'"),
    # Contradictions.
    (GENERATE + "--swap superman=superman", 2, "--swap"), (GENERATE + "--have none,chair", 2, "'none'"),
    (GENERATE + "--have chair --have none", 2, "'none'"), ("list --have none,chair", 2, "'none'"),
    (GENERATE + "--include superman --exclude superman", 2, "superman"),
    (GENERATE + "--swap arm-stretches=superman --exclude superman", 2, "superman"),
    (GENERATE + "--swap arm-stretches=superman --swap superman=arm-stretches", 2, "superman"),
    (GENERATE + "--include arm-stretches --swap arm-stretches=superman", 2, "arm-stretches"),
    (GENERATE + "--seed 3 --vary", 2, "--vary"),
    ("list --rules --questions", 2, "--questions"), ("list --equipment --demands", 2, "--demands"),
    (GENERATE + f"-s {work}/desk.json", 2, "--screening"),
    ("log --plot on", 2, "--plot"),
    ("log on --plot", 2, "--plot"),
    ("log --width 60 export", 2, "--width"), ("log export --plot", 2, "--plot"),
    # Endings that say no format.
    (GENERATE + "-o x.pdf", 2, "'.pdf'"),
    (GENERATE + "-o x.csv", 2, "'.csv'"),
    (f"screen -a {desk} -o x.ics", 2, "'.ics'"),
    ("list -o x.md", 2, "'.md'"),
    ("log export -o x.yaml", 2, "'.yaml'"),
    ("screen --questions -o x.md", 2, "'.md'"),
    (f"render {PLAN[0]} -o x.html", 2, "'.html'"), ("list --rules -o x.json", 2, "--format"),
    # Values of nothing.
    *[(f"{command} {flag} ", 2, flag) for command, flag in [
        (GENERATE.strip(), "--have"), (GENERATE.strip(), "--place"), (GENERATE.strip(), "--goal"),
        (GENERATE.strip(), "--include"),
        (GENERATE.strip(), "--position"), (GENERATE.strip(), "--phase"), (GENERATE.strip(), "--avoid"),
        (GENERATE.strip(), "--swap"),
        (GENERATE.strip(), "--output"), (GENERATE.strip(), "--format"), (GENERATE.strip(), "--width"),
        (GENERATE.strip(), "--seed"),
        ("list", "--have"), ("list", "--phase"), ("list", "--format"), ("screen", "--answers"),
        ("screen", "--answer"),
        ("screen", "--batch"), ("generate", "--screening"), ("log add --minutes 5", "--note"),
        ("log add", "--minutes"),
        ("log add --minutes 5", "--before"), ("log export", "--format"), (f"run {PLAN[0]}", "--cue-cmd"),
        ("list", "--routines"),
        (f"render {PLAN[0]} -f ics --at 10:30", "--from"),
        (f"render {PLAN[0]} -f ics --at 10:30", "--repeat")]],
    (GENERATE + "--have ,", 2, "--have"),
    ("screen --answer age=", 2, "--answer"),
    ("screen --answer age=~", 2, "--answer"),
    ("list ", 2, "query"),
    # What is about something else that is not there.
    (GENERATE + "--jobs 2", 2, "--batch"),
    (f"screen -a {desk} --jobs 2", 2, "--batch"),
    ("screen --levels", 2, "--batch"),
    (f"screen -a {desk} --force", 2, "--output"),
    ("log export --force", 2, "--output"),
    ("list --force", 2, "--output"),
    (GENERATE + "--at 10:30", 2, "-f ics"), (f"render {PLAN[0]} --from 2026-11-21", 2, "-f ics"),
    *[(f"screen --batch {work}/one {flags}", 2, flags.split()[0]) for flags in [
        "--save", "--questions", "--quiet", "--no-input", "--width 60", "--color never",
        "--format json",
        "--output x.json", f"--answers {desk}", "--answer age=30"]],
    *[(f"generate --batch {work}/one {flags}", 2, flags.split()[0]) for flags in [
        "--brief", "--quiet", "--no-input", "--no-log", "--width 60", "--color never", "--format json",
        "--at 10:30",
        "--output x.json", f"--answers {desk}", f"--screening {desk}", "--answer age=30", "--repeat daily",
        "--from 2026-11-21"]],
    *[(f"screen --questions {flags}", 2, flags.split()[0]) for flags in [
        "--save", "--quiet", "--no-input", "--width 60", "--color never", f"--answers {desk}",
        "--answer age=30",
        f"--batch {work}/one"]],
    *[(f"screen -a {desk} -q {flags}", 2, flags.split()[0]) for flags in ["--format yaml", "--output x",
        "--width 60"]],
]
NOTED = [
    (GENERATE + "-f yaml --width 60", "--width changes nothing"),
    (GENERATE + "-f json --brief", "--brief changes nothing"),
    (GENERATE + "-f md --brief", "--brief changes nothing"),
    (GENERATE + "-f json --color always", "--color always changes nothing"),
    (GENERATE + "-o - --force", "--force changes nothing"),
    ("list -f json --width 60", "--width changes nothing"),
    (GENERATE + "--include foam-roller", "--include foam-roller is not met: needs a foam roller"),
    (GENERATE + "--include superman,cat-cow -m 1", "--include cat-cow is not met: no time left"),
    (GENERATE + "--no-release --include foam-roller --have foam-roller", "no massage or pressure"),
    (f"generate -a {source}/examples/thin-bones.yaml --include half-sit-up",
     "--include half-sit-up is not met: your answers: "),
    (GENERATE + "--swap superman=cat-cow", "superman would not be in this plan"),
    (GENERATE + "--swap arm-stretches=foam-roller", "--swap arm-stretches=foam-roller is not met"),
    (GENERATE + "--goal strength --phase mobilise", "--goal strength changes nothing"),
    (GENERATE + "--intensity normal --no-log", "--intensity normal changes nothing"),
    (GENERATE + "--intensity normal -m 60", "--intensity normal changes nothing: with the log on"),
    (f"explain {PLAN[0]} --routines {work}/rules", "--routines changes nothing"),
    (f"--routines {work}/rules help safety", "--routines changes nothing"),
    (f"validate {desk} --routines {work}/rules", "--routines changes nothing"),
    ("list foam --have none", "leave none"),
]


def refused():
    """Each says on standard error which flag is wrong, prints nothing and leaves nothing."""
    for words, code, said in REFUSED:
        result = run(words.split(" "))
        untouched = len(result[3]) == 1 and len(result[3][LOG]) == 2
        expect(result[0] == code and not result[1] and said in result[2] and untouched, [words], result)


def noted():
    for words, said in NOTED:
        result = run(words.split(" "))
        expect(result[0] == 0 and said in result[2], [words], result)
        # What is asked for and there is not told, and -q says nothing of it.
        if words.startswith(GENERATE):
            expect("changes nothing" not in (quiet := run([*words.split(" "), "-q"]))[2], [words, "-q"],
                   quiet)


def met():
    """Nothing is told of a wish that the plan has."""
    for words in ("--include superman", "--swap arm-stretches=superman", "--goal strength",
                  "--intensity normal -m 60 --no-log",
                  "--exclude superman", "--avoid rotation", "--have foam-roller --include foam-roller",
                  "--color never -f json",
                  "--color auto -o x.yaml", "--no-log -f json", "--no-input", "--seed 3 -f json"):
        result = run([*GENERATE.split(), *words.split()])
        expect(result[0] == 0 and not re.search("changes nothing|not met|would not", result[2]), [words],
               result)


def main():
    prepare()
    the_last_wins()
    refused()
    noted()
    met()
    a_flag_that_does_nothing_says_so()
    print(f"{checks} checks, {len(failures)} failures", *failures[:60], sep="\n")
    return 1 if failures or checks < 700 else 0


sys.exit(main())
