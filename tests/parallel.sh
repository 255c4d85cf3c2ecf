#!/bin/sh
# usage: parallel.sh PROGRAM TOOL   A batch spread over processes by GNU parallel, as docs/scale.md says,
# gives the same bytes as one process. Here the machines are local jobs.
set -eu
program=$1
tool=$2
if ! parallel --version 2>/dev/null | grep -q '^GNU parallel'; then
  echo "no GNU parallel"
  [ -z "${REQUIRE_ALL:-}" ] || exit 1
  exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME="$work"
cd "$work"
"$tool" sheets 3000 5 >sheets
"$program" screen --batch sheets >want

# From a pipe, in the order of the sheets; blocks are small, so that there are several.
parallel --will-cite --pipe --block 200k -k -j 2 "$program screen --batch" <sheets >got
cmp want got
# From a file, which parallel cuts by itself.
parallel --will-cite --pipepart -a sheets --block 200k -k -j 2 "$program screen --batch" >got
cmp want got
# Each process has two threads.
parallel --will-cite --pipe --block 500k -k -j 1 "$program screen --batch --jobs 2" <sheets >got
cmp want got

# One bad line: its block says so, all others are there, and parallel fails.
{ head -n 2000 sheets; echo bad; tail -n +2001 sheets; } >one-bad
if parallel --will-cite --pipe --block 200k -k -j 2 "$program screen --batch" <one-bad >got 2>/dev/null; then
  echo "a bad line got lost" >&2
  exit 1
fi
grep -v '"error"' got | cmp want -
