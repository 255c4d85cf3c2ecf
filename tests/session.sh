#!/bin/sh
# A session without a terminal: the times of its events, the command at each cue, speech.
# usage: tests/session.sh PROGRAM SOURCE
set -eu
program=$1
source=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
ok() { # NAME COMMAND...
  name=$1
  shift
  if "$@" >"$work/why" 2>&1; then echo "PASS $name"; else echo "FAIL $name"; cat "$work/why"; failed=1; fi
}
run() { "$program" run "$@" 2>"$work/err" </dev/null; }
HOME=$work "$program" generate -q -m 10 -a "$source/examples/desk-worker.yaml" -f yaml >"$work/plan.yaml"
short=$source/tests/cases/generate-yaml/expected

# The times that the plan itself gives: "event seconds" for each cue.
awk '
  function cue(event) { printf "%s %d\n", event, at * 1000 }
  /^steps:/ { inside = 1; cue("start") }
  /^omitted:/ { inside = 0 }
  !inside { next }
  /^    sides:/ { two = $2 == "\"each\"" }
  /^    setup_seconds:/ { setup = $2 }
  /^    work_seconds:/ { work = $2; reps = sets = 1; rest = 0 }
  /^      kind:/ { hold = $2 == "\"hold\"" }
  /^      seconds:/ { each = $2 }
  /^      repetitions:/ { reps = $2 }
  /^      sets:/ { sets = $2 }
  /^      rest_seconds:/ { rest = $2 }
  /^    cue:/ {
    side = sets * reps * each + (sets * (hold ? reps - 1 : 0) + sets - 1) * rest
    cue("step"); at += setup; cue("go")
    if (two) { at += side; cue("sides"); at += work - 2 * side; cue("go"); at += side } else at += work
  }
  END { cue("done") }
' "$work/plan.yaml" >"$work/planned"

# Every cue falls due exactly when the plan says, however late the ones before were; and it comes soon
# after. A busy machine may be late now and then, not with most of them.
begun=$(date +%s%N)
run "$work/plan.yaml" --events --speed 60 >"$work/events"
took=$((($(date +%s%N) - begun) / 1000000))
sed 's/.*"event":"\([a-z]*\)".*"at_ms":\([0-9]*\),"due_ms":\([0-9]*\).*/\1 \2 \3/' "$work/events" >"$work/times"
due() { awk '{ print $1, int($2 / 60) }' "$work/planned" >"$work/due"; awk '{ print $1, $3 }' "$work/times" | diff -u "$work/due" -; }
ok "the events of ten minutes fall due when the plan says" due
early() { awk '$2 < $3 { print; bad = 1 } END { exit bad }' "$work/times"; }
ok "none comes early" early
drift() { tail -n 12 "$work/times" | awk '{ print $2 - $3 }' | sort -n | sed -n 6p | { read -r late; echo "late: $late ms"; [ "$late" -le 100 ]; }; }
ok "the last ones come within 100 ms: nothing adds up" drift
total() { echo "$took ms"; last=$(tail -n 1 "$work/times" | cut -d' ' -f2); [ "$took" -ge "$last" ] && [ "$last" -ge "$(tail -n 1 "$work/due" | cut -d' ' -f2)" ]; }
ok "the clock on the wall agrees" total
ok "an event names the step, its seconds and its side" grep -q \
  '^{"event":"sides","at_ms":[0-9]*,"due_ms":[0-9]*,"step":[0-9]*,"steps":[0-9]*,"id":"[a-z-]*","name":"[^"]*","side":2,"seconds":5}$' "$work/events"

