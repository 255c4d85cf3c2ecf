#!/bin/sh
# What is saved, merged, kept and refused. usage: files.sh PROGRAM SOURCE
set -u
program=$1
source=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset XDG_STATE_HOME XDG_DATA_HOME XDG_DATA_DIRS COLUMNS
export HOME="$work/home"
mkdir "$HOME"
cd "$work" || exit 1
desk=$source/examples/desk-worker.yaml
saved=$HOME/.local/state/backplan/screening.yaml
own=$HOME/.local/share/backplan/routines
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
expect() {
  words=$1
  shift
  "$@" || { echo "FAIL $words"; failed=1; }
}

check "nothing saved, nobody to ask" 13 "" generate
check "a screening is saved on request" 0 "GENTLE ROUTINE" screen -a "$desk" --save
expect "for its owner alone" [ "$(stat -c %a "$saved")" = 600 ]
check "and used, and the note says so" 0 "saved" generate --minutes 5
check "quietly" 0 "Upper back routine" generate --minutes 5 -q
check "not when answers are given" 12 "CALL YOUR EMERGENCY NUMBER NOW" generate -a "$source/examples/red-flag.yaml"

now=$(sed -n 's/^saved_at: //p' "$saved")
at() { sed -i "s/^saved_at: .*/saved_at: $1/" "$saved"; }
at $((now - 86400 - 60))
check "not after 24 hours" 13 "older than 24 hours" generate
at $((now + 3600))
check "not from the future" 13 "its time cannot be right" generate
at $((now - 86400 + 600))
check "until then it is" 0 "Upper back routine" generate
sed -i 's|backplan/screening/2|backplan/screening/1|' "$saved"
check "also one of version 1" 0 "Upper back routine" generate
sed -i 's/^level: .*/level: "self_care"/; s/"chest-and-breath": .*/"chest-and-breath": ["chest-pain"]/' "$saved"
check "the level in the file is not believed, the answers are" 12 "CALL YOUR" generate
printf 'schema: "backplan/screening/1"\nsaved_at: %s\n' "$now" >"$saved"
check "a damaged one is told and not used" 13 "damaged" generate
check "a screening that asks for help replaces it" 12 "CALL" screen -a "$source/examples/red-flag.yaml" --save
check "and is what generate goes by" 12 "CALL" generate
check "a good one again" 0 "GENTLE ROUTINE" screen -a "$desk" --save
check "one with open questions is not saved" 13 "the older one is deleted" screen --answer fever-and-unwell=fever --save
check "and what was saved before does not speak for it" 13 "no plan without a screening" generate

check "what is saved" 0 "saved in" screen -a "$desk" --save
mv "$HOME/.local/state/backplan" "$work/kept" && ln -s "$work/kept" "$HOME/.local/state/backplan"
check "is not read through a link to its folder" 13 "its folder is a link" generate
check "and nothing is saved there" 13 "not saved: questions are open" screen --answer fever-and-unwell=fever --save
expect "or deleted" [ -e "$work/kept/screening.yaml" ]
rm "$HOME/.local/state/backplan"

grep -v '^age:' "$desk" >open.yaml
"$program" screen -a open.yaml -f json | sed 's/"level": "incomplete"/"level": "self_care"/; s|screening/2|screening/1|' >open.json
"$program" screen -a open.yaml -f yaml >open-2.yaml
check "validate knows screenings of both versions" 0 "" validate open.json open-2.yaml
check "a mild level of version 1 does not end the questions" 13 "NOT FINISHED" generate --screening open.json

# ---- Answers that do not go together, wherever they come from; from two places, what was said last counts.
"$program" screen -a "$desk" --save >/dev/null
sed -i 's/^  complaint: .*/  complaint: "stiff-only"\n  severity: 9/' "$saved"
check "a saved screening that contradicts itself is not used" 13 "is not used" generate
no_pain="does not go with complaint: 'stiff-only' (stiff or tight, no pain); change one of them"
check "nor is it one to give" 3 "severity: '9' $no_pain" generate --screening "$saved"
check "nor valid" 3 "severity: '9' $no_pain" validate "$saved"
{ cat "$desk"; echo "severity: 9"; } >pain.yaml
check "screen refuses such a sheet" 3 "pain.yaml:20:11: severity: '9' $no_pain" screen -a pain.yaml
check "so does generate" 3 "severity: '9' $no_pain" generate -a pain.yaml
check "and validate" 3 "severity: '9' $no_pain" validate pain.yaml
check "and with a flag" 3 "severity: '8' $no_pain" screen -a "$desk" --answer severity=8
check "a flag can put it right" 13 "pain-pattern" screen -a pain.yaml --answer severity=2 --answer complaint=new-pain
check "in any order" 10 "SEE A CLINICIAN" screen -a pain.yaml --answer complaint=new-pain \
  --answer pain-pattern=none --answer first-time=no
