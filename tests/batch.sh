#!/bin/sh
# usage: batch.sh PROGRAM SOURCE   Many answer sheets: what is read, refused, kept in order, and how it ends.
set -eu
program=$1
source=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME="$work"
unset XDG_STATE_HOME XDG_DATA_HOME XDG_DATA_DIRS || true
cd "$work"
failed=0

wrong() {
  echo "FAILED: $1" >&2
  failed=1
}

# expect NAME EXIT ARGS...: runs on the file "in", and compares with the file "want".
expect() {
  name=$1
  code=$2
  shift 2
  got=0
  "$program" "$@" <in >out 2>err || got=$?
  [ "$got" -eq "$code" ] || wrong "$name: exit $got, not $code: $(cat err)"
  diff -u want out >&2 || wrong "$name"
}

gate='"chest-and-breath":"none","sudden-or-severe":"none","aorta-risk":"no","legs-and-bladder":"none","head-and-arms":"none","fever-and-unwell":"none","injury":"none","pregnancy":"no"'
rest='"complaint":"stiff-only","course":"same","how-long":"weeks-2-to-4","bones-and-spine":"none","illness-and-medicines":"none","heart-and-operations":"none","other-signs":"none","movement-limits":"none"'
clear="$gate,\"age\":34,$rest"
red='"chest-and-breath":["chest-pain"]'
ok='"level":"self_care","status":"complete"'
urgent='"level":"emergency","status":"complete"'

# ---- Ids, and lines that are no sheets, among good ones.
cat >in <<END
{"id":"a",$clear}
{$red,"id":7}
{"id":-9223372036854775808,$red}
{"id":18446744073709551615,$red}
{"id":"quote \" back \\\\ tab \\t \\u00e9",$red}
{$red}
END
cat >want <<END
{"id":"a",$ok}
{"id":7,$urgent}
{"id":-9223372036854775808,$urgent}
{"id":18446744073709551615,$urgent}
{"id":"quote \" back \\\\ tab \\t é",$urgent}
{"line":6,$urgent}
END
expect "ids are carried through" 0 screen --batch --levels
cp in sheets
expect "a file by name" 0 screen --levels --batch sheets
expect "- is standard input" 0 screen --levels --batch -

