#!/bin/sh
# shellcheck disable=SC2086 # a model is several words
# CBC and GLPK must find plans of the same worth as the planner, and all of its must be proved. Exits 77
# (skipped) when neither is there; with REQUIRE_ALL both must be.
# usage: planner.sh PROGRAM [all]   some lengths of session, or all from 1 to 60 minutes; takes long
set -eu
program=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

models() {
  if [ "${2:-}" = all ]; then minutes=$(seq 60); else minutes="1 2 3 4 5 7 10 15 20 30 45 60"; fi
  for each in $minutes; do
    for intensity in gentle normal; do
      echo "shipped $each all $intensity"
      echo "shipped $each usual $intensity"
    done
  done
  for seed in 1 2 3; do
    for size in "20 10" "40 10" "100 10" "100 30"; do echo "made-up $size $seed"; done
  done
  for size in "1000 10" "1000 60"; do echo "made-up $size 1"; done
}

# Each prints the worth of the best plan.
with_cbc() {
  cbc "$1" ratioGap 0 allowableGap 0 integerTolerance 1e-9 solve solution "$1.cbc" >/dev/null
  sed -n '1s/^Optimal - objective value *//p' "$1.cbc"
}
with_glpk() {
  # GLPK alone is too slow for more than a short session.
  glpsol --lp "$1" --cuts --tmlim 5 -o "$1.glpk" >/dev/null
  grep -q 'INTEGER OPTIMAL' "$1.glpk" || return 0
  sed -n 's/^Objective:.*= *\([-0-9.e+]*\) .*/\1/p' "$1.glpk"
}

# Compares $ours for model $1 with what $2 finds; nothing when it was too slow.
ask() {
  theirs=$("with_$2" "$work/$1.lp")
  [ -n "$theirs" ] || return 0
  awk -v a="$ours" -v b="$theirs" 'BEGIN { exit !(a - b < 1e-4 && b - a < 1e-4) }' ||
    { echo "$3: ours $ours, $2 $theirs"; exit 1; }
  echo "$2" >>"$work/agree"
}

check() {
  read -r ours proof <<END
$("$program" plan $2)
END
  [ "$proof" = proved ] || { echo "$2: $ours $proof"; exit 1; }
  "$program" lp $2 >"$work/$1.lp"
  ! $cbc || ask "$1" cbc "$2"
  case $2 in shipped\ [1-7]\ *) ! $glpk || ask "$1" glpk "$2" ;; esac
  rm -f "$work/$1".*
}

if command -v cbc >/dev/null 2>&1; then cbc=true; else cbc=false; fi
if command -v glpsol >/dev/null 2>&1; then glpk=true; else glpk=false; fi
if ! $cbc || ! $glpk; then
  [ "${REQUIRE_ALL:-0}" = 0 ] || { echo "cbc or glpsol is missing"; exit 1; }
  $cbc || $glpk || exit 77
fi
: >"$work/agree"
models "$@" >"$work/models"
number=0
while read -r model; do
  number=$((number + 1))
  check "$number" "$model"
done <"$work/models"
echo "$number models: $(grep -c cbc "$work/agree" || true) agree with CBC, $(grep -c glpk "$work/agree" || true) with GLPK"
[ -s "$work/agree" ]
