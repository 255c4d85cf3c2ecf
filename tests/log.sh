#!/bin/sh
# The log and forget: modes, links, versions, crashes, writers at once. usage: log.sh PROGRAM SOURCE
# Tools that are missing are skipped, unless REQUIRE_ALL is set.
set -u
program=$1
source=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset XDG_STATE_HOME XDG_DATA_HOME XDG_DATA_DIRS COLUMNS
export HOME="$work/home" TZ=UTC
mkdir "$HOME"
cd "$work" || exit 1
desk=$source/examples/desk-worker.yaml
state=$HOME/.local/state/backplan
log=$state/log.db
failed=0

# check WORDS CODE TEXT ARGUMENTS...: the program must exit with CODE and print TEXT somewhere.
check() {
  words=$1 code=$2 text=$3
  shift 3
  "$program" "$@" >out 2>err </dev/null
  found=$?
  if [ "$found" -ne "$code" ] || ! { echo; cat out err; } | grep -qF -- "$text"; then
    echo "FAIL $words: exit $found instead of $code, or without: $text"
    cat out err | head -8
    failed=1
  fi
}
must() {
  words=$1
  shift
  "$@" || { echo "FAIL $words"; failed=1; }
}
mode() { stat -c %a "$1"; }
have() {
  command -v "$1" >/dev/null 2>&1 && return 0
  echo "skipped, there is no $1"
  [ -z "${REQUIRE_ALL:-}" ] || failed=1
  return 1
}

# Nothing is stored unless it is on.
check "a list of nothing" 0 "nothing is stored" log
check "no record while it is off" 2 "the log is off" log add --minutes 5
check "off when there is none" 0 "The log is off" log off
must "none of these made anything" [ ! -e "$HOME/.local" ]
"$program" generate -a "$desk" -m 20 -f yaml >plain.yaml 2>plain.err
must "nor did a plan" [ ! -e "$HOME/.local" ]

umask 000 # the worst that a person can have
check "on says what is stored" 0 "which steps, whether you stopped early" log on
check "and where" 0 "$log" log on
must "the folder is its owner's alone" [ "$(mode "$state")" = 700 ]
must "the file, too" [ "$(mode "$log")" = 600 ]
"$program" generate -a "$desk" -m 20 -f yaml >empty.yaml 2>empty.err
work() { awk '/^  - n:/ { id = "" } /^    id: "'"$2"'"/ { id = 1 } id && /work_seconds/ { print $2; exit }' "$1"; }
must "with an empty log doses start at the least" \
  [ "$(work empty.yaml arm-stretches)" -lt "$(work plain.yaml arm-stretches)" ]
"$program" generate -a "$desk" -m 20 -f yaml --no-log >unlogged.yaml 2>/dev/null
must "and --no-log changes no plan" cmp -s plain.yaml unlogged.yaml
must "and adds no note" cmp -s plain.err empty.err

check "a plan is recorded" 0 "recorded" log add plain.yaml --before 6 --after 3 --note 'after "work", =1'
check "listed with its steps" 0 "cat-cow" log
check "and its stiffness" 0 "stiffness 6 -> 3 of 10" log
check "without a plan" 0 "recorded" log add --minutes 90s --before 10 --after 0
check "two" 0 "1:30 min, stiffness 10 -> 0 of 10" log
"$program" log add - --minutes 1 --stopped <plain.yaml 2>err || { echo "FAIL a plan from a pipe"; failed=1; }
"$program" log export -f csv >log.csv
must "who stopped after a minute has not done the last step" \
  sh -c "tail -1 log.csv | grep -q 'yes,deep-breathing' && ! tail -1 log.csv | grep -q supine-breath-rest"
check "stopped, but when?" 2 "--minutes N" log add plain.yaml --stopped
must "three records and a header, with CR LF" [ "$(grep -c "$(printf '\r')\$" log.csv)" = 4 ]
must "quotes are doubled" grep -qF '"after ""work"", =1"' log.csv
check "neither plan nor time" 2 "--minutes N" log add
check "stiffness over ten" 2 "--before: '11'" log add --minutes 5 --before 11
check "octal stiffness" 2 "--after: '010'" log add --minutes 5 --after 010
check "a note with a control character" 2 "control characters" log add --minutes 5 --note "$(printf 'a\033[2Jb')"
check "a note that is no UTF-8" 2 "control characters" log add --minutes 5 --note "$(printf "\377")"
check "not a plan" 3 "" log add "$desk"
check "no record came of these" 0 "2 shown" log --plot
check "an unknown format" 2 "unknown word 'xml'" log export -f xml
check "-o is private, too" 0 "" log export -o out.json
must "by mode" [ "$(mode out.json)" = 600 ]
must "and JSON by its name" grep -q '"backplan/log/1"' out.json
check "a second time it is known" 0 "" log export -o out.json