# A session is recorded when the log is on, and only then.
export HOME="$work/home"
mkdir "$HOME"
unset XDG_STATE_HOME
run "$short" --speed 1000 >/dev/null
nothing_saved() { [ -z "$(find "$HOME" -type f)" ]; }
ok "nothing is recorded unless the log is on" nothing_saved
"$program" log on >/dev/null
run "$short" --speed 1000 >/dev/null
sped() { grep -q 'not recorded: a session with --speed' "$work/err" && [ "$("$program" log export -f csv | wc -l)" = 1 ]; }
ok "nor is one that was sped up, and it says so" sped
count=$(grep -c '^  - "n":' "$short")
sed -f "$source/tests/quick.sed" -e "s/^total_seconds: .*/total_seconds: $count/" "$short" >"$work/quick"
run "$work/quick" >/dev/null
recorded() {
  "$program" log export -f json >"$work/log.json"
  cat "$work/err" "$work/log.json"
  [ "$(grep -c '"finished"' "$work/log.json")" = 1 ] && grep -q '"stopped": false' "$work/log.json" &&
    grep -q "\"seconds\": $count," "$work/log.json" && [ "$(grep -c '"id"' "$work/log.json")" = "$count" ]
}
ok "a finished session is recorded when it is on" recorded

# Frozen: nothing runs, and nobody says when it goes on. Where there is nobody to ask it goes on from there.
frozen() {
  (trap '' CONT; exec "$program" run "$1" --events <&3) 3</dev/null >"$work/events" 2>"$work/err" &
  pid=$!
  sleep 2.5
  kill -STOP $pid
  sleep 6
  kill -CONT $pid
  wait $pid
  sed 's/.*"event":"\([a-z]*\)".*"at_ms":\([0-9]*\),.*/\1 \2/' "$work/events" >"$work/times"
  cat "$work/times"
  [ "$(grep -cE '^(pause|resume)' "$work/times")" = 2 ] || return 1
  last=$(tail -n 1 "$work/times")
  [ "${last% *}" = "done" ] && [ "${last#* }" -ge $(((count + 5) * 1000)) ]
}
ok "frozen, it is paused, and no step is raced through" frozen "$work/quick"

# A command at each cue, too slow for the session, with its event in the environment. Shells are
# started in order but may write in any.
export out="$work/cues"
run "$short" --speed 200 --events --cue-cmd 'echo "$BACKPLAN_EVENT $BACKPLAN_STEP/$BACKPLAN_STEPS $BACKPLAN_ID $BACKPLAN_SIDE $BACKPLAN_SECONDS" >>"$out"; echo printed; sleep 60 & echo $! >>"$out.pids"' >"$work/events"
sed 's/.*"event":"\([a-z]*\)".*"step":\([0-9]*\),"steps":\([0-9]*\),"id":"\([^"]*\)".*"side":\([0-9]*\),"seconds":\([0-9]*\)}/\1 \2\/\3 \4 \5 \6/' "$work/events" | sort >"$work/expected"
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
  [ -s "$out.pids" ] && [ "$(wc -l <"$out.pids")" -ge "$(wc -l <"$work/expected")" ] && break
  sleep 0.5
done
while read -r pid; do kill "$pid" 2>/dev/null || true; done <"$out.pids"
sort "$out" >"$work/found"
ok "a command runs at each cue with its event" diff -u "$work/expected" "$work/found"
ok "what it prints is not among the events" sh -c "! grep -q printed '$work/events' && grep -q printed '$work/err'"

# Speech: the first program that works.
mkdir "$work/bin"
printf '#!/bin/sh\nprintf "%%s\\n" "$*" >>"%s"\nexit 1\n' "$work/tried" >"$work/bin/spd-say"
printf '#!/bin/sh\nprintf "%%s\\n" "$*" >>"%s"\n' "$work/said" >"$work/bin/espeak-ng"
chmod +x "$work/bin/spd-say" "$work/bin/espeak-ng"
LANG=de_DE.UTF-8 LC_ALL='' PATH="$work/bin:$PATH" run "$short" --say --speed 50 >/dev/null
ok "where spd-say fails espeak-ng speaks, in English" grep -qE '^-v en -- (Go|Change sides|Done)$' "$work/said"
ok "spd-say was told that it is English" grep -qE '^-l en --wait -- ' "$work/tried"
mkdir "$work/none"
PATH=$work/none "$program" run "$short" --say --speed 1000 >/dev/null 2>"$work/err"
ok "without either it says so, and goes on" grep -q 'nothing speaks here' "$work/err"

# No terminal: no codes, no bell.
run "$short" --speed 1000 >"$work/out"
ok "without a terminal there are only lines" sh -c "! LC_ALL=C grep -q '[[:cntrl:]]' '$work/out' && grep -q '^Done' '$work/out'"
exit $failed
