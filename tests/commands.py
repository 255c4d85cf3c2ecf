"""One line runs one command: all pairs of commands, where it would be seen if the second ran.
usage: commands.py PROGRAM SOURCE
"""
import atexit
import pathlib
import shutil
import subprocess
import sys
import tempfile

program, source = sys.argv[1], pathlib.Path(sys.argv[2])
work = pathlib.Path(tempfile.mkdtemp())
atexit.register(shutil.rmtree, work)
plan, desk, red = work / "plan.json", source / "examples/desk-worker.yaml", source / "examples/red-flag.yaml"
failures = []
runs = 0

# What makes each command do all that it can.
COMMANDS = {
    "screen": ["-a", str(red), "--save"],
    "generate": ["-a", str(desk), "-m", "5"],
    "list": ["cat-cow"],
    "show": ["cat-cow"],
    "explain": [str(plan)],
    "render": [str(plan)],
    "run": [str(plan), "--speed", "1000"],
    "validate": [str(desk)],
    "log": [],
    "log on": [],
    "log off": [],
    "log add": ["--minutes", "5"],
    "log export": [],
    "forget": ["--yes"],
    "help": ["safety"],
}
WITHOUT_A_WORD = {"screen", "generate", "log", "log on", "log off", "log export", "forget"}


def run(home, words):
    global runs
    runs += 1
    return subprocess.run([program, *words], cwd=home, stdin=subprocess.DEVNULL, capture_output=True,
                          text=True,
                          env={"HOME": str(home), "XDG_DATA_DIRS": str(home)}, timeout=60)


def made(home):
    """Everything below the folder: what a command leaves, changes or deletes shows here."""
    return {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}


def home_of(name, lines):
    home = work / name
    home.mkdir()
    for words in lines:
        assert run(home, words).returncode == 0, words
    return home


def expect(good, words, done):
    if not good:
        failures.append(f"{' '.join(words)}: exit {done.returncode}: {(done.stdout + done.stderr)[:150]!r}")


def each_does_something(bare, lived_in):
    """Else nothing is shown by a home that stays as it is."""
    for name, own in COMMANDS.items():
        for home in (bare, lived_in):
            copy = shutil.copytree(home, work / "copy")
            done = run(copy, name.split() + own)
            expect(done.returncode in (0, 12) and done.stdout or made(copy).keys() != made(home).keys() or
                   name.startswith("log") and done.stderr, [name, *own], done)
            shutil.rmtree(copy)


def pairs(home):
    before = made(home)
    for first, own in COMMANDS.items():
        for second, more in COMMANDS.items():
            if first == "log" and second in ("on", "off", "add", "export"):
                continue
            for words in (first.split() + own + second.split() + more, first.split() + own + second.split(),
                          first.split() + second.split() + more, first.split() + second.split()):
                done = run(home, words)
                nothing_ran = not done.stdout and done.returncode in (1, 2, 5)
                expect(nothing_ran or first == "help" or words == ["log"], words, done)
                expect(made(home) == before, words, done)
                if first in WITHOUT_A_WORD:
                    expect(done.returncode == 2 and f"{second.split()[0]}" in done.stderr, words, done)


def main():
    (work / "rules").mkdir()
    shutil.copy(source / "examples/nhs-strict.yaml", work / "rules")
    bare = home_of("bare", [])
    lived_in = home_of("lived-in", [["log", "on"], ["log", "add", "--minutes", "7"],
                                    ["screen", "-a", str(desk), "--save"]])
    plan.write_text(run(bare, ["generate", "-a", str(desk), "-f", "json"]).stdout)
    each_does_something(bare, lived_in)
    for home in (bare, lived_in):
        pairs(home)
        helped(home)
        values(home)
    print(f"{runs} lines, {len(failures)} failures", *failures[:20], sep="\n")
    return 1 if failures or runs < 1000 else 0


def helped(home):
    """`help X` is `X --help`, whatever follows it."""
    before = made(home)
    for name in COMMANDS:
        done = run(home, ["help", *name.split()])
        expect(done.returncode == 0 and done.stdout == run(home, [*name.split(), "--help"]).stdout and
               f"Usage: backplan {name} " in done.stdout, ["help", name], done)
        for more in (["--yes"], ["--save", "-a", str(red)], ["safety"], ["--", "--yes"]):
            done = run(home, ["help", *name.split(), *more])
            expect(done.returncode in (2, 5) and not done.stdout, ["help", name, *more], done)
    expect(made(home) == before, ["help ..."], done)


def values(home):
    """The name of a command is a word as any other where a value stands."""
    for name in COMMANDS:
        if " " in name:
            continue
        copy = shutil.copytree(home, work / "copy")
        before = made(copy)
        for words in (["list", "--equipment", "-o", name], ["screen", "-a", str(desk), "-o", name, "--force"],
                      ["generate", "-a", str(desk), "-o", name, "--force"], ["render", str(plan), "-o", name,
                          "--force"]):
            done = run(copy, words)
            file = copy / name
            expect(done.returncode == 0 and not done.stdout and file.stat().st_size > 100, words, done)
        file.unlink()
        for words in (["screen", "-a", name], ["screen", "--answers", name, "-q"], ["generate", "-s", name],
                      ["screen", "--batch", name], ["generate", "--batch", name], ["screen", "--routines",
                          name, "-a", str(desk)],
                      ["explain", name], ["run", name], ["render", name], ["validate", name], ["log", "add",
                          name],
                      ["--routines", name, "list"], ["list", "zz" + name], ["show", name], ["list", "--",
                          name],
                      ["show", "--", name], ["list", name], ["screen", "--", name], ["log", "--", name],
                      ["--", name],
                      ["screen", "-a", str(desk), "--", name], ["log", "--width", name], ["list", "--phase",
                          name]):
            done = run(copy, words)
            expect(done.returncode in (1, 2, 5) and not done.stdout, words, done)
        expect(made(copy) == before, [name, "as a value"], done)
        if run(copy, ["log", "add", "--minutes", "5", "--note", name]).returncode == 0:
            done = run(copy, ["log", "export"])
            expect(done.stdout.rstrip().endswith("," + name) and done.stdout.count("\n") == 3, ["--note",
                name], done)
        done = run(copy, ["validate", str(desk), "--no-user-routines"])
        expect(done.returncode == 0, ["validate"], done)
        shutil.rmtree(copy)
    rules = str(work / "rules")
    for general in (["--routines", rules], ["--no-user-routines"]):
        for words in (general + ["screen", "-a", str(red)], ["screen"] + general + ["-a", str(red)]):
            done = run(home, words)
            expect(done.returncode == 12 and "EMERGENCY" in done.stdout, words, done)


sys.exit(main())
