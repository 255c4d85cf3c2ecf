#!/usr/bin/python3
"""Reads calendars of backplan with two readers that know nothing of it, and compares what they find.
usage: read_calendars.py PROGRAM SOURCE; exits with 77 when a reader is missing."""
import datetime
import json
import os
import subprocess
import sys
import zoneinfo

try:
    import dateutil.rrule
    import icalendar
    import vobject
except ImportError as missing:
    print("skipped:", missing)
    sys.exit(1 if os.environ.get("REQUIRE_ALL") else 77)

program, source = sys.argv[1:]
sheet = source + "/examples/desk-worker.yaml"
failed = False


def run(*arguments, stdin=None):
    return subprocess.run([program, *arguments], input=stdin, stdout=subprocess.PIPE, check=True).stdout


def expect(words, found, wanted):
    global failed
    if found != wanted:
        print(f"FAIL {words}: {found!r} and not {wanted!r}")
        failed = True


def read_with_icalendar(data):
    calendar = icalendar.Calendar.from_ical(data)
    event, = calendar.walk("VEVENT")
    alarm, = event.walk("VALARM")
    rule = event["RRULE"].to_ical().decode() if "RRULE" in event else None
    return {"uid": str(event["UID"]), "start": event.decoded("DTSTART"), "stamp": event.decoded("DTSTAMP"),
            "duration": event.decoded("DURATION"), "rule": rule, "summary": str(event["SUMMARY"]),
            "description": str(event["DESCRIPTION"]), "class": str(event["CLASS"]),
            "alarm": alarm.decoded("TRIGGER"), "errors": list(event.errors)}


def read_with_vobject(data):
    event = vobject.readOne(data.decode()).vevent
    stamp = event.dtstamp.value
    return {"uid": event.uid.value, "start": event.dtstart.value, "stamp": stamp,
            "duration": event.duration.value, "rule": event.rrule.value if "rrule" in event.contents else None,
            "summary": event.summary.value, "description": event.description.value,
            "class": event.getChildValue("class"), "alarm": event.valarm.trigger.value, "errors": []}


def parts(rule):
    return dict(part.split("=") for part in rule.split(";")) if rule else None


def offsets_in(zone, data, starts):
    """How far a zone's clock is ahead of UTC, as the two readers make it out of the file alone."""
    calendar = icalendar.Calendar.from_ical(data)
    explained, = calendar.walk("VTIMEZONE")
    expect(zone + ": its name", str(explained["TZID"]), zone)
    event, = calendar.walk("VEVENT")
    expect(zone + ": of the event", event["DTSTART"].params["TZID"], zone)
    by_icalendar = [explained.to_tz().localize(start).utcoffset() for start in starts]
    vobject.icalendar.registerTzid(zone, None)  # it keeps the first that it sees
    clock = vobject.readOne(data.decode()).vevent.dtstart.value.tzinfo
    by_vobject = [start.replace(tzinfo=clock).utcoffset() for start in starts]
    expect(zone + ": the readers agree", by_icalendar, by_vobject)
    return by_icalendar


def check(words, data, plan, start, occurrences):
    readers = [read_with_icalendar(data), read_with_vobject(data)]
    for found in readers:
        found["stamp"] = found["stamp"].replace(tzinfo=None)
        found["parts"] = parts(found.pop("rule"))
    expect(words + ": the readers agree", readers[0], readers[1])
    found = readers[0]
    expect(words + ": start", found["start"], start)
    expect(words + ": floating", found["start"].tzinfo, None)
    expect(words + ": duration", found["duration"].total_seconds(), plan["total_seconds"])
    expect(words + ": class", found["class"], "PRIVATE")
    expect(words + ": alarm", found["alarm"], datetime.timedelta(minutes=-5))
    for step in plan["steps"]:
        expect(words + ": has " + step["name"], step["name"] in found["description"], True)
    for line in plan["check_before"]:
        expect(words + ": has " + line, line in found["description"], True)
    for reason in plan["reasons"]:
        expect(words + ": no reason", reason["title"] in found["description"], False)
    rule = ";".join(f"{key}={value}" for key, value in (found["parts"] or {}).items())
    days = list(dateutil.rrule.rrulestr(rule, dtstart=found["start"])) if rule else [found["start"]]
    expect(words + ": occurrences", len(days), occurrences)
    expect(words + ": the first is one of them", days[0], start)
    for line in data.split(b"\r\n"):
        expect(words + ": fold", len(line) <= 75, True)
    expect(words + ": CR LF only", data.count(b"\n"), data.count(b"\r\n"))
    return days


