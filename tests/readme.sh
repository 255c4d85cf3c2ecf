#!/bin/sh
# Runs every command of README.md that stands after "$ " in a ```console block, and compares what it
# prints with what README says. scripts/backplan and backplan both mean the program given as $1.
set -eu
program=$1
source=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/bin" "$work/home"
ln -s "$program" "$work/bin/backplan"

# Each command with its expected output, as the pieces NNN.cmd and NNN.expected.
awk -v dir="$work" '
  /^```console/ { inside = 1; next }
  /^```/        { inside = 0; if (out) close(out); out = ""; next }
  inside && /^\$ / {
    n++; name = sprintf("%s/%03d", dir, n)
    command = substr($0, 3); sub(/^scripts\/backplan/, "backplan", command)
    print command > (name ".cmd"); close(name ".cmd")
    out = name ".expected"; printf "" > out; next
  }
  inside && out { print > out }
' "$source/README.md"

failed=0
count=0
cd "$source"
for file in "$work"/*.cmd; do
  [ -e "$file" ] || { echo "README.md has no command"; exit 1; }
  count=$((count + 1))
  expected=${file%.cmd}.expected
  env -u XDG_STATE_HOME -u XDG_DATA_HOME -u XDG_DATA_DIRS HOME="$work/home" PATH="$work/bin:$PATH" \
    sh "$file" >"$work/found" 2>&1 </dev/null || echo "exit $?" >/dev/null
  if ! diff -u "$expected" "$work/found" >"$work/difference"; then
    echo "README.md differs for: $(cat "$file")"
    cat "$work/difference"
    failed=1
  fi
done
echo "$count commands of README.md"
[ "$count" -ge 3 ] || { echo "expected at least 3"; exit 1; }
exit $failed
