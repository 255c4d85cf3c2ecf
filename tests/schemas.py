"""The schemas fit every file that is shipped and every document that is printed, and nothing else.
usage: schemas.py PROGRAM SOURCE
"""
import copy
import json
import os
import pathlib
import subprocess
import sys
import tempfile

try:
    import jsonschema
    from plain_yaml import load
except ImportError as missing:
    print(missing)
    sys.exit(1 if os.environ.get("REQUIRE_ALL") else 77)

program, source = sys.argv[1], pathlib.Path(sys.argv[2])
home = tempfile.TemporaryDirectory()
environment = {"HOME": home.name, "PATH": os.environ["PATH"]}
KINDS = ["technique", "rules", "questionnaire", "answers", "screening", "plan"]
schemas = {kind: json.loads((source / f"schemas/{kind}.schema.json").read_text()) for kind in KINDS}
failures = []
checked = {kind: 0 for kind in KINDS}
refused = {kind: 0 for kind in KINDS}


def closed(schema):
    """What the program prints today has no key that the schema does not describe."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    out = {key: closed(value) for key, value in schema.items()}
    if out.get("type") == "object" and isinstance(out.get("properties"), dict):
        out.setdefault("additionalProperties", False)
    return out


strict = {kind: jsonschema.Draft7Validator(closed(schema)) for kind, schema in schemas.items()}
usual = {kind: jsonschema.Draft7Validator(schema) for kind, schema in schemas.items()}


def fits(name, document, kind=None):
    kind = kind or document["schema"].split("/")[1]
    checked[kind] += 1
    for error in strict[kind].iter_errors(document):
        failures.append(f"{name}: {list(error.path)}: {error.message[:200]}")


def wrong(kind, what, document, change):
    changed = copy.deepcopy(document)
    change(changed)
    refused[kind] += 1
    if usual[kind].is_valid(changed):
        failures.append(f"{kind} takes {what}")


def run(*arguments):
    result = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True,
                            stdin=subprocess.DEVNULL, env=environment, timeout=60, check=False)
    return result.stdout


def shipped():
    without = {"vocabulary", "definitions", "session", "objective", "advice"}  # not for people to write
    for file in sorted([*source.glob("routines/**/*.yaml"), *source.glob("examples/*.yaml"),
                        *source.glob("tests/sheets/*.yaml")]):
        document = load(file.read_text())
        kind = document.get("schema", "backplan/answers/1").split("/")[1]
        if kind not in without:
            fits(file.relative_to(source), document, kind)


def printed():
    for example in sorted(source.glob("examples/*.yaml")):
        if "answers" not in example.read_text().split("schema:")[1].split("\n")[0]:
            continue
        both = [run("screen", "-a", example, "-f", form) for form in ("yaml", "json")]
        fits(f"screen {example.name}", load(both[0]))
        if load(both[0]) != json.loads(both[1]):
            failures.append(f"screen {example.name}: yaml and json differ")
        for minutes in ("3", "10", "40"):
            for flags in ([], ["--intensity", "normal", "--have", "chair,wall,mat,foam-roller"]):
                text = run("generate", "-a", example, "-m", minutes, *flags, "-f", "yaml")
                if text:
                    fits(f"generate {example.name}", load(text))
                    fits(f"generate {example.name}",
                         json.loads(run("generate", "-a", example, "-m", minutes, *flags, "-f", "json")))
    own = pathlib.Path(home.name, "own")
    own.mkdir()
    (own / "strict.yaml").write_text((source / "examples/nhs-strict.yaml").read_text())
    fits("generate with a rule of one's own", load(run(
        "generate", "-a", source / "examples/desk-worker.yaml", "--routines", own, "-f", "yaml")))
    fits("screen --questions", load(run("screen", "--questions")))
    fits("an incomplete screening", load(run("screen", "--answer", "age=40", "-f", "yaml")))
    run("screen", "-a", source / "examples/desk-worker.yaml", "--save", "-q")
    saved = pathlib.Path(home.name, ".local/state/backplan/screening.yaml")
    document = load(saved.read_text())
    if "saved_at" not in document:
        failures.append("the saved screening has no saved_at")
    fits("a saved screening", document)


def put(*path_and_value):
    """A change: the value at the path, or without it when the value is None."""
    *path, last, value = path_and_value

    def change(document):
        for key in path:
            document = document[key]
        if value is None:
            del document[last]
        else:
            document[last] = value
    return change


def negative():
    technique = load((source / "routines/techniques/foam-roller.yaml").read_text())
    for what, change in {
            "an unknown key": put("coment", "x"), "an unknown phase": put("phase", "warmup"),
            "an unknown demand": put("demands", 0, "pain"), "no demands": put("demands", None),
            "a long cue": put("cue", "x" * 61), "an id with capitals": put("id", "Foam"),
            "no source": put("sources", []), "no dose": put("doses", []),
            "seconds as text": put("doses", 0, "seconds", "45"),
            "repetitions of a time": put("doses", 0, "repetitions", 3),
            "holds without repetitions": put("doses", 0, "kind", "hold"),
            "three lines": put("sources", 0, "lines", [1, 2, 3]),
            "another version": put("schema", "backplan/technique/2")}.items():
        wrong("technique", what, technique, change)
    rules = load((source / "examples/nhs-strict.yaml").read_text())
    for what, change in {
            "an unknown level": put("rules", 0, "level", "urgent"),
            "two keys in a condition": put("rules", 0, "when", {"complaint": "new-pain", "age": {"at-least": 3}}),
            "an unknown question": put("rules", 0, "when", {"complain": "new-pain"}),
            "an unknown option": put("rules", 0, "when", {"complaint": "newpain"}),
            "the answer with nothing to report": put("rules", 0, "when", {"pregnancy": "no"}),
            "all of one": put("rules", 0, "when", {"all": [{"complaint": "new-pain"}]}),
            "a number for a text": put("rules", 0, "why", 3),
            "a boolean answer": put("rules", 0, "examples", 0, "answers", {"aorta-risk": False}),
            "no examples": put("rules", 0, "examples", [])}.items():
        wrong("rules", what, rules, change)
    questionnaire = load((source / "routines/questionnaire.yaml").read_text())
    for what, change in {
            "an option named none": put("questions", 0, "options", "none", "x"),
            "an option with a question mark": put("questions", 0, "options", "sure?", "x"),
            "no options": put("questions", 0, "options", None),
            "an unknown kind": put("questions", 0, "kind", "text"),
            "a gate of two keys": put("questions", 3, "gate", {"injury": "x", "pregnancy": "y"}),
            "a gate in words": put("questions", 3, "gate", "injury"),
            "one-applies without a gate": put("questions", 0, "one-applies", True),
            "options of yes-no": put("questions", 2, "options", {"a": "b", "c": "d"})}.items():
        wrong("questionnaire", what, questionnaire, change)
    sheet = load((source / "examples/desk-worker.yaml").read_text())
    for what, change in {
            "an unknown question": put("ages", 3), "an age as text": put("age", "34"),
            "an age of 500": put("age", 500), "an unknown option": put("course", "fine"),
            "an empty list": put("injury", []), "none with others": put("injury", ["none", "minor-knock"])}.items():
        wrong("answers", what, sheet, change)
    screening = load(run("screen", "-a", source / "examples/desk-worker.yaml", "-f", "yaml"))
    for what, change in {
            "a level with a hyphen": put("level", "self-care"), "no level": put("level", None),
            "text for a boolean": put("complete", "true"), "an unknown answer": put("answers", "age", "old"),
            "incomplete and complete": put("level", "incomplete"),
            "a mild level while questions are open": put("status", "incomplete"),
            "another version": put("schema", "backplan/screening/1")}.items():
        wrong("screening", what, screening, change)
    plan = load(run("generate", "-a", source / "examples/desk-worker.yaml", "-f", "yaml"))
    for what, change in {
            "a plan for an emergency": put("level", "emergency"), "a cut plan": put("end", None),
            "no stop signs": put("stop_signs", []), "a step without a dose": put("steps", 0, "dose", None),
            "seconds as text": put("total_seconds", "540"), "an unknown phase": put("steps", 0, "phase", "x")}.items():
        wrong("plan", what, plan, change)
    for kind, document in (("plan", plan), ("screening", screening)):  # the promise: keys may be added
        if not usual[kind].is_valid(document | {"added_later": 1}):
            failures.append(f"{kind} refuses a key that a later version may add")


for each in schemas.values():
    jsonschema.Draft7Validator.check_schema(each)
with tempfile.TemporaryDirectory() as folder:
    subprocess.run([sys.executable, source / "scripts/schemas", folder], check=True)
    for kind in KINDS:
        name = f"{kind}.schema.json"
        if pathlib.Path(folder, name).read_text() != (source / "schemas" / name).read_text():
            failures.append(f"schemas/{name} is out of date: run scripts/schemas")
shipped()
printed()
negative()
for kind in KINDS:
    if not checked[kind] or not refused[kind]:
        failures.append(f"no document was checked against {kind}")
print(*failures, sep="\n")
print("documents that fit:", checked, "refused:", refused, f"{len(failures)} failures")
sys.exit(bool(failures))