morning = datetime.datetime
plan = json.loads(run("generate", "-a", sheet, "-f", "json"))
generate = ["generate", "-a", sheet, "-f", "ics", "--at", "10:30", "--from", "2026-11-21", "--repeat"]
days = check("weekdays", run(*generate, "weekdays"), plan, morning(2026, 11, 23, 10, 30), 10)
expect("weekdays end", days[-1], morning(2026, 12, 4, 10, 30))
expect("no weekend", [day for day in days if day.weekday() > 4], [])
days = check("daily", run(*generate, "daily"), plan, morning(2026, 11, 21, 10, 30), 14)
expect("daily end", days[-1], morning(2026, 12, 4, 10, 30))
check("once", run(*generate, "none"), plan, morning(2026, 11, 21, 10, 30), 1)
saved = run("render", "-", "-f", "ics", "--at", "10:30", "--from", "2026-11-21", stdin=json.dumps(plan).encode())
expect("render and generate agree", saved, run(*generate, "none"))

# In a zone: the clock on the wall is the one that the time zone database has, on each of the days.
for zone, first in [("Europe/Berlin", "2026-03-23"), ("Europe/Berlin", "2026-10-19"), ("Europe/Dublin", "2026-10-19"),
                    ("America/New_York", "2026-03-02"), ("America/New_York", "2100-03-08"),
                    ("Asia/Kathmandu", "2026-03-23"), ("Pacific/Auckland", "2038-04-01"),
                    ("Australia/Lord_Howe", "2033-09-26"), ("America/Argentina/Buenos_Aires", "9998-12-31")]:
    data = run("generate", "-a", sheet, "-f", "ics", "--at", "08:30", "--from", first, "--repeat", "daily", "--zone", zone)
    starts = [datetime.datetime.fromisoformat(first + " 08:30") + datetime.timedelta(days=n) for n in range(14)]
    wanted = [start.replace(tzinfo=zoneinfo.ZoneInfo(zone)).utcoffset() for start in starts]
    expect(f"{zone} from {first}", offsets_in(zone, data, starts), wanted)
data = run(*generate, "daily", "--zone", "UTC")
for found in read_with_icalendar(data), read_with_vobject(data):
    expect("UTC", found["start"].utcoffset(), datetime.timedelta(0))
    expect("UTC: the time", found["start"].replace(tzinfo=None), morning(2026, 11, 21, 10, 30))
refused = subprocess.run([program, *generate, "daily", "--zone", "Europe/Berln"], capture_output=True)
expect("a zone that is not known", (refused.returncode, refused.stdout), (2, b""))

# Single events on two days are two, and the same one again is the same.
uids = {read_with_icalendar(run("generate", "-a", sheet, "-f", "ics", "--at", "08:30", "--from", day))["uid"]
        for day in ("2026-03-27", "2026-03-30", "2026-03-30")}
expect("UIDs of two days", len(uids), 2)

# Of somebody with answers that nobody else should see.
for name in sorted(os.listdir(source + "/examples")):
    path = source + "/examples/" + name
    made = subprocess.run([program, "generate", "-a", path, "-f", "json"], capture_output=True)
    if made.returncode != 0:
        continue
    plan = json.loads(made.stdout)
    data = run("render", "-", "-f", "ics", "--at", "07:05", "--from", "2028-02-29", stdin=made.stdout)
    check(name, data, plan, morning(2028, 2, 29, 7, 5), 1)

sys.exit(failed)
