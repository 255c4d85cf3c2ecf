#!/usr/bin/python3
"""One value of a plan is changed, as somebody would by hand: it is refused with its place where another value of
the plan says otherwise. usage: edited.py PROGRAM SOURCE"""
import copy
import json
import os
import pathlib
import subprocess
import sys
import tempfile

program, source = sys.argv[1], pathlib.Path(sys.argv[2])
home = tempfile.TemporaryDirectory()
environment = {"HOME": home.name, "PATH": os.environ["PATH"]}
failures, refused, taken = [], 0, 0


def made(*arguments):
    return json.loads(subprocess.run([program, "generate", "-q", "-f", "json", *map(str, arguments)],
                                     env=environment, stdout=subprocess.PIPE, check=True).stdout)


def validate(plan):
    ended = subprocess.run([program, "validate", "-"], input=json.dumps(plan, indent=1).encode(), env=environment,
                           capture_output=True)
    return ended.returncode, ended.stderr.decode()


def paths(tree, so_far=()):
    if isinstance(tree, dict):
        for key in tree:
            yield from paths(tree[key], (*so_far, key))
    elif isinstance(tree, list):
        for i, each in enumerate(tree):
            yield from paths(each, (*so_far, i))
    else:
        yield so_far, tree


def changed(plan, path, value):
    out = copy.deepcopy(plan)
    place = out
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return out


def pauses(dose):
    within = dose["repetitions"] - 1 if dose["kind"] == "hold" else 0
    return dose["sets"] * within + dose["sets"] - 1


def may_change(plan, path, by):
    """Whether nothing else in the plan says what this number is."""
    if path == ("request", "budget_seconds"):
        return plan["request"]["budget_seconds"] + by >= plan["total_seconds"]
    if path == ("worth", "most_points"):
        return by > 0
    if path[:1] == ("request",) or path[:2] in [("worth", "next_best"), ("worth", "limited_by")]:
        return True
    return path[-1] == "rest_seconds" and pauses(plan["steps"][path[1]]["dose"]) == 0


def expect(words, plan, place):
    global refused
    refused += 1
    code, said = validate(plan)
    if code != 3 or place not in said:
        failures.append(f"{words}: exit {code}, and not at {place}: {said[:200]}")


plans = [made("-a", source / "examples/thin-bones.yaml", "-m", "20"),
         made("-a", source / "examples/desk-worker.yaml", "-m", "5", "--have", "chair", "--position", "seated")]
if {step["sides"] for plan in plans for step in plan["steps"]} < {"none", "each"}:
    failures.append("the plans have no sides")
for plan in plans:
    code, said = validate(plan)
    if code != 0:
        failures.append(f"a plan as it was made: {said}")
    for path, value in paths(plan):
        if type(value) is not int:
            continue
        for by in [1, -1, 7, value]:
            if value + by < 0 or by == 0:
                continue
            if may_change(plan, path, by):
                taken += 1
            else:
                expect(f"{path} by {by}", changed(plan, path, value + by), "worth.points" if path[-1] == "points" else "")
    # The seconds of a dose and of the work may agree, and the sum may not; or the other way round.
    for i, step in enumerate(plan["steps"]):
        both = changed(plan, ("steps", i, "work_seconds"), step["work_seconds"] + 1)
        both["total_seconds"] += 1
        both["request"]["budget_seconds"] += 1
        expect(f"work and total of step {i}", both, f"steps[{i}].work_seconds")
        both = changed(plan, ("steps", i, "setup_seconds"), step["setup_seconds"] + 1)
        both["total_seconds"] += 1
        both["request"]["budget_seconds"] += 1
        expect(f"setup and total of step {i}", both, f"steps[{i}].setup_seconds")
        expect(f"sides of step {i}", changed(plan, ("steps", i, "sides"),
                                             "none" if step["sides"] == "each" else "each"), f"steps[{i}].work_seconds")
    first, last = plan["steps"][0], plan["steps"][-1]
    expect("a step twice", {**plan, "steps": [*plan["steps"], last]}, f"steps[{len(plan['steps'])}]")
    expect("a step left out", {**plan, "steps": plan["steps"][1:]}, "steps[0].n")
    expect("steps turned round", {**plan, "steps": plan["steps"][::-1]}, "steps")
    expect("a step that is also left out", changed(plan, ("omitted", 0, "id"), first["id"]), "omitted[0].id")
    expect("something left out twice", {**plan, "omitted": plan["omitted"] * 2}, "omitted[")
    expect("no end", changed(plan, ("end",), False), "end")
    expect("a level for which there is no plan", changed(plan, ("level",), "same_day"), "level")
    expect("a rule that gave no reason", changed(plan, ("omitted", 0, "rule"), "no-rule"), "omitted[0].rule")
    if "next_best" in plan["worth"]:
        expect("a rival without what is not there",
               changed(plan, ("worth", "next_best", "without"), ["nothing-like-it"]), "worth.next_best.without")
        expect("a rival with what is there", changed(plan, ("worth", "next_best", "with"), [first["id"]]),
               "worth.next_best.with")

careful = plans[0]
earlier = changed(careful, ("generator", "version"), "0.0.1")
earlier["steps"][0]["setup_seconds"] += 1
for key in (("total_seconds",), ("request", "budget_seconds")):
    earlier = changed(earlier, key, (earlier["request"] if len(key) > 1 else earlier)[key[-1]] + 1)
code, said = validate(earlier)
if code != 0:
    failures.append(f"a plan of a version that took other times to get ready: {said}")
expect("a milder level than its reasons", changed(careful, ("level",), "self_care"), "level")
eased = next(i for i, step in enumerate(careful["steps"]) if step["eased"])
expect("a precaution that is no reason", changed(careful, ("steps", eased, "eased"), "x"), f"steps[{eased}].eased")
by_rule = next(i for i, each in enumerate(careful["omitted"]) if each["rule"] and each["because"])
expect("a rule without its word", changed(careful, ("omitted", by_rule, "reason"), "time"), "rule")
expect("other answers than the rule's", changed(careful, ("omitted", by_rule, "because"), []), "because")

screening = json.loads(subprocess.run([program, "screen", "-f", "json", "-a", source / "examples/thin-bones.yaml"],
                                      env=environment, stdout=subprocess.PIPE).stdout)
missing = [{"question": "age", "ask": "How old are you?"}]
for key, value, place in [("status", "incomplete", "complete"), ("complete", False, "complete"),
                          ("missing", missing, "missing")]:
    expect(f"a screening with {key} {value}", changed(screening, (key,), value), place)
open_one = {**screening, "status": "incomplete", "complete": False, "missing": missing}
expect("a plan may follow while questions are open", open_one, "plan_may_follow")

for failure in failures:
    print("FAIL", failure)
print(refused, "refused,", taken, "that nothing else says")
sys.exit(bool(failures))
