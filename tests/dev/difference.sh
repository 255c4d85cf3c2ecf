#!/bin/sh
# What `backplan_dev difference` says of the same rules, and of one rule made milder.
# usage: difference.sh PROGRAM SOURCE
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
same=$("$1" difference "$2/routines")
[ "$same" = "no answer sheet gets other advice" ] || { echo "the same rules: $same"; exit 1; }
cp -r "$2/routines" "$work/before"
file=$work/before/rules/emergency.yaml
sed '/id: a5-breathless$/,/level:/ s/level: emergency/level: same-day/; /id: a5-breathless$/,/if-unsure:/ s/if-unsure: same-day/if-unsure: clinician-first/' \
  "$2/routines/rules/emergency.yaml" >"$file"
cmp -s "$file" "$2/routines/rules/emergency.yaml" && { echo "nothing was changed"; exit 1; }
"$1" difference "$work/before" >"$work/out"
grep -q '^level: stricter for .* sheets, such as$' "$work/out" || { cat "$work/out"; exit 1; }
! grep -q milder "$work/out"
grep -q 'chest-and-breath: .*breathless' "$work/out"
