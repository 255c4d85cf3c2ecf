#!/bin/sh
# z3 and cvc5 must agree with the proofs. Exits 77 (skipped) when neither is there; with REQUIRE_ALL both must be.
# usage: solvers.sh PROGRAM
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$1" smt >"$work/all.smt2"
sed -n 's/^(check-sat) ; expect \([a-z]*\) .*/\1/p' "$work/all.smt2" >"$work/expected"
sed -n 's/^(check-sat) ; expect [a-z]* //p' "$work/all.smt2" >"$work/names"
count=$(wc -l <"$work/expected")
[ "$count" -gt 400 ] || { echo "only $count obligations"; exit 1; }

ran=0
ask() {
  command -v "$1" >/dev/null 2>&1 || { echo "no $1"; return 0; }
  ran=$((ran + 1))
  "$@" "$work/all.smt2" >"$work/answers" 2>&1 || true
  if ! cmp -s "$work/expected" "$work/answers"; then
    echo "$1 disagrees:"
    paste -d' ' "$work/expected" "$work/answers" "$work/names" | awk '$1 != $2' | head -5
    exit 1
  fi
  echo "$1: $count obligations agree"
}
ask z3
ask cvc5 --incremental
[ $ran -eq 2 ] || [ "${REQUIRE_ALL:-0}" = 0 ] || exit 1
[ $ran -gt 0 ] || exit 77
