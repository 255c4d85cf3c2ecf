"""What flags do together: the last of a flag with one value wins, and a flag that does nothing says so.
usage: flags.py PROGRAM SOURCE
"""
import atexit
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

program, source = sys.argv[1], pathlib.Path(sys.argv[2])
work = pathlib.Path(tempfile.mkdtemp())
atexit.register(shutil.rmtree, work)
desk = str(source / "examples/desk-worker.yaml")
failures = []
checks = 0


def run(words, stdin=""):
    """In a home of its own, with a log that is on; what it printed, and the files that it left."""
    home = work / "home"
    shutil.copytree(work / "start", home)
    done = subprocess.run([program, *words], cwd=home, input=stdin, capture_output=True, text=True, timeout=60,
                          env={"HOME": str(home), "XDG_DATA_DIRS": str(home)})
    files = {path.relative_to(home): path.read_bytes() for path in home.rglob("*") if path.is_file()}
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
    "COLUMNS": ("60", "44"), "WHEN": ("always", "never"), "FORMAT": ("yaml", "json"), "PLAN-FORMAT": ("yaml", "json"),
    "LIST-FORMAT": ("yaml", "json"), "LOG-FORMAT": ("csv", "json"), "MINUTES": ("5", "9"), "PLACE": ("bed", "office"),
    "INTENSITY": ("normal", "gentle"), "GOAL": ("relax", "strength"), "PHASE": ("release", "mobilise"),
    "TIME": ("10:30", "11:30"), "REPEAT": ("daily", "none"), "DAY": ("2026-11-21", "2026-11-22"), "TEXT": ("one", "two"),
    "COMMAND": ("echo one", "echo two"),
}
OF_FLAG = {
    "--answers": (desk, str(source / "examples/thin-bones.yaml")), "--output": ("one", "two"), "--seed": ("7", "2"),
    "--speed": ("900", "1000"), "--before": ("3", "4"), "--after": ("3", "4"), "--jobs": ("1", "2"),
    "--screening": (str(work / "desk.json"), str(work / "bones.json")), "--batch": (str(work / "one"), str(work / "two")),
}
# What makes a command do its work, and what a flag needs beside it.
BASE = {
    "screen": ["-a", desk], "generate": ["-a", desk, "-q"], "list": [], "show": ["cat-cow"],
    "explain": [str(work / "plan.json")], "render": [str(work / "plan.json")],
    "run": [str(work / "plan.json"), "--speed", "1000"], "validate": [], "log": [], "log on": [], "log off": [],
    "log add": ["--minutes", "5"], "log export": [], "forget": ["--yes"], "help": [],
}
WITH = {
    "--at": ["-f", "ics", "--from", "2026-11-23"], "--repeat": ["-f", "ics", "--at", "10:00", "--from", "2026-11-23"],
    "--from": ["-f", "ics", "--at", "10:00"], "--jobs": ["--batch", str(work / "one")], "--intensity": ["-m", "60", "--no-log"],
}
WITHOUT_ANSWERS = ("--answers", "--screening", "--batch", "--jobs")
LISTS = ("ID=VALUE", "FOLDER", "EQUIPMENT,...", "POSITION,...", "PHASE,...", "MOVEMENT,...", "TECHNIQUE,...", "OLD=NEW")


def prepare():
    (work / "start").mkdir()
    for file, words in (("desk.json", ["screen", "-a", desk, "-f", "json"]),
                        ("bones.json", ["screen", "-a", OF_FLAG["--answers"][1], "-f", "json"]),
                        ("plan.json", ["generate", "-a", desk, "-m", "4", "-f", "json"])):
        (work / file).write_text(run(words)[1])
    (work / "one").write_text('{"id": "one"}\n')
    (work / "two").write_text('{"id": "two"}\n')
    for words in (["on"], ["add", "--minutes", "7", "--before", "5", "--note", "A note that is longer than one line. " * 3]):
        subprocess.run([program, "log", *words], env={"HOME": str(work / "start")}, check=True, capture_output=True)


def visible(result):
    """What can be seen of a run; a log has the time in it."""
    code, out, err, files = result
    return code, out, err, {path: data for path, data in files.items() if path.name != "log.db"}


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
            expect(both[0] in (0, 3) and visible(last) == visible(both), [*words, flag, one, flag, two], both)
            if flag not in ("--color", "--jobs", "--speed", "--before", "--after", "--note", "--cue-cmd", "--minutes"):
                expect(visible(run([*words, flag, one])) != visible(last), [*words, flag, one], last)
    words = ["generate", "-m", "5", "--place", "office", "--have", "chair,wall", "--brief", "-a", desk]
    expect(" of 8:00 (" in run([*words, "-m", "8"])[1], [*words, "-m", "8"], run(words))
    both = run(["list", "--have", "chair", "--have", "wall"])
    expect(both[1] == run(["list", "--have", "chair,wall"])[1] != run(["list", "--have", "wall"])[1], ["lists"], both)


def main():
    prepare()
    the_last_wins()
    print(f"{checks} checks, {len(failures)} failures", *failures[:30], sep="\n")
    return 1 if failures or checks < 60 else 0


sys.exit(main())