check "a severity that no rule counts turns nobody away" 0 "GENTLE" screen -a "$desk" --answer severity=2
rm "$saved"

"$program" screen -a "$desk" -f json >me.json
check "screening from JSON" 0 "Upper back routine" generate --screening me.json
sed 's/"self_care"/"same_day"/' me.json >changed.json
check "a level that its answers do not give is refused" 3 "says same_day, its answers give self_care" \
  generate --screening changed.json

check "-o writes" 0 "" generate -a "$desk" -o plan.yaml -f yaml
expect "for its owner alone" [ "$(stat -c %a plan.yaml)" = 600 ]
check "-o replaces what it wrote itself" 0 "" generate -a "$desk" -o plan.yaml -f yaml -m 5
echo "my notes" >notes.txt
check "-o keeps what others wrote" 1 "--force" generate -a "$desk" -o notes.txt
expect "whole" [ "$(cat notes.txt)" = "my notes" ]
check "unless told so" 0 "" generate -a "$desk" -o notes.txt --force
ln -s "$work/plan.yaml" link.yaml
check "-o does not follow a link" 1 "not a file" generate -a "$desk" -o link.yaml
check "-o into a folder that is not there" 1 "cannot write" generate -a "$desk" -o none/plan.yaml
check "no plan, no file" 12 "CALL" generate -a "$source/examples/red-flag.yaml" -o none.txt -f text
expect "the plan file is not made" [ ! -s none.txt ] || grep -q CALL none.txt

# ---- -o: what backplan wrote may be replaced, what a person wrote never.
# twice WORDS FILE FIRST SECOND CODE: what the second command writes replaces what the first one wrote.
twice() {
  kind=$1 file=$2
  shift 2
  rm -f "$file" first
  "$program" $1 -o "$file" >/dev/null 2>err
  cp "$file" first
  check "$kind, again the same" "$3" "" $1 -o "$file"
  check "$kind, and another" "$3" "" $2 -o "$file"
  expect "$kind: it is another" sh -c '! cmp -s "$0" first' "$file"
}
thin=$source/examples/thin-bones.yaml
"$program" generate -q -a "$desk" -f yaml >some-plan.yaml
for form in yaml json txt md; do
  twice "a screening as $form" "screening.$form" "screen -a $desk" "screen -a $thin" 0
  twice "a plan as $form" "routine.$form" "generate -q -a $desk -m 5" "generate -q -a $thin -m 20" 0
  twice "a rendered plan as $form" "rendered.$form" "render some-plan.yaml" "generate -q -a $desk -m 3" 0
  twice "a red screening as $form" "red.$form" "screen -a $source/examples/red-flag.yaml" \
    "screen -a $source/examples/red-flag.yaml --answer age=99" 12 2>/dev/null
done
echo "age: 34" >open.yaml
for width in 40 80 200; do
  twice "a narrow plan" narrow.txt "generate -q -a $desk -m 5 --width $width" "generate -q -a $desk -m 6 --width $width" 0
  twice "a brief plan" brief.txt "generate -q -a $desk -m 5 --brief --width $width" "generate -q -a $desk -m 6 --brief --width $width" 0
  twice "a narrow screening" narrow.txt "screen -a $desk --width $width" "screen -a $thin --width $width" 0
  twice "an open screening" open.txt "screen -a open.yaml --width $width" "screen -a open.yaml --answer course=same --width $width" 13
done
twice "a calendar" routine.ics "generate -q -a $desk --at 10:30 --from 2026-11-21" "generate -q -a $desk -m 5 --at 11:30 --from 2026-11-21 --repeat daily" 0
for form in yaml json; do twice "a list as $form" "list.$form" "list" "list --phase release" 0; done
check "a list as text" 0 "" list -o list.txt
check "again" 0 "" list -o list.txt
check "a list as text has no mark: it is kept" 1 "--force" list --phase release -o list.txt
"$program" log on >/dev/null
"$program" log add --minutes 5 --note "one, \"two\"" 2>/dev/null
"$program" log export -o log.csv
"$program" log export -o log.json
"$program" log add --minutes 6 2>/dev/null
check "a log as a table" 0 "" log export -o log.csv
check "a log as JSON" 0 "" log export -o log.json
expect "they are the new ones" [ "$(grep -c . log.csv)" = 3 -a "$(grep -c finished log.json)" = 2 ]
: >empty.txt
check "an empty file" 0 "" generate -q -a "$desk" -o empty.txt

