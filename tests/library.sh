#!/bin/sh
# The same plans come out with another standard library: the core is built once more, with clang and libc++.
# Exits 77 (skipped) when these are missing; with REQUIRE_ALL they must be there.
# usage: library.sh PROGRAM BUILD SOURCE   prints plans; has builtin.cpp
set -eu
program=$1
build=$2
source=$3
compiler=clang++-19
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

echo '#include <version>
int main() { static_assert(_LIBCPP_VERSION > 0); }' >"$work/try.cpp"
if ! "$compiler" -std=c++20 -stdlib=libc++ "$work/try.cpp" -o "$work/try" 2>"$work/why"; then
  [ "${REQUIRE_ALL:-0}" = 0 ] || { cat "$work/why"; exit 1; }
  echo "$compiler with libc++ is missing"
  exit 77
fi

# Whatever the core includes must be the core's: neither fmt nor YAML is there for this library.
(cd "$work" && printf '%s\n' "$source"/src/core/*.cpp "$source/src/builtin/catalog.cpp" "$build/builtin.cpp" \
  "$source/tests/library/plans.cpp" |
  xargs -P 2 -n 1 "$compiler" -std=c++20 -stdlib=libc++ -O1 -I "$source/include" -I "$source/src" -c)
"$compiler" -stdlib=libc++ "$work"/*.o -o "$work/plans"

"$program" >"$work/ours"
"$work/plans" >"$work/theirs"
[ "$(grep -c '^plan' "$work/ours")" = 1000 ]
[ "$(grep -c '^  ' "$work/ours")" -gt 5000 ]
diff "$work/ours" "$work/theirs" | head -20 >"$work/difference"
[ ! -s "$work/difference" ] || { cat "$work/difference"; exit 1; }
