#!/bin/sh
# Installs into a folder, moves that, and uses it: the program, its protection, find_package and
# pkg-config, the shared library, the Debian package.
# usage: install.sh BUILD SOURCE SHARED_LIBRARY
set -eu
build=$1 source=$2 shared=$3
for tool in pkg-config readelf nm dpkg-deb dpkg-shlibdeps python3; do
  command -v "$tool" >/dev/null || { [ -z "${REQUIRE_ALL:-}" ] || exit 1; echo "no $tool"; exit 77; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0
check() { # what, command...
  what=$1
  shift
  "$@" >"$work/out" 2>&1 && return 0
  echo "FAIL: $what"
  tail -5 "$work/out"
  failures=$((failures + 1))
}
has() { grep -qE -- "$1"; }

cmake --install "$build" --prefix "$work/first" >/dev/null
mv "$work/first" "$work/moved"
root=$work/moved
program=$root/bin/backplan
for file in share/man/man1/backplan.1 share/bash-completion/completions/backplan \
  share/zsh/site-functions/_backplan share/fish/vendor_completions.d/backplan.fish \
  share/backplan/schemas/plan.schema.json share/doc/backplan/copyright; do
  check "$file is installed" test -s "$root/$file"
done
check "the moved program runs" "$program" generate -a "$source/examples/desk-worker.yaml"

# What the build promises against faults.
readelf -hldW "$program" >"$work/elf"
nm -D "$program" >"$work/symbols"
if [ "${HARDENED:-1}" = 1 ]; then
  check "position independent" has 'FLAGS_1.* PIE' <"$work/elf"
  check "stack protector" has '__stack_chk_fail' <"$work/symbols"
  check "RELRO" has 'GNU_RELRO' <"$work/elf"
  check "bound before it runs" has 'FLAGS_1.* NOW' <"$work/elf"
  check "no executable stack" has 'GNU_STACK .* RW ' <"$work/elf"
fi
check "no path to look for libraries" sh -c "! grep -qE 'RUNPATH|RPATH' '$work/elf'"

# A program of somebody else, against the moved tree.
uses() { # program
  "$1" "$source/examples/desk-worker.yaml" >"$work/plan" && has '^refused: x:1:1: agee: ' <"$work/plan" &&
    [ "$("$1" "$source/examples/red-flag.yaml")" = emergency ]
}
consumer() {
  cmake -S "$source/tests/install" -B "$work/consumer" -DCMAKE_PREFIX_PATH="$root" &&
    cmake --build "$work/consumer" && uses "$work/consumer/consumer"
}
check "find_package" consumer
libdir=$(dirname "$(find "$root" -name backplan.pc)")
with_pkg_config() {
  export PKG_CONFIG_PATH="$libdir"
  # shellcheck disable=SC2046,SC2086 # lists of flags
  "${CXX:-c++}" ${CXXFLAGS:-} -std=c++20 "$source/tests/install/consumer.cpp" -o "$work/by-pkg-config" \
    $(pkg-config --cflags --libs backplan) && uses "$work/by-pkg-config"
}
check "pkg-config" with_pkg_config
check "pkg-config names the moved folder" sh -c "PKG_CONFIG_PATH='$libdir' pkg-config --cflags backplan | grep -qF '$work/moved'"

# The shared library shows what its headers mark, and nothing else of its own or of others.
nm -DC --defined-only "$shared" | sed 's/^[0-9a-f]* //' >"$work/shown"
check "it shows backplan::screen" has '^T backplan::screen\(' <"$work/shown"
check "it hides its inside" sh -c "! grep -E '^[A-Z] (typeinfo (name )?for |vtable for )?(backplan::(yaml|cli)::|nlohmann|fmt::|YAML::)' '$work/shown'"
with_shared() {
  # shellcheck disable=SC2086
  "${CXX:-c++}" ${CXXFLAGS:-} -std=c++20 -I"$root/include" "$source/tests/install/consumer.cpp" -o "$work/by-shared" \
    "$shared" -Wl,-rpath,"$(dirname "$shared")" && uses "$work/by-shared"
}
check "a program links the shared library" with_shared
# shellcheck disable=SC2086 # flags are words
every_function() {
  /usr/bin/python3 -B "$source/tests/install/exports.py" "$root/include" >"$work/exports.cpp" &&
    "${CXX:-c++}" ${CXXFLAGS:-} -std=c++20 -I"$root/include" "$work/exports.cpp" -o "$work/exports" "$shared"
}
check "the shared library shows every function of the headers" every_function

# The package: what it depends on is what it needs, and with just that it runs.
check "cpack" sh -c "cd '$work' && cpack --config '$build/CPackConfig.cmake' -G DEB -B '$work/deb'"
deb=$(find "$work/deb" -maxdepth 1 -name '*.deb')
depends=$(dpkg-deb -f "$deb" Depends | sed 's/ ([^)]*)//g; s/,//g')
echo "depends on: $depends"
case " $depends " in *" libfmt"*" libyaml-cpp"*) ;; *) check "Depends of $deb: $depends" false ;; esac
case " $depends " in *" libsqlite3-0 "*) ;; *) check "Depends on SQLite, which it loads: $depends" false ;; esac
# Not a bootstrapped system: a root with the files of the named packages and of theirs, and no others.
clean=$work/root
mkdir "$clean"
dpkg-deb -x "$deb" "$clean"
all=$(apt-cache depends --installed --recurse --no-recommends --no-suggests --no-conflicts --no-breaks \
  --no-replaces --no-enhances $depends 2>/dev/null | grep '^[a-z]' | sort -u)
for package in $all; do dpkg -L "$package" 2>/dev/null || dpkg -L "$package:$(dpkg --print-architecture)"; done |
  grep -E '^(/usr)?/lib(64)?/.*\.so' | sort -u >"$work/files"
tar -C / -cf - --files-from="$work/files" 2>/dev/null | tar -C "$clean" -xf -
[ ! -L /lib ] || for each in lib lib64; do
  [ ! -d "$clean/$each" ] || { mkdir -p "$clean/usr/$each" && cp -a "$clean/$each/." "$clean/usr/$each/" && rm -r "${clean:?}/$each"; }
  mkdir -p "$clean/usr/$each" && ln -s "usr/$each" "$clean/$each"
done
if chroot "$clean" /usr/bin/backplan --version >"$work/version" 2>&1; then
  check "the version in the clean root" grep -q "^backplan [0-9]" "$work/version"
  check "a log in the clean root" env HOME=/root chroot "$clean" /usr/bin/backplan log on
elif [ "$(id -u)" -eq 0 ]; then
  check "it runs in the clean root: $(cat "$work/version")" false
else
  echo "not root: the clean root was not entered"
fi
echo "$failures failures"
[ "$failures" -eq 0 ]
