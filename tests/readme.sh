#!/bin/sh
# Runs every command of README.md. Of those after "$ " in a ```console block it compares what they print
# with what README says; each line of a ```sh block must end with exit code 0. scripts/backplan and
# backplan both mean the program given as $1, me.yaml is the desk worker's sheet, and scripts/test,
# which runs this, is only looked for. With UPDATE=1 the blocks are rewritten: then read the difference.
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
' "$source/README.md"

failed=0
count=0
update() {
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
  ' README.md >"$work/new"
  cp "$work/new" README.md
}
cd "$source"
for file in "$work"/*.cmd; do
  [ -e "$file" ] || { echo "README.md has no command"; exit 1; }
  count=$((count + 1))
  expected=${file%.cmd}.expected
  env -u XDG_STATE_HOME -u XDG_DATA_HOME -u XDG_DATA_DIRS HOME="$work/home" PATH="$work/bin:$PATH" \
    sh "$file" >"${file%.cmd}.found" 2>&1 </dev/null || true  # the words are compared, not the code
  if ! diff -u "$expected" "${file%.cmd}.found" >"$work/difference"; then
    echo "README.md differs for: $(cat "$file")"
    cat "$work/difference"
    failed=1
  fi
done
[ "${UPDATE-}" != 1 ] || { update; exit 0; }
mkdir "$work/checkout"
ln -s "$source/examples" "$work/checkout/examples"
cp "$source/examples/desk-worker.yaml" "$work/checkout/me.yaml"
cd "$work/checkout"
while read -r line; do
  count=$((count + 1))
  if [ "$line" = scripts/test ]; then
    [ -x "$source/scripts/test" ] || failed=1
    continue
  fi
  command=$(printf '%s' "$line" | sed 's/^scripts\/backplan/backplan/')
  env -u XDG_STATE_HOME -u XDG_DATA_HOME -u XDG_DATA_DIRS HOME="$work/home" PATH="$work/bin:$PATH" \
    sh -c "$command" >/dev/null 2>"$work/error" </dev/null && continue
  echo "README.md: this fails: $line"
  cat "$work/error"
  failed=1
done <"$work/lines"

echo "$count commands of README.md"
[ "$count" -ge 8 ] || { echo "expected at least 8"; exit 1; }
exit $failed