# kept WORDS FILE ARGUMENTS...: the file stays as it is, without a leftover beside it.
kept() {
  kind=$1 file=$2
  shift 2
  cp "$file" before
  check "$kind is kept" 1 "--force" "$@" -o "$file"
  expect "$kind is whole" cmp -s before "$file"
  expect "$kind has no leftover" [ "$(ls "$file"*)" = "$file" ]
}
all_kept() { # WORDS FILE: whatever is to be written there
  kept "$1" "$2" screen --questions -f yaml
  kept "$1" "$2" screen -a "$desk" -f yaml
  kept "$1" "$2" generate -q -a "$desk" -f yaml
  kept "$1" "$2" generate -q -a "$desk" -f text
  kept "$1" "$2" list -f json
  kept "$1" "$2" log export -f csv
}
for form in yaml json; do
  check "a sheet to fill in as $form" 0 "" screen --questions -o "sheet.$form"
  check "a sheet that is not filled in may be replaced" 0 "" generate -q -a "$desk" -o "sheet.$form"
  check "and the other way round" 0 "" screen --questions -o "sheet.$form"
done
sed -i 's/^age:$/age: 34/' sheet.yaml
all_kept "a sheet with one answer" sheet.yaml
"$program" screen --questions >sheet.yaml && echo "# ask the doctor" >>sheet.yaml
all_kept "a sheet with a note" sheet.yaml
sed -i 's/"schema": "backplan.questions.1"/&, "mine": true/' sheet.json
all_kept "questions with a key of one's own" sheet.json
cp "$desk" desk.yaml
all_kept "a sheet of answers" desk.yaml
echo '{"schema": "backplan/answers/1", "age": 34}' >mine.json
all_kept "a sheet of answers in JSON" mine.json
printf '{\n  "schema": "backplan/answers/1",\n  "age": 34\n}\n' >mine.json
all_kept "a sheet as backplan would write it" mine.json
printf 'schema: "backplan/answers/1"\nage: 34\n' >mine.yaml
all_kept "a sheet in quotes" mine.yaml
for file in "$source/routines/techniques/cobra.yaml" "$source/examples/nhs-strict.yaml" "$source/routines/vocabulary.yaml" "$source/README.md" "$source/docs/cli.md"; do
  cp "$file" persons
  all_kept "a file of a person: $file" persons
done
printf 'My plan:\nUpper back routine: 5:00 of 5:00 went well.\nPRODID:-//backplan//x\nschema: "backplan/plan/1"\n' >notes.txt
all_kept "notes that quote backplan" notes.txt
for form in yaml json txt md; do
  "$program" generate -q -a "$thin" -m 10 -o "routine.$form" --force
  { echo "# felt good"; cat "routine.$form"; } >notes.$form
  all_kept "a plan as $form with a note before it" notes.$form
  { cat "routine.$form"; echo "# felt good"; } >notes.$form
  all_kept "a plan as $form with a note after it" notes.$form
  "$program" screen -a "$thin" -o "screening.$form" --force
  { cat "screening.$form"; echo "- ask about this"; } >notes.$form
  all_kept "a screening as $form with a note after it" notes.$form
done
sed 's/^level:/# mine\nlevel:/' routine.yaml >notes.yaml
all_kept "a plan with a comment" notes.yaml
sed 's/^level: "modified"/level: modified/' routine.yaml >notes.yaml
all_kept "a plan with a word that somebody typed" notes.yaml
sed '0,/- \[ \]/s//- [x]/' routine.md >notes.md
all_kept "a routine with a box that is ticked" notes.md
sed '0,/  - Dose:/s//felt good\n&/' routine.md >notes.md
all_kept "a routine with a line of one's own" notes.md
printf 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Other//EN\r\nX-FROM:PRODID:-//backplan//\r\nEND:VCALENDAR\r\n' >other.ics
all_kept "a calendar of another program" other.ics
{ cat log.csv; printf 'my own row,1,,,no,,\r\n'; } >table.csv
all_kept "a table with a row of one's own" table.csv
tr -d '\r' <log.csv >table.csv
all_kept "a table that another program saved" table.csv
head -c 2000000 /dev/zero >large
all_kept "a large file" large
check "--force replaces it" 0 "" screen --questions -f yaml -o notes.md --force
expect "whole" grep -q "An answer sheet" notes.md
"$program" forget --yes >/dev/null

mkdir -p "$own"
cp "$source/examples/nhs-strict.yaml" "$own/"
sed 's/stiff-only/new-pain/' "$desk" >pain.yaml
printf 'severity: 2\npain-pattern: none\nfirst-time: no\n' >>pain.yaml
check "a rule of one's own makes it stricter" 10 "SEE A CLINICIAN FIRST" screen -a pain.yaml
check "and can be left out" 0 "" screen -a pain.yaml --no-user-routines
rm "$own/nhs-strict.yaml"
sed 's/^id: .*/id: my-rolls/; s/^name: .*/name: "My rolls"/; s/^aliases: .*/aliases: []/' \
  "$source/routines/techniques/shoulder-rolls.yaml" | sed '/^rows:/d; /^covers:/d' >"$own/my-rolls.yaml"
