#!/bin/sh
# The manual names every command and flag that --help names, and mandoc finds nothing wrong with it.
# usage: manual.sh PROGRAM MANUAL
set -eu
program=$1
manual=$2
command -v mandoc >/dev/null || { [ -z "${REQUIRE_ALL:-}" ] || exit 1; echo "no mandoc"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0
fail() { echo "FAIL: $*"; failures=$((failures + 1)); }

mandoc -T lint "$manual" || fail "mandoc -T lint"
mandoc -T ascii -O width=200 "$manual" | col -b | expand >"$work/page"
# The part of one command, until the next heading.
part() { awk -v head="   backplan $1" '/^[A-Z]|^   [a-z]/ {on = ($0 == head || head == "   backplan " && $0 == "DESCRIPTION")} on' "$work/page"; }

sed -n '/^SYNOPSIS/,/^DESCRIPTION/p' "$work/page" >"$work/synopsis"

flags=0
check_flags() { # the help of $1, "" for the program
  part "$1" >"$work/part"
  # shellcheck disable=SC2086 # "" is no argument
  "$program" $1 --help | sed -n '/^Options:/,/^$/p' | sed -n 's/^  \(-[^ ]*\)\( [A-Z][^ ]*\)\{0,1\}.*/\1\2/p' >"$work/help"
  [ -s "$work/help" ] || fail "no flags in the help of '$1'"
  while read -r names value; do
    [ "$names" = -h,--help ] && [ -n "$1" ] && continue
    line=$(echo "$names" | sed 's/,/, /g')${value:+ $value}
    grep -qE -- "^ {5}$line( |\$)" "$work/part" || fail "the manual of '$1' lacks: $line"
    flags=$((flags + 1))
  done <"$work/help"
}

# The commands that the help of $1 names, with those within each, as `log on`.
commands_of() {
  # shellcheck disable=SC2086 # "" is no argument
  "$program" $1 --help | sed -n '/^Subcommands:/,/^$/s/^  \([a-z][a-z]*\) .*/\1/p' | while read -r each; do
    echo "${1:+$1 }$each"
    commands_of "${1:+$1 }$each"
  done
}
commands_of "" >"$work/commands"
[ "$(wc -l <"$work/commands")" -ge 14 ] || fail "too few commands in --help: $(cat "$work/commands")"
grep -qx "log add" "$work/commands" || fail "log add is not among the commands"
check_flags ""
while read -r command <&3; do
  part "$command" | grep -q . || fail "the manual lacks the command $command"
  check_flags "$command"
  grep -q "^     *backplan $command\( \|$\)" "$work/synopsis" || fail "the synopsis lacks $command"
done 3<"$work/commands"
[ "$flags" -ge 40 ] || fail "only $flags flags were compared"
for topic in $("$program" help | sed -n 's/^Topics of help: //p' | tr -d ,); do
  # The second line of a topic stands in the manual as it is.
  "$program" help "$topic" | sed -n '2s/^ *//p' | sed 's/\\/\\\\/g' >"$work/line"
  grep -qF -- "$(cat "$work/line")" "$work/page" || fail "the manual lacks the topic $topic"
done
# On a terminal of 80 columns nothing is broken within a word.
narrow() { # words...
  "$program" "$@" | awk -v words="$*" 'length > 80 { print "FAIL: backplan " words ": over 80 columns: " $0; wide = 1 } END { exit wide }' ||
    failures=$((failures + 1))
}
narrow --help
while read -r command <&3; do
  # shellcheck disable=SC2086 # the words of a name
  narrow $command --help
done 3<"$work/commands"
for topic in "" $("$program" help | sed -n 's/^Topics of help: //p' | tr -d ,); do
  narrow help $topic
done
! "$program" --help | grep -q ' TEXT' || fail "a value without a name in --help"
while read -r command; do
  # shellcheck disable=SC2086 # the words of a name
  ! "$program" $command --help | grep -q ' TEXT' || fail "a value without a name in $command --help"
done <"$work/commands"
echo "$flags flags compared, $failures failures"
[ "$failures" -eq 0 ]
