#!/bin/sh
# Tries the examples of docs/*.md and of examples/: a file of YAML must validate, also put into a folder of
# one's own, and a command after "$ " must print what stands below it. usage: examples.sh PROGRAM SOURCE
set -eu
program=$1
source=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset XDG_STATE_HOME XDG_DATA_HOME XDG_DATA_DIRS COLUMNS
export HOME="$work/home"
mkdir "$HOME" "$work/bin"
ln -s "$program" "$work/bin/backplan"
cd "$work"

# A block is a file when it has a schema, and an answer sheet when it begins with an age; what begins with
# "$ " is a command. The others are pieces.
awk '
  function keep(ending, text) { printf "%s", text > (name ending); close(name ending) }
  FNR == 1 { inside = 0; file = FILENAME; sub(/.*\//, "", file) }
  !inside && /^```/ { inside = 1; block = ""; name = sprintf("%d-line-%d-of-%s", ++n, FNR, file); next }
  !inside { next }
  !/^```/ { block = block $0 "\n"; next }
  { inside = 0 }
  block ~ /(^|\n)schema: backplan\// || block ~ /^age: / { keep(".yaml", block) }
  block ~ /^\$ / {
    keep(".cmd", substr(block, 3, index(block, "\n") - 2))
    keep(".expected", substr(block, index(block, "\n") + 1))
  }
' "$source"/docs/*.md

failed=0
count=0
for file in [0-9]*.yaml "$source"/examples/*.yaml; do
  count=$((count + 1))
  "$program" validate "$file" >out 2>&1 && continue
  echo "FAIL $file:"
  cat "$file" out
  failed=1
done
for file in $(grep -lE '^schema: backplan/(rules|technique)/' [0-9]*.yaml "$source"/examples/*.yaml); do
  count=$((count + 1))
  mkdir own
  cp "$file" own
  "$program" list --routines own >out 2>&1 || { echo "FAIL $file in a folder"; cat out; failed=1; }
  rm -r own
done
for file in *.cmd; do
  count=$((count + 1))
  PATH="$work/bin:$PATH" sh "$file" >out 2>&1 </dev/null || true  # the words are compared, not the code
  diff -u "${file%.cmd}.expected" out && continue
  echo "FAIL $(cat "$file")"
  failed=1
done

for schema in rules technique; do  # or the blocks are not found
  grep -q "^schema: backplan/$schema/" [0-9]*.yaml || { echo "FAIL docs/*.md has no example of $schema"; failed=1; }
done
echo "$count examples"
[ "$count" -ge 11 ] || { echo "expected at least 11"; exit 1; }
exit $failed
