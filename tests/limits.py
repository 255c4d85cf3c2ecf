#!/usr/bin/python3
"""Whatever an input is, up to its limit of 1 MiB, reading it takes bounded time and memory, and says little.
usage: limits.py PROGRAM SOURCE [SLOWER]   SLOWER: how many times as long a sanitizer takes; its memory is not
looked at."""
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile

import yaml

program, source = sys.argv[1], pathlib.Path(sys.argv[2])
slower = float(sys.argv[3]) if len(sys.argv) > 3 else 1
SECONDS, MEMORY, OUTPUT = 1.0, 200, 20_000  # of processor, MiB, bytes
MIB = 1 << 20
work = tempfile.TemporaryDirectory()
folder = pathlib.Path(work.name)
environment = {"HOME": work.name, "PATH": os.environ["PATH"]}
failures = []
worst = {"seconds": (0, ""), "MiB": (0, ""), "bytes of messages": (0, "")}


def note(what, value, words):
    worst[what] = max(worst[what], (value, words))


def measure(words, arguments, stdin=os.devnull, reads=None):
    """Runs the program; its time, memory and messages must keep to the limits. `reads`: it must, or must not."""
    out, err = folder / "out", folder / "err"
    pid = os.fork()
    if pid == 0:
        for number, path, flags in [(0, stdin, os.O_RDONLY), (1, out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
                                    (2, err, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)]:
            os.dup2(os.open(path, flags, 0o600), number)
        limit = int(30 * slower)
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
        os.execve(program, [program, *map(str, arguments)], environment)
    _, status, used = os.wait4(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    seconds, memory, said = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, err.stat().st_size
    note("seconds", seconds, words)
    note("MiB", memory, words)
    note("bytes of messages", said, words)
    if not 0 <= code <= 13:
        failures.append(f"{words}: exit {code}: {err.read_bytes()[:200]}")
    if reads is not None and reads != (code != 3):
        failures.append(f"{words}: exit {code}: {err.read_bytes()[:300]}")
    if seconds > SECONDS * slower:
        failures.append(f"{words}: {seconds:.2f} seconds")
    if slower == 1 and memory > MEMORY:
        failures.append(f"{words}: {memory:.0f} MiB")
    if said > OUTPUT:
        failures.append(f"{words}: {said} bytes of messages")
    return err.read_bytes()


def fill(unit, before="", after="", size=MIB):
    """As many of `unit` as there is room for."""
    return before + unit * ((size - len(before.encode()) - len(after.encode())) // len(unit.encode())) + after


def numbered(unit, before="", after="", size=MIB):
    """The same with a number in each, written where `unit` has {}."""
    parts, length, n = [], len(before) + len(after), 0
    while length + len(unit) + 8 < size:
        parts.append(unit.replace("{}", str(n)))
        length += len(parts[-1])
        n += 1
    return before + "".join(parts) + after


# ---- What no reader makes anything of: it is refused by the part that they share.
junk = {
    "200,000 empty steps": "steps:\n" + "- {}\n" * 200_000,
    "200,000 empty rules": "schema: backplan/rules/1\nrules:\n" + "- {}\n" * 200_000,
    "tabs": "\t" * (256 << 10),
    "a tab in each line": fill("\t\n", "a: 1\n"),
    "tabs after a key": fill("\t", "a:"),
    "tabs in a text": fill("\t", 'age: "', '"'),
    "escaped tabs in a text": fill("\\t", 'age: "', '"'),
    "blanks": fill(" "), "blanks after a key": fill(" ", "a:"), "blanks in a text": fill(" ", 'a: "', '"'),
    "blanks in lines": fill(" \n"), "empty lines": fill("\n"), "empty lines after a key": fill("\n", "a:"),
    "empty lines in a text": fill("\n", 'a: "x', '"'), "empty lines in a block": fill("\n", "a: |\n"),
    "comments": fill("#\n"), "comments with a blank": fill(" #\n", "a: 1\n"), "one comment": fill("#"),
    "signs of comments": fill(" #", "a: b"),
    "open lists": fill("["), "open lists with words": fill("[a,"), "open maps": fill("{a: "),
    "open maps of JSON": fill('{"a":'), "steps of an indentation": "".join(" " * i + "a:\n" for i in range(1400)),
    "lists in a line": fill("- "), "keys in a line": fill("? "), "colons": fill(": "), "only colons": fill(":"),
    "commas": fill(","), "dashes": fill("-"),
    "a long word": fill("x", "a: "), "a long quoted text": fill("x", 'a: "', '"'),
    "a text that does not end": fill("x", '"'), "a long key": fill("x", "", ": 1"),
    "a long quoted key": fill("x", '"', '": 1'), "a long number": fill("9", "age: "),
    "a key again and again": fill("a: b\n"), "a key without a value again and again": fill("a:\n"),
    "keys in a bracket": fill("a,", "{", "a}"), "the same in JSON": fill('"age":1,', "{", '"age":1}'),
    "unknown keys": numbered("k{}: 1\n"), "short unknown keys": numbered("{}:\n"),
    "unknown keys in a bracket": numbered("{},", "{", "a}"),
    "nulls": fill("-\n"), "words in a list": fill("- a\n"), "words in a bracket": fill("a,", "a: [", "a]"),
    "texts in a bracket": fill('"",', "a: [", '""]'), "empty maps": fill("{},", "a: [", "{}]"),
    "empty lists of JSON": fill("[],", "[", "[]]"), "small maps": fill("{a: 1},", "[", "a]"),
    "explicit keys": fill("? a: b,", "[", "a]"),
    "aliases": fill("*x,", "a: &x 1\nb: [", "1]"), "anchors": fill("&x 1,", "a: [", "1]"),
    "tags": fill("!!str 1,", "a: [", "1]"), "ampersands": fill("&"), "stars": fill("*"), "exclamations": fill("!"),
    "an unknown alias": fill("x", "a: *"),
    "a block": fill("  x\n", "a: |\n"), "a folded block": fill("  x\n", "a: >\n"),
    "a text over many lines": fill(" x\n", "a: x\n"), "a quoted text over many lines": fill(" x\n", 'a: "x\n', '"'),
    "escapes": fill("\\u0041", 'a: "', '"'), "escaped control characters": fill("\\e", 'a: "', '"'),
    "texts with control characters": fill('- "\\e"\n'),
    "documents": fill("---\n"), "ends of documents": fill("...\n"), "directives": fill("%a\n"),
    "blanks that do not break": fill("\u00a0"), "invisible words": fill("- \u200b\n"),
    "over the limit": "x" * (MIB + 1),
}
for words, text in junk.items():
    (folder / "junk").write_text(text)
    measure(words, ["explain", folder / "junk"], reads=False)
    measure(words + ", whatever it is", ["validate", folder / "junk"])

# ---- Answer sheets, from a file, and as a line of a batch.
sheets = {
    "an option ticked again and again": fill("chest-pain,", "chest-and-breath: [", "chest-pain]"),
    "the same in lines": fill("- chest-pain\n", "chest-and-breath:\n"),
    "unknown options": numbered("x{},", "chest-and-breath: [", "chest-pain]"),
    "long options": fill("x", "chest-and-breath: [chest-pain, ", "]"),
    "none and none": fill("none,", "chest-and-breath: [", "none]"),
    "a long answer": fill("x", "complaint: "),
    "quoted numbers": fill('"41",', "age: [", "1]"),
    "unknown questions": numbered("quest-{}: no\n"),
}
lines = {
    "an option ticked again and again": fill('"chest-pain",', '{"chest-and-breath":[', '"chest-pain"]}'),
    "unknown options": numbered('"x{}",', '{"chest-and-breath":[', '"chest-pain"]}'),
    "a long answer": fill("x", '{"complaint":"', '"}'), "a long key": fill("x", '{"', '":1}'),
    "a long id": fill("x", '{"id":"', '"}'), "an id of escapes": fill("\\u0041", '{"id":"', '"}'),
    "unknown questions": numbered('"k{}":1,', "{", '"x":1}'), "a question again": fill('"age":1,', "{", '"age":1}'),
    "open lists": fill("[", '{"age":'), "lists": fill("[],", '{"age":[', "1]}"), "commas": fill(","),
    "blanks": fill(" ", '{"age":', "1}"), "quotes": fill('"'), "backslashes": fill("\\", '{"age":"'),
    "a long number": fill("9", '{"age":', "}"), "not UTF-8": "\udcff" * MIB,
}
for words, text in sheets.items():
    (folder / "sheet.yaml").write_text(text)
    measure("a sheet, " + words, ["screen", "-a", folder / "sheet.yaml"], reads=False)
for words, text in lines.items():
    (folder / "lines").write_bytes(text[:MIB - 1].encode(errors="surrogateescape") + b"\n")
    measure("a line, " + words, ["screen", "--batch", folder / "lines"])
    if (folder / "out").stat().st_size > OUTPUT and "id" not in words:
        failures.append(f"a line, {words}: {(folder / 'out').stat().st_size} bytes of errors")
measure("an answer of a flag", ["screen", "--answer", "complaint=" + "x" * 100_000], reads=False)
measure("an unknown flag", ["screen", "--" + "x" * 100_000])
measure("an unknown word", ["x" * 100_000])
measure("a long note", ["log", "add", "--minutes", "5", "--note", "\t" * 100_000])

# ---- Screenings and plans: one that is good, and then too much of something in it.
def made(*arguments):
    return subprocess.run([program, *map(str, arguments)], env=environment, stdout=subprocess.PIPE).stdout


desk, thin = source / "examples/desk-worker.yaml", source / "examples/thin-bones.yaml"
documents = {"plan": json.loads(made("generate", "-q", "-a", thin, "-m", "20", "-f", "json")),
             "screening": json.loads(made("screen", "-a", thin, "-f", "json"))}


def grown(document, path, change):
    """A copy in which `change` makes what stands at `path` as long as it can be."""
    copy = json.loads(json.dumps(document))
    place = copy
    for key in path[:-1]:
        place = place[key]
    room = MIB - len(json.dumps(copy)) - 2000
    place[path[-1]] = change(place[path[-1]], room)
    return copy


def repeat(value, room):
    each = value[0] if value else "a"
    return value + [each] * (room // (len(json.dumps(each)) + 2))


def ticks(value, room):
    return ["chest-pain"] * (room // 14)


def distinct(value, room):
    return value + [f"w{n}" for n in range(room // 12)]


def long_text(value, room):
    return "x" * room


def many_words(value, room):
    return "y " * (room // 2)


changes = {
    "plan": [(["steps"], repeat), (["omitted"], repeat), (["reasons"], repeat), (["notes"], repeat),
             (["check_before"], repeat), (["reasons", 0, "because"], repeat), (["reasons", 0, "exclude"], distinct),
             (["steps", 0, "sources"], repeat), (["steps", 0, "steps"], distinct), (["steps", 0, "cue"], long_text),
             (["steps", 0, "name"], many_words), (["omitted", 0, "text"], many_words), (["notes", 0], many_words),
             (["steps", 0, "dose", "assumed"], distinct), (["request", "limits"], distinct),
             (["worth", "next_best", "with"], distinct), (["worth", "next_best", "without"], distinct),
             (["worth", "limited_by"], repeat), (["steps", 0, "phase"], long_text), (["level"], long_text)],
    "screening": [(["reasons"], repeat), (["missing"], distinct), (["advice"], repeat), (["heading"], long_text),
                  (["reasons", 0, "sources"], distinct), (["reasons", 0, "because"], repeat), (["level"], long_text),
                  (["answers", "chest-and-breath"], ticks), (["answers", "age"], long_text)],
}
commands = {"plan": [["explain"], ["render", "-f", "md"], ["render"], ["render", "-f", "ics", "--at", "07:30"],
                     ["log", "add"]],
            "screening": [["generate", "--screening"]]}
measure("the log", ["log", "on"])
for kind, all_changes in changes.items():
    for path, change in all_changes:
        words = f"a {kind}, {change.__name__} in {'.'.join(map(str, path))}"
        document = grown(documents[kind], path, change)
        (folder / "big.json").write_text(json.dumps(document))
        if (folder / "big.json").stat().st_size > MIB:
            failures.append(f"{words}: too long to be looked at")
        for command in commands[kind]:
            measure(" ".join(command) + ": " + words, [*command, folder / "big.json"])
    (folder / "big.yaml").write_text(yaml.safe_dump(grown(documents[kind], *all_changes[0])))
    measure(f"{kind} in YAML", [*commands[kind][0], folder / "big.yaml"])

# ---- Rules and techniques of one's own, and a library of one's own.
rule = """schema: backplan/rules/1
rules:
- id: own
  title: t
  when: {}
  level: modified
  if-unsure: as-yes
  why: w
  sources: [nhs-backpain]
  examples: [{}]
"""
rules = (source / "examples/nhs-strict.yaml").read_text()
sources = yaml.safe_load((source / "routines/vocabulary.yaml").read_text())["sources"]


def with_rule(when="{aorta-risk: yes}", examples="{answers: {aorta-risk: yes}, expect: yes}", more=""):
    text = rule.replace("nhs-backpain", sources[0]["id"])
    return text.replace("{}", when, 1).replace("[{}]", f"[{examples}]") + more


technique = (source / "routines/techniques/shoulder-rolls.yaml").read_text().replace("id: shoulder-rolls", "id: own")


def with_field(field, value):
    return "\n".join([line for line in technique.split("\n")
                      if not line.startswith((field + ":", "rows:", "covers:"))] + [f"{field}: {value}", ""])


size = MIB - 4096
own = {
    "rules": fill(rule.partition("rules:\n")[2].replace("{}", "{aorta-risk: yes}"), "schema: backplan/rules/1\nrules:\n"),
    "conditions": with_rule(fill("{aorta-risk: yes},", "{all: [", "{aorta-risk: yes}]}", size)),
    "definitions": with_rule(fill("{is: soft-sign},", "{any: [", "{aorta-risk: yes}]}", size)),
    "definitions in points": with_rule(fill("{is: soft-sign},", "{some: {at-least: 2, of: [", "{aorta-risk: yes}]}}", size)),
    "options": with_rule(fill("chest-pain,", "{chest-and-breath: [", "chest-pain]}", size)),
    "unknown options": with_rule(numbered("x{},", "{chest-and-breath: [", "chest-pain]}", size)),
    "examples": with_rule(examples=fill("{answers: {aorta-risk: yes}, expect: yes},", size=size)),
    "wrong examples": with_rule(examples=fill("{answers: {aorta-risk: no}, expect: yes},", size=size)),
    "large conditions and many examples": with_rule(
        "{any: [" + "{aorta-risk: yes}," * 98 + "{aorta-risk: yes}]}",
        fill("{answers: {aorta-risk: yes}, expect: yes},", size=size - 4096)),
    "excluded": with_rule(more="  exclude: [" + fill("twist,", size=size) + "]\n"),
    "a long title": with_rule().replace("title: t", fill("x", "title: ", size=size)),
    "a long id": with_rule().replace("id: own", fill("x", "id: ", size=size)),
    "aliases": with_field("aliases", numbered("a{},", "[", "b]", size)),
    "aliases that are taken": with_field("aliases", fill("cobra,", "[", "b]", size)),
    "steps": with_field("steps", fill("a,", "[", "b]", size // 4)),
    "a long cue": with_field("cue", fill("x", size=size)),
    "a long name": with_field("name", fill("x ", size=size)),
    "demands": with_field("demands", fill("twist,", "[", "twist]", size)),
    "unknown demands": with_field("demands", numbered("x{},", "[", "twist]", size)),
    "equipment": with_field("equipment", fill("[chair],", "[", "[chair]]", size // 4)),
    "variants": with_field("variants", fill("{id: v, name: n, text: t},", "[", "{id: v, name: n, text: t}]", size // 2)),
    "sources": with_field("sources", fill("{document: %s}," % sources[0]["id"], "[", "{document: x}]", size)),
    "doses": with_field("doses", fill("{kind: hold, seconds: 5, repetitions: 2},", "[", "{}]", size)),
    "rising doses": with_field("doses", "[" + ",".join("{kind: time, seconds: %d}" % n for n in range(1, 3600)) + "]"),
}
for words, text in own.items():
    (folder / "own").mkdir(exist_ok=True)
    (folder / "own/own.yaml").write_text(text)
    if len(text.encode()) > MIB:
        failures.append(f"{words}: too long to be looked at")
    measure("of one's own, " + words, ["list", "cobra", "--routines", folder / "own"])
    measure("validate: of one's own, " + words, ["validate", folder / "own/own.yaml"])

subprocess.run(["cp", "-r", source / "routines", folder / "library"], check=True)
libraries = {
    "definitions that double": ("definitions.yaml", "definitions:\n", "".join(
        f"  - id: d{n}\n    title: t\n    when: {{any: [{{is: {'d' + str(n - 1) if n else 'severe-pain'}}}, {{is: {'d' + str(n - 1) if n else 'severe-pain'}}}]}}\n"
        for n in range(40))),
    "names": ("vocabulary.yaml", "demands:\n", numbered("  - {id: a{}, title: t}\n", size=size - 20_000)),
    "questions": ("questionnaire.yaml", "questions:\n", numbered("  - {id: q{}, ask: a, kind: yes-no, why: w, sources: [%s]}\n" % sources[0]["id"], size=size - 40_000)),
    "options": ("questionnaire.yaml", "questions:\n", "  - {id: q, ask: a, kind: choice, why: w, sources: [%s], options: {%s}}\n" % (sources[0]["id"], numbered("o{}: t,", size=size - 40_000))),
}
for words, (name, after, more) in libraries.items():
    path = folder / "library" / name
    text = path.read_text()
    path.write_text(text.replace(after, after + more) if words != "definitions that double" else text + more)
    measure("a library, " + words, ["validate", folder / "library"], reads=words == "names")
    path.write_text(text)
measure("a library as it is", ["validate", folder / "library"], reads=True)

for failure in failures:
    print("FAIL", failure)
print(worst)
sys.exit(bool(failures))