# What generate makes of it.
big="generate -a $desk -m 30 --have foam-roller,mat"
"$program" $big --no-log -f yaml >without.yaml 2>/dev/null
must "there is release work to leave out" grep -q 'phase: "release"' without.yaml
check "release work once a day" 0 "release work today" $big
"$program" $big -f yaml >with.yaml 2>with.err
must "it is left out" sh -c "! grep -q 'phase: \"release\"' with.yaml"
must "and the plan says why" grep -qF -- '--no-release (log: release work today)' with.yaml
check "off" 0 "What was recorded stays" log off
"$program" $big -f yaml >off.yaml 2>off.err
must "off, the log counts for nothing" cmp -s without.yaml off.yaml
check "not even a record" 2 "the log is off" log add --minutes 5
check "on again" 0 "The log is on" log on
if [ -z "${NO_FALSE_CLOCK-}" ] && have faketime; then
  faketime '+3 days' "$program" $big -f yaml >later.yaml 2>/dev/null
  must "three days later it is back" grep -q 'phase: "release"' later.yaml
fi

# Crashes and versions.
if have sqlite3; then
  sound() { [ "$(sqlite3 "$log" 'PRAGMA integrity_check; PRAGMA foreign_key_check')" = ok ]; }
  count() { sqlite3 "$log" 'SELECT count(*) FROM session'; }
  must "sound" sound
  must "no text of the questionnaire" [ "$(sqlite3 "$log" .dump | grep -c 'self_care\|chest-pain')" = 0 ]

  # Killed anywhere: what was acknowledged is there, nothing is there in part.
  before=$(count)
  acknowledged=0
  i=0
  while [ $i -lt 30 ]; do
    "$program" log add plain.yaml 2>/dev/null &
    pid=$!
    sleep "0.0$((i % 3))$((i % 10))"
    kill -9 $pid 2>/dev/null
    if wait $pid 2>/dev/null; then acknowledged=$((acknowledged + 1)); fi
    i=$((i + 1))
  done
  must "sound after 30 kills" sound
  must "nothing that was acknowledged is lost" [ "$(count)" -ge $((before + acknowledged)) ]
  must "no session without its steps" [ "$(sqlite3 "$log" "SELECT count(*) FROM session WHERE seconds > 100 AND id NOT IN (SELECT session FROM step WHERE n > 5)")" = 0 ]

  # Killed at every place of a write in turn. The journal that is left is its owner's alone.
  if have strace && strace -o /dev/null true 2>/dev/null; then
    for call in pwrite64 fdatasync unlink; do
      n=1
      while [ $n -lt 40 ]; do
        before=$(count)
        strace -o /dev/null -e trace=$call -e inject=$call:signal=KILL:when=$n \
          "$program" log add plain.yaml >/dev/null 2>&1
        code=$?
        for file in "$state"/*; do
          must "$file is private after a kill at $call $n" [ "$(mode "$file")" = 600 ]
        done
        must "sound after a kill at $call $n" sound
        after=$(count)
        must "all or nothing at $call $n" [ "$after" -eq "$before" -o "$after" -eq $((before + 1)) ]
        [ $code -eq 0 ] && break
        n=$((n + 1))
      done
      must "$call is reached, and its places come to an end" [ $n -gt 1 -a $n -lt 40 ]
    done
  fi

  # Numbers that no version writes.
  for change in finished=253402300800 finished=-1 finished=9223372036854775807 utc_offset=86401 seconds=-1 seconds=86401; do
    cp "$log" kept.db
    sqlite3 "$log" "UPDATE session SET $change WHERE id = 1"
    check "$change" 1 "damaged, or not a log" log
    check "a plan goes on without $change" 0 "the log is not used" generate -a "$desk"
    cp kept.db "$log"
  done

  # Writers at once: each waits for the others.
  before=$(count)
  pids=
  for i in 1 2 3 4 5 6 7 8; do
    "$program" log add --minutes 5 2>"writer.$i" &
    pids="$pids $!"
  done
  for pid in $pids; do wait "$pid" || { echo "FAIL a writer"; cat writer.*; failed=1; }; done
  must "eight writers, eight records" [ "$(count)" = $((before + 8)) ]

  # A file of version 1, as it was published, is read for ever.
  rm -f "$log"
  sqlite3 "$log" <"$source/tests/log-version-1.sql"
  chmod 644 "$log"
  check "a log of version 1" 0 "9:51 min, stiffness 6 -> 3 of 10" log
  must "is closed up" [ "$(mode "$log")" = 600 ]
  check "and goes on" 0 "recorded" log add --minutes 5
  rm -f "$log"
  : >"$log"
  check "an empty file is of version 0" 0 "The log is on" log on
  must "and becomes 1" [ "$(sqlite3 "$log" 'PRAGMA user_version')" = 1 ]
  sqlite3 "$log" 'PRAGMA user_version=7' >/dev/null
  cp "$log" newer.db
  check "a newer one is refused" 1 "of version 7, and this backplan knows 1 at most" log
  check "also for writing" 1 "use the newer backplan" log add --minutes 5
  must "and left as it is" cmp -s "$log" newer.db
  check "a plan goes on without it" 0 "the log is not used" generate -a "$desk"
  rm -f "$log"
  sqlite3 "$log" 'CREATE TABLE session (a); PRAGMA user_version=0'
  check "somebody else's tables" 1 "cannot open" log
  must "are not half migrated" [ "$(sqlite3 "$log" 'SELECT count(*) FROM sqlite_master')" = 1 ]
fi
rm -f "$log"
echo "no database, but some text that is long enough to be looked at" >"$log"
check "no database" 1 "damaged, or not a log" log
check "a plan goes on without it" 0 "the log is not used" generate -a "$desk"

# Links and the like are not followed.
rm -f "$log"
echo kept >target
ln -s "$work/target" "$log"
check "a link in its place" 1 "it is a link" log on
must "its target is kept" [ "$(cat target)" = kept ]
check "a plan does not follow it" 0 "the log is not used" generate -a "$desk"
rm -f "$log"
mkfifo "$log"
check "a pipe in its place" 1 "" log
rm -f "$log"
mkdir "$log"
check "a folder in its place" 1 "" log
rmdir "$log"
mkdir elsewhere
mv "$state" state.old
ln -s "$work/elsewhere" "$state"
check "a link in place of the folder" 1 "is not a folder" log on
must "nothing lands there" [ -z "$(ls elsewhere)" ]
check "forget does not follow it" 1 "is a link" forget --yes
rm "$state"
mv state.old "$state"
ln -s "$HOME/.local/state" "$work/way"
XDG_STATE_HOME=$work/way
export XDG_STATE_HOME
check "a link further up is the owner's business" 0 "The log is on" log on
unset XDG_STATE_HOME
must "and leads to the same place" [ -f "$log" ]
( unset HOME; exec "$program" log on ) >out 2>err
must "without a home" [ $? -eq 1 ] && must "it says so" grep -q "set HOME" err

# Forget.
check "something to forget" 0 "" screen -a "$desk" --save
touch "$log-journal" "$log-wal" "$log-shm" "$state/screening.yaml.part-Ab12Cd" "$state/mine.txt"
copies="screening.yaml.backup screening.sync-conflict-20260101-101010-ABCDEFG.yaml screening(1).yaml screening.yaml~ log.sync-conflict-2.db"
for name in $copies; do touch "$state/$name"; done
check "forget asks, and nobody is there" 2 "backplan forget --yes" forget
must "so everything stays" [ -f "$log" -a -f "$state/screening.yaml" ]
answer() { # a terminal where the question is answered with $1
  expect -f - "$program" "$1" <<'END' >typed
set timeout 60
spawn [lindex $argv 0] forget
expect "y or n:" { send "[lindex $argv 1]\r" } timeout { exit 1 }
expect eof
END
}
if have expect; then
  answer n
  must "no is no" [ -f "$log" ]
  must "and it is said" grep -q "nothing was deleted" typed
  answer ""
  must "no answer is no" [ -f "$log" ]
  (
    export XDG_STATE_HOME="$work/other"
    "$program" log on >/dev/null
    answer y
  )
  must "the question names what is there" grep -q "  log.db" typed
  must "yes is yes" [ -d other -a ! -e other/backplan ]
fi
check "forget deletes" 0 "deleted $log" forget --yes
for name in log.db log.db-journal log.db-wal log.db-shm screening.yaml screening.yaml.part-Ab12Cd; do
  must "forget names $name" grep -qF "deleted $state/$name" out
  must "and it is gone" [ ! -e "$state/$name" ]
done
must "what is not backplan's stays" [ -f "$state/mine.txt" ]
must "and is named" grep -qF "kept, as it is not backplan's: $state/mine.txt" err
for name in $copies; do
  must "a copy is said to be one: $name" \
    grep -qF "kept, but it looks like a copy with health data; delete it by hand: $state/$name" err
  must "and stays" [ -f "$state/$name" ]
done
check "again" 0 "nothing is saved" forget
must "the copies are said again" grep -qF "health data" err
(cd "$state" && rm mine.txt $copies)
check "the empty folder goes" 0 "nothing is saved" forget
must "too" [ ! -e "$state" ]
check "and without any" 0 "nothing is saved" forget
check "after it the log is off" 0 "nothing is stored" log

# Nothing can be sent: neither the program nor a library of its own knows how to open a socket.
if have nm && have ldd; then
  for binary in "$program" $(ldd "$program" | grep -o '/[^ ]*lib\(backplan\|sqlite3\|yaml-cpp\|fmt\)\.[^ ]*'); do
    must "$binary has symbols" [ "$(nm -D --undefined-only "$binary" | wc -l)" -gt 20 ]
    must "$binary opens no socket" [ "$(nm -D --undefined-only "$binary" |
      grep -cwE 'socket|socketpair|connect|bind|sendto|sendmsg|getaddrinfo|gethostbyname|res_query|curl_easy_init')" = 0 ]
  done
fi

exit $failed
