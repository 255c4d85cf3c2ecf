#!/bin/sh
# Runs every command of README.md and docs/*.md. Of those after "$ " in a ```console block it compares what they
# print with what the page says; each line of a ```sh block must end with exit code 0. Other blocks are not run.
# Flags in backticks must be flags of the program. scripts/backplan and backplan both mean the program given as
# $1, me.yaml is the desk worker's sheet, and scripts/test, which runs this, is only looked for. With UPDATE=1
# the blocks are rewritten: then read the difference. usage: pages.sh PROGRAM SOURCE
set -eu
program=$1
source=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/bin" "$work/home"
ln -s "$program" "$work/bin/backplan"
failed=0
count=0

# Each command with its expected output, as the pieces NNN.cmd and NNN.expected, and the lines to run.
take_apart() { # page
  rm -f "$work"/*.cmd "$work/lines"
  awk -v dir="$work" '
    /^```console/ { inside = 1; next }
    /^```sh/      { lines = 1; next }
    /^```/        { inside = 0; lines = 0; if (out) close(out); out = ""; next }
    lines { print > (dir "/lines"); next }
    inside && /^\$ / {
      n++; name = sprintf("%s/%03d", dir, n)
      command = substr($0, 3); sub(/^scripts\/backplan/, "backplan", command)
      print command > (name ".cmd"); close(name ".cmd")
      out = name ".expected"; printf "" > out; next
    }
    inside && out { print > out }
  ' "$1"
}
update() { # page
  awk -v dir="$work" '
    /^```console/ { inside = 1 }
    !inside { print; next }
    /^```$/ { inside = 0; print; next }
    /^```/ { print; next }
    /^\$ / {
      print
      file = sprintf("%s/%03d.found", dir, ++n)
      while ((getline line < file) > 0) print line
      close(file)
    }
  ' "$1" >"$work/new"
  cp "$work/new" "$1"
}
alone() { # command...
  env -u XDG_STATE_HOME -u XDG_DATA_HOME -u XDG_DATA_DIRS HOME="$work/home" PATH="$work/bin:$PATH" "$@" </dev/null
}
compare() { # page
  for file in "$work"/*.cmd; do
    [ -e "$file" ] || return 0
    count=$((count + 1))
    expected=${file%.cmd}.expected
    alone sh "$file" >"${file%.cmd}.found" 2>&1 || true  # the words are compared, not the code
    diff -u "$expected" "${file%.cmd}.found" >"$work/difference" && continue
    echo "$1 differs for: $(cat "$file")"
    cat "$work/difference"
    failed=1
  done
}
try() { # page
  [ -e "$work/lines" ] || return 0
  while read -r line; do
    count=$((count + 1))
    if [ "$line" = scripts/test ]; then
      [ -x "$source/scripts/test" ] || failed=1
      continue
    fi
    command=$(printf '%s' "$line" | sed 's/^scripts\/backplan/backplan/')
    (cd "$work/checkout" && alone sh -c "$command") >/dev/null 2>"$work/error" && continue
    echo "$1: this fails: $line"
    cat "$work/error"
    failed=1
  done <"$work/lines"
}

mkdir "$work/checkout"
ln -s "$source/examples" "$work/checkout/examples"
cp "$source/examples/desk-worker.yaml" "$work/checkout/me.yaml"
cd "$source"
for page in README.md docs/*.md; do
  take_apart "$page"
  compare "$page"
  [ "${UPDATE-}" != 1 ] || { update "$page"; continue; }
  try "$page"
done
[ "${UPDATE-}" != 1 ] || exit 0

# Every flag that these pages speak of is one of the program.
for command in "" screen generate list show explain render run validate forget help log "log add" "log export"; do
  # shellcheck disable=SC2086 # two words
  "$program" $command --help
done >"$work/help"
for flag in $(grep -oh '`--[a-z-]*' README.md docs/cli.md docs/output.md docs/safety.md | tr -d '`' | sort -u); do
  grep -qF -- "$flag " "$work/help" || { echo "no command has $flag"; failed=1; }
done

echo "$count commands"
[ "$count" -ge 9 ] || { echo "expected at least 9"; exit 1; }
exit $failed
