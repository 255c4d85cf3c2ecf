#!/usr/bin/python3
"""Every document that a command prints, in every format, is read by somebody else's reader; and as YAML and as
JSON it says the same. usage: documents.py PROGRAM SOURCE; exits with 77 when a reader is missing."""
import csv
import io
import itertools
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

try:
    import icalendar
    import yaml
    from plain_yaml import load as load_plain
except ImportError as missing:
    print("skipped:", missing)
    sys.exit(1 if os.environ.get("REQUIRE_ALL") else 77)

program, source = sys.argv[1], pathlib.Path(sys.argv[2])
work = tempfile.TemporaryDirectory()
home = pathlib.Path(work.name)
environment = {"HOME": work.name, "PATH": os.environ["PATH"], "TZ": "UTC"}
failures = []
read = {}


def run(*arguments, stdin=None, codes=(0,)):
    """What the command prints; the process must end with one of `codes`."""
    ended = subprocess.run([program, *arguments], input=stdin, env=environment, capture_output=True)
    if ended.returncode not in codes:
        failures.append(f"{arguments}: exit {ended.returncode}: {ended.stderr[:300]}")
    return ended.stdout


def count(kind):
    read[kind] = read.get(kind, 0) + 1


def from_yaml(data, words):
    """The tree, which a reader of YAML 1.1 and one of 1.2 must agree on."""
    tree = yaml.load(data, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    if tree != load_plain(data.decode()):
        failures.append(f"{words}: YAML 1.1 and 1.2 read something else")
    return tree


def same(*arguments, stdin=None, codes=(0,)):
    """The command as YAML and as JSON: the same tree, which is returned."""
    as_yaml = run(*arguments, "-f", "yaml", stdin=stdin, codes=codes)
    as_json = run(*arguments, "-f", "json", stdin=stdin, codes=codes)
    try:
        trees = from_yaml(as_yaml, arguments), json.loads(as_json)
    except (yaml.YAMLError, ValueError) as error:
        failures.append(f"{arguments}: {error}")
        return None
    if trees[0] != trees[1]:
        failures.append(f"{arguments}: YAML and JSON say something else")
    count(trees[1].get("schema", "no schema"))
    return trees[1]


def text(*arguments, stdin=None, codes=(0,)):
    out = run(*arguments, stdin=stdin, codes=codes)
    if not out.decode().endswith("\n"):
        failures.append(f"{arguments}: no text")
    count("text")


# ---- Lists: every flag with and without every other.
flags = [["--have", "chair,wall"], ["--origin"], ["--phase", "mobilise"], ["twist"]]
for chosen in itertools.product([False, True], repeat=len(flags)):
    given = [word for flag, on in zip(flags, chosen) if on for word in flag]
    same("list", *given)
    text("list", *given)
for phase in ["prepare", "warm-up", "mobilise", "release", "strengthen", "cool-down"]:
    same("list", "--phase", phase)
same("list", "--have", "none")
needs = {tuple(map(tuple, each["equipment"])) for each in same("list")["techniques"]}
if not any(len(group) > 1 for groups in needs for group in groups) or () not in needs:
    failures.append("no technique needs one of several things, or none needs nothing: the lists prove little")
for flag in ["--rules", "--questions", "--equipment", "--demands"]:
    text("list", flag)
    for word in ["yaml", "json", "md"]:
        run("list", flag, "-f", word, codes=(2,))
# A technique of one's own, with texts that other readers could take for something else, in a folder with a
# name that is neither UTF-8 nor fit to print.
own = os.fsencode(work.name) + b"/a \"b\" \xff\x7f\xc2\x85\xe2\x80\xa8: #"
os.mkdir(own)
technique = (source / "routines/techniques/shoulder-rolls.yaml").read_text()
odd = ["no", "~", "1:30", "1e3", "0o7", "2026-11-21", "- a", "&a *b", "a: b #c", "'\\\"", "\u00e9\U0001f642", "="]
for i, name in enumerate(odd):
    changed = technique.replace("id: shoulder-rolls", f"id: own-{i}")
    changed = "\n".join(f"name: {json.dumps(name, ensure_ascii=False)}" if line.startswith("name:")
                        else f"aliases: [{json.dumps(name + ' alias', ensure_ascii=False)}]"
                        if line.startswith("aliases:") else line
                        for line in changed.split("\n") if not line.startswith(("rows:", "covers:")))
    with open(own + b"/own-%d.yaml" % i, "w") as file:
        file.write(changed)
listed = same("list", "--origin", "--routines", own)
found = {each["id"]: each["name"] for each in listed["techniques"]}
for i, name in enumerate(odd):
    if found.get(f"own-{i}") != name:
        failures.append(f"the name {name!r} is not what it was")

# ---- Sheets to fill in.
sheet = from_yaml(run("screen", "--questions", "-f", "yaml"), "--questions")
questions = json.loads(run("screen", "--questions", "-f", "json"))["questions"]
if [each["id"] for each in questions] != [key for key in sheet if key != "schema"]:
    failures.append("the sheets as YAML and as JSON ask something else")
count("sheet")

# ---- Screenings and plans.
examples = sorted((source / "examples").glob("*.yaml"))
sheets = examples + sorted((source / "tests/sheets").glob("*.yaml"))[::7]
outcomes = (0, 10, 11, 12, 13)
for path in sheets:
    if path.name == "nhs-strict.yaml":
        continue
    same("screen", "-a", path, codes=outcomes)
    for form in ["text", "md"]:
        text("screen", "-a", path, "-f", form, codes=outcomes)
same("screen", "-a", "-", stdin=b"age: 34\n", codes=outcomes)
desk = source / "examples/desk-worker.yaml"
thin = source / "examples/thin-bones.yaml"
calendar = ["--at", "07:30", "--from", "2026-11-21"]
requests = [["-m", "1"], ["-m", "10", "--seed", "3"], ["-m", "60", "--have", "foam-roller,mat", "--intensity", "normal"],
            ["-m", "8", "--include", "cobra", "--avoid", "rotation", "--place", "home", "--goal", "relax"],
            ["-m", "6", "--swap", "chair-twist=seated-twist"], ["-m", "9", "--include", "own-0", "--routines", own]]
for who, request in itertools.product([desk, thin], requests):
    plan = same("generate", "-q", "-a", who, *request, codes=(0, 4, 5))
    if not plan:
        continue
    saved = json.dumps(plan).encode()
    if same("render", "-", stdin=saved) != plan:
        failures.append(f"render makes another plan of {request}")
    for form in ["text", "md"]:
        text("render", "-", "-f", form, stdin=saved)
    text("explain", "-", stdin=saved)
    for repeat in ["none", "daily", "weekdays"]:
        data = run("render", "-", "-f", "ics", *calendar, "--repeat", repeat, stdin=saved)
        try:
            event, = icalendar.Calendar.from_ical(data).walk("VEVENT")
        except ValueError as error:
            failures.append(f"{request}: no calendar: {error}")
            continue
        if event.errors or not all(step["name"] in str(event["DESCRIPTION"]) for step in plan["steps"]):
            failures.append(f"{request}: the calendar says something else")
        count("calendar")
    for line in run("run", "-", "--events", "--speed", "1000", stdin=saved).splitlines()[:1]:
        json.loads(line)
        count("event")


# ---- What other programs make of a document is the same document: they sort keys, and break lines elsewhere.
def shuffled(tree):
    if isinstance(tree, list):
        return [shuffled(each) for each in tree]
    if not isinstance(tree, dict):
        return tree
    keys = list(tree)
    random.shuffle(keys)
    return {key: shuffled(tree[key]) for key in keys}


def as_others_write(tree):
    yield "sorted", json.dumps(tree, sort_keys=True)
    yield "in ASCII", json.dumps(tree, ensure_ascii=True, indent=4)
    yield "with tabs", json.dumps(tree, ensure_ascii=False, indent="\t")
    yield "narrow", json.dumps(tree, separators=(",", ":"))
    yield "sorted YAML", yaml.safe_dump(tree)
    yield "YAML in brackets", yaml.safe_dump(tree, default_flow_style=True, allow_unicode=True, width=60)
    for n in range(5):
        yield f"shuffled {n}", json.dumps(shuffled(tree))
        yield f"shuffled YAML {n}", yaml.safe_dump(shuffled(tree), sort_keys=False)


random.seed(1)
plan = json.loads(run("generate", "-q", "-a", thin, "-m", "20", "-f", "json", "--include", "own-10", "--routines", own))
screening = json.loads(run("screen", "-a", thin, "-f", "json"))
wanted = run("generate", "-q", "-a", thin, "-m", "3", "-f", "json")
for words, data in as_others_write(plan):
    again = run("render", "-", "-f", "json", stdin=data.encode())
    if not again or json.loads(again) != plan:
        failures.append(f"a plan, {words}, is another one")
for words, data in as_others_write(screening):
    if run("generate", "-q", "-s", "-", "-m", "3", "-f", "json", stdin=data.encode()) != wanted:
        failures.append(f"a screening, {words}, is another one")
for tree, key, command in [(plan, "end", ["render", "-"]), (screening, "complete", ["generate", "-s", "-"])]:
    for words, data in as_others_write({name: tree[name] for name in tree if name != key}):
        run(*command, stdin=data.encode(), codes=(3,))

# ---- The log.
run("log", "on")
note = "caf\u00e9 \"=1\", 'x'; y"
run("log", "add", "--minutes", "5", "--before", "3", "--note", note)
run("generate", "-q", "-a", desk, "-f", "yaml", "-o", home / "plan.yaml")
run("log", "add", home / "plan.yaml", "--after", "0")
log = json.loads(run("log", "export", "-f", "json"))
table = list(csv.DictReader(io.StringIO(run("log", "export").decode(), newline="")))
for entry, row in zip(log["sessions"], table, strict=True):
    row = {"finished": row["finished"], "seconds": int(row["seconds"]), "note": row["note"],
           "steps": row["steps"].split()}
    if row != {**{key: entry[key] for key in ("finished", "seconds", "note")},
               "steps": [step["id"] for step in entry["steps"]]}:
        failures.append(f"the table and the JSON of the log say something else: {row} {entry}")
if log["sessions"][0]["note"] != note:
    failures.append("the note is not what it was")
count("log")
text("log")
text("log", "--plot")

# ---- Batches.
lines = b'{"id": "a"}\n{"id": "\\u00e9", "age": 200}\nno\n{"chest-and-breath": ["chest-pain"]}\n'
for arguments in [["screen", "--batch"], ["screen", "--batch", "--levels"], ["generate", "--batch"]]:
    for line in run(*arguments, stdin=lines, codes=(3,)).splitlines():
        json.loads(line)
        count("line")

for failure in failures:
    print("FAIL", failure)
print(read)
sys.exit(bool(failures))