check "a technique of one's own is listed" 0 "My rolls" list
check "and enters a plan" 0 "My rolls" generate -a "$desk" --include my-rolls
sed -i 's/^position: .*/position: standig/' "$own/my-rolls.yaml"
check "a mistake in it has its place and a suggestion" 3 "did you mean 'standing'" list
check "validate says the same" 3 "my-rolls.yaml:" validate
sed -i 's/^position: .*/position: prone/' "$own/my-rolls.yaml"
check "what its position implies has to be there" 3 "'prone' is missing; position prone implies it" list
sed 's/^demands: .*/demands: [prone, floor]/' "$source/routines/techniques/cobra.yaml" >"$own/my-rolls.yaml"
check "a shipped technique cannot lose its demands" 3 "leaves out 'ext-end', which the built-in technique has" generate -a "$desk"
rm "$own/my-rolls.yaml"

# A rule does not get lost because of its name or its place.
strict=$source/examples/nhs-strict.yaml
for name in r.yaml r.yml r.YAML deep/er/r.yaml; do
  mkdir -p "$own/deep/er"
  cp "$strict" "$own/$name"
  check "the rule of $name holds" 10 "SEE A CLINICIAN FIRST" screen -a pain.yaml
  check "and is validated" 0 "1 file, no mistakes" validate "$own"
  rm "$own/$name"
done
for name in r.yaml.txt r.json r; do
  cp "$strict" "$own/$name"
  check "$name is named" 3 "$name: is not read, and what it says would not hold; rename it to r.yaml" \
    screen -a pain.yaml
  check "so validate does" 3 "$name: is not read" validate "$own"
  check "and one can go on without" 0 "" screen -a pain.yaml --no-user-routines
  rm "$own/$name"
done
check "a folder with nothing to read is a mistake" 3 "has no file to read" validate "$own"
check "of every command that names it" 3 "has no file to read" list --routines "$own"
check "one's own may be empty" 0 "GENTLE ROUTINE" screen -a "$desk"
cp "$strict" "$own/r.yaml"
ln -s user@host.77:1795000000 "$own/.#r.yaml"
printf '\001' >"$own/._r.yaml"
touch "$own/r.yaml~" "$own/README.md"
check "what editors leave is passed over" 10 "" screen -a pain.yaml
check "the folder may be named again" 10 "" screen -a pain.yaml --routines "$own"
check "and a folder in it" 10 "" screen -a pain.yaml --routines "$own/../routines/./"
cp "$strict" "$own/r (1).yaml"
check "a copy beside it is named with it" 3 "two files have the rule nhs-strict: r.yaml and r (1).yaml" \
  screen -a pain.yaml
check "validate says the same" 3 "two files have the rule nhs-strict: r.yaml and r (1).yaml" validate
rm "$own/r (1).yaml"
mkdir -p "$work/site/backplan/routines"
sed 's/^id: .*/id: my-rolls/; s/^name: .*/name: "My rolls"/; s/^aliases: .*/aliases: []/' \
  "$source/routines/techniques/shoulder-rolls.yaml" >"$work/site/backplan/routines/my-rolls.yaml"
XDG_DATA_DIRS=$work/site
export XDG_DATA_DIRS
check "a technique of the site is listed" 0 "My rolls" list
cp "$work/site/backplan/routines/my-rolls.yaml" "$own/other.yaml"
check "it cannot be the person's, too" 3 "two files have the technique my-rolls: " list
expect "both are named" grep -q "$work/site/backplan/routines/my-rolls.yaml and $own/other.yaml;" err
check "validate sees both" 3 "two files have the technique my-rolls" validate
unset XDG_DATA_DIRS
rm "$own/other.yaml"
XDG_DATA_HOME=relative
export XDG_DATA_HOME
check "a relative XDG_DATA_HOME does not hide the rules" 10 "" screen -a pain.yaml
XDG_DATA_HOME=$work/a:b
mkdir -p "$XDG_DATA_HOME/backplan"
ln -s "$own" "$XDG_DATA_HOME/backplan/routines"
check "nor does a colon in it" 10 "" screen -a pain.yaml
rm "$XDG_DATA_HOME/backplan/routines"
ln -s nowhere "$XDG_DATA_HOME/backplan/routines"
check "a link to nowhere in place of the rules is said" 1 "cannot read" screen -a pain.yaml
unset XDG_DATA_HOME
mkdir foreign
(cd foreign && seq -f 'kind%04g.yaml' 3000 | xargs touch)
check "a folder of foreign files is said to be one" 3 "is no folder of routines: 20 files" validate foreign
rm -r "$own"

exit $failed