# ---- Each bad line is an error with its number, and the run goes on.
long=$(printf '%0100d' 0)
cat >in <<END
{"id":"first",$red}
not json
{"id":1,"age":200}
{"age":"34","id":"last of all"}
{"age":34,"age":35}
{"age":null,"age":35}
{"id":1,"id":2}
{"id":""}
{"id":1.5}
{"id":null}
{"id":"\\u001b[2J"}
{"aeg":34}
{"$long":1}
{"complaint":"stif-only"}
{"complaint":["stiff-only"]}
{"chest-and-breath":[]}
{"chest-and-breath":[""]}
{"chest-and-breath":["fainted","fainted?"]}
{"chest-and-breath":["none"]}
{"chest-and-breath":["unsure"]}
{"age":034}
{"age":34.0}
{"age":true}
{"schema":"backplan/answers/2"}
[1]
{"id":"cut",$red
{$red} {$red}
{$red},
{"id":"final",$red}
END
printf '{"id":"\377"}\n' >>in
got=0
"$program" screen --batch --levels <in >out 2>err || got=$?
[ "$got" -eq 3 ] || wrong "bad lines: exit $got, not 3"
grep -q 'standard input: 28 of 30 lines' err || wrong "bad lines: the count: $(cat err)"
[ "$(wc -l <out)" -eq 30 ] || wrong "bad lines: one line out for each line in"
# at LINE TEXT: what line LINE of the output has in it.
at() { sed -n "$1p" out | grep -qF -- "$2" || wrong "bad lines: line $1: $(sed -n "$1p" out)"; }
at 1 "{\"id\":\"first\",$urgent}"
at 2 '{"line":2,"error":"not JSON: '
at 3 '{"id":1,"line":3,"error":"age: '"'200'"' is not an answer; answer with a whole number from 0 to 120, or unsure"}'
at 4 '{"id":"last of all","line":4,"error":"age: '"'34'"' is not an answer; write 34 without quotes"}'
at 5 '"error":"age: given twice; keep one of them"'
at 6 '"error":"age: given twice; keep one of them"'
at 7 '{"id":1,"line":7,"error":"id: given twice; keep one of them"'
for n in 8 9 10 11; do at $n "{\"line\":$n,\"error\":\"id: must be a text"; done
at 12 "'aeg': unknown question; did you mean 'age'?"
at 13 "'$(printf '%080d' 0)...': unknown question"
at 14 "complaint: 'stif-only' is not an answer; did you mean 'stiff-only'?"
at 15 'complaint: not an answer; write stiff-only, not [stiff-only]'
at 16 'chest-and-breath: an empty list; write none for none of these'
at 17 "chest-and-breath: '' is not an answer;"
at 18 "chest-and-breath: 'fainted' is given twice"
at 19 "chest-and-breath: 'none' is not an answer; write none, not [none]"
at 20 "chest-and-breath: 'unsure' is not an answer; write unsure, not [unsure]"
for n in 21 26 27 28 30; do at $n "{\"line\":$n,\"error\":\"not JSON: "; done
at 22 "age: '34.0' is not an answer; write 34"
at 23 "age: 'true' is not an answer; answer with a whole number"
at 24 'schema: must be backplan/answers/1'
at 25 'must be a map of questions to answers'
at 29 "{\"id\":\"final\",$urgent}"

# ---- Line ends, blank lines, a byte order mark, no end of the last line, nothing at all.
printf '\357\273\277{"id":1,%s}\r\n\r\n  \t\n\nbad\r\n{"id":2,%s}' "$red" "$red" >in
printf '{"id":1,%s}\n' "$urgent" >want
"$program" screen --batch --levels <in >out 2>err && wrong "line ends: exit 0"
[ "$(sed -n 1p out)" = "{\"id\":1,$urgent}" ] || wrong "line ends: $(cat out)"
sed -n 2p out | grep -q '^{"line":5,"error":' || wrong "line ends: blank lines count: $(cat out)"
[ "$(sed -n 3p out)" = "{\"id\":2,$urgent}" ] || wrong "line ends: $(cat out)"
: >in
: >want
expect "no input, no output" 0 screen --batch
printf '\n\r\n\n' >in
expect "blank lines alone" 0 screen --batch

# ---- A line over 1 MiB is one bad line; up to 1 MiB it is read.
{
  printf '{"id":1,%s}\n' "$red"
  printf '{"id":2,'; head -c 3000000 /dev/zero | tr '\0' ' '; printf '%s}\n' "$red"
  printf '{"id":3,'; head -c 1000000 /dev/zero | tr '\0' ' '; printf '%s}\n' "$red"
  printf '{"id":4,%s}\n' "$red"
} >in
cat >want <<END
{"id":1,$urgent}
{"line":2,"error":"over 1 MiB"}
{"id":3,$urgent}
{"id":4,$urgent}
END
expect "a huge line" 3 screen --batch --levels
{ printf '{"id":1,%s}\n' "$red"; head -c 3000000 /dev/zero | tr '\0' x; } >in
printf '{"id":1,%s}\n{"line":2,"error":"over 1 MiB"}\n' "$urgent" >want
expect "a huge last line" 3 screen --batch --levels

# ---- With findings; what is missing stands in the order of asking.
printf '%s\n' "{\"id\":1,$red}" "{\"id\":2,$clear}" "{\"id\":3,$gate,\"legs-and-bladder\":null}" \
  '{"id":4}' "{\"id\":5,$gate,\"age\":34,\"complaint\":\"unsure\"}" >in
sed -i 's/"legs-and-bladder":"none",\(.*,"legs-and-bladder":null\)/\1/' in
"$program" screen --batch <in >out || wrong "findings: exit $?"
[ "$(sed -n 1p out)" = "{\"id\":1,$urgent,\"follow_up\":\"none\",\"rules\":[\"a1-chest-pain\"],\"missing\":[]}" ] ||
  wrong "findings: $(sed -n 1p out)"
sed -n 3p out | grep -q '"status":"incomplete".*"missing":\["legs-and-bladder","age",' || wrong "missing: $(sed -n 3p out)"
open='"level":"incomplete","status":"incomplete"'
for n in 3 4 5; do sed -n ${n}p out | grep -q "^{\"id\":$n,$open," || wrong "a level too early: $(sed -n ${n}p out)"; done
{
  echo "{\"id\":\"ill\",$clear}" | sed 's/"fever-and-unwell":"none"/"fever-and-unwell":["ill-today"]/'
  echo "{\"id\":\"ill\",$clear}" | sed 's/"fever-and-unwell":"none"/"fever-and-unwell":["ill-today"]/; s/"age":34,//; s/"injury":"none",//'
} >in
"$program" generate --batch <in >out || wrong "ill today: exit $?"
sed -n 1p out | grep -q '^{"id":"ill","level":"rest_today","status":"complete",.*"missing":\[\]}$' || wrong "ill today: $(cat out)"
sed -n 2p out | grep -q "^{\"id\":\"ill\",$open,.*\"missing\":\[[^]].*\]}\$" || wrong "ill, not finished: $(cat out)"
echo '{"course":"worse-fast"}' | "$program" screen --batch --levels >out
[ "$(cat out)" = '{"line":1,"level":"same_day","status":"incomplete"}' ] || wrong "a level that stands: $(cat out)"

# ---- Answers that do not go together.
contradicts="$clear,\"complaint\":\"stiff-only\",\"severity\":9"
error="severity: '9' does not go with complaint: 'stiff-only' (stiff or tight, no pain); change one of them"
printf '{"id":1,%s}\n{"id":2,%s}\n' "$contradicts" "$clear" >in
sed -i '1s/"complaint":"[a-z-]*",\(.*"complaint"\)/\1/' in
for command in "screen --batch" "screen --batch --levels" "generate --batch --minutes 5"; do
  got=0
  "$program" $command <in >out 2>err || got=$?
  [ "$got" -eq 3 ] || wrong "$command: a contradiction: exit $got"
  [ "$(sed -n 1p out)" = "{\"id\":1,\"line\":1,\"error\":\"$error\"}" ] || wrong "$command: $(sed -n 1p out)"
  sed -n 2p out | grep -q '"level"' || wrong "$command: $(sed -n 2p out)"
done

# ---- The same as one sheet at a time, for every sheet of the tests.
reference() { "$program" screen --no-user-routines -f json -a "$1" || true; }
# as_lines: sheets in YAML, one map of plain values a file, as lines of JSON with the name as id.
as_lines() {
  for file in "$@"; do
    sed -e '/^#/d' -e '/^schema/d' -e 's/: \([a-z][^"]*\)$/: "\1"/' -e 's/^\([a-z0-9-]*\):/"\1":/' "$file" |
      paste -sd, - | sed "s|.*|{\"id\":\"$(basename "$file" .yaml)\",&}|"
  done
}
as_lines "$source"/tests/sheets/*.yaml >in
if ! "$program" screen --batch <in >out 2>err; then wrong "the sheets: $(grep error out | head -3)"; fi
[ "$(wc -l <out)" -eq "$(ls "$source"/tests/sheets/*.yaml | wc -l)" ] || wrong "the sheets: not all"
for file in $(ls "$source"/tests/sheets/*.yaml | sed -n '1~5p'); do
  id=$(basename "$file" .yaml)
  reference "$file" >one
  level=$(sed -n 's/^  "level": "\(.*\)",$/\1/p' one)
  status=$(sed -n 's/^  "status": "\(.*\)",$/\1/p' one)
  rules=$(sed -n 's/^ *"rule": "\(.*\)",$/"\1"/p' one | paste -sd, -)
  want="{\"id\":\"$id\",\"level\":\"$level\",\"status\":\"$status\","
  grep -F "$want" out | grep -qF "\"rules\":[$rules]," || wrong "$id: $want $rules"
done

# ---- Threads: the same bytes in the same order; and many blocks.
cp in once
for _ in $(seq 40); do cat once; echo 'bad'; done >in
"$program" screen --batch in >one 2>err && wrong "threads: exit 0"
"$program" screen --batch in --jobs 3 >three 2>err && wrong "threads: exit 0"
cmp -s one three || wrong "three threads print something else than one"
[ "$(wc -l <one)" -eq "$(wc -l <in)" ] || wrong "threads: one line out for each line in"
for n in 1 40; do
  line=$(awk '/^bad/ {print NR}' in | sed -n "${n}p")
  sed -n "${line}p" one | grep -q "^{\"line\":$line,\"error\"" || wrong "line $line: $(sed -n "${line}p" one)"
done
(cat once; sleep 1; cat once) | "$program" screen --batch --jobs 2 >two
cat once once | "$program" screen --batch >one
cmp -s one two || wrong "a slow pipe changes the results"

# ---- A result comes as soon as its line is there.
mkfifo pipe
"$program" screen --batch --levels <pipe >out 2>err &
running=$!
exec 8>pipe
printf '{"id":1,%s}\n' "$red" >&8
for _ in $(seq 100); do [ -s out ] && break; sleep 0.1; done
[ -s out ] || wrong "the result waits for more lines"
exec 8>&-
wait $running || wrong "slow line: exit $?"

# ---- Plans for whom one may follow; else the level alone.
printf '%s\n' "{\"id\":1,$red}" "{\"id\":2,$clear}" "{\"id\":3}" 'x' "{\"id\":5,$clear}" >in
got=0
"$program" generate --batch -m 10 --jobs 2 <in >out 2>err || got=$?
[ "$got" -eq 3 ] || wrong "plans: exit $got"
sed -n 1p out | grep -q '"level":"emergency".*"missing":\[\]}$' || wrong "a plan in an emergency: $(sed -n 1p out)"
sed -n 2p out | grep -q '"level":"self_care".*,"plan":{"total_seconds":[0-9]*,"steps":\[{"id":"[a-z-]*","seconds":[0-9]*}' || wrong "no plan: $(sed -n 2p out)"
sed -n 3p out | grep -q '"plan"' && wrong "a plan without answers"
sed -n 4p out | grep -q '^{"line":4,"error":' || wrong "plans: $(sed -n 4p out)"
[ "$(sed -n 2p out | sed 's/"id":2/"id":5/')" = "$(sed -n 5p out)" ] || wrong "the same answers, another plan"
# The same steps as the plan of one person.
"$program" generate -m 10 -q -f json -a "$source/examples/desk-worker.yaml" >one
seconds=$(sed -n 's/^  "total_seconds": \([0-9]*\),$/\1/p' one)
sed -n 2p out | grep -q "\"total_seconds\":$seconds," || wrong "another plan than without --batch"
ids=$(sed -n '/^  "steps"/,/^  "omitted"/s/^      "id": \("[^"]*"\),$/\1/p' one | paste -sd, -)
[ "$ids" = "$(sed -n 2p out | sed 's/.*"steps"://' | grep -o '"id":"[^"]*"' | sed 's/"id"://' | paste -sd, -)" ] ||
  wrong "other steps than without --batch: $ids"

# ---- Errors of the whole run.
expect_code() {
  code=$1
  shift
  got=0
  "$@" >out 2>err || got=$?
  [ "$got" -eq "$code" ] || wrong "$*: exit $got, not $code"
  [ -s err ] || wrong "$*: no message"
}
expect_code 1 "$program" screen --batch nothing-here
expect_code 1 "$program" screen --batch "$work"
for jobs in 0 65 02 two; do expect_code 2 "$program" screen --batch in --jobs $jobs; done
expect_code 2 "$program" screen --batch in -f json
expect_code 2 "$program" screen --batch in -a sheets
expect_code 2 "$program" screen --batch in --save
expect_code 2 "$program" generate --batch in -m 99
for jobs in 1 2; do
  for _ in $(seq 500); do cat once; done >many
  expect_code 1 sh -c '"$0" screen --batch many --jobs "$1" >/dev/full' "$program" $jobs
  got=$( { got=0; "$program" screen --batch many --jobs $jobs 2>err || got=$?; echo $got >code; } | head -c 10 >/dev/null; cat code)
  [ "$got" -eq 1 ] || wrong "closed pipe with $jobs: exit $got"
done

[ $failed -eq 0 ]
