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
  if [ "$found" -ne "$code" ] || ! cat out err | grep -qF -- "$text"; then
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
sed -i 's/^level: .*/level: "self_care"/; s/"chest-and-breath": .*/"chest-and-breath": ["chest-pain"]/' "$saved"
check "the level in the file is not believed, the answers are" 12 "CALL YOUR" generate
printf 'schema: "backplan/screening/1"\nsaved_at: %s\n' "$now" >"$saved"
check "a damaged one is told and not used" 13 "damaged" generate
check "a screening that asks for help replaces it" 12 "CALL" screen -a "$source/examples/red-flag.yaml" --save
check "and is what generate goes by" 12 "CALL" generate


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
sed -i 's/any-technique/any-techniqe/' "$own/my-rolls.yaml"
check "a mistake in it has its place and a suggestion" 3 "did you mean 'any-technique'" list
check "validate says the same" 3 "my-rolls.yaml:" validate
sed 's/^demands: .*/demands: []/' "$source/routines/techniques/cobra.yaml" >"$own/my-rolls.yaml"
check "a shipped technique cannot lose its demands" 3 "leaves out 'ext-end', which the built-in technique has" generate -a "$desk"
rm "$own/my-rolls.yaml"

exit $failed
