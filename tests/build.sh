#!/bin/sh
# scripts/build in a copy, with stand-ins for cmake, apt-get, dpkg-query, sudo and id: what it asks of them
# and what it says. At the end once with the real CMake. usage: build.sh SOURCE
set -u
source=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work" || exit 1
failed=0
export CALLS="$work/calls"

# Only these are in PATH: a real sudo, or no git, must make no difference.
mkdir bin
for tool in sh env readlink dirname sed grep find stat flock cat mkdir rm sleep; do
  ln -s "$(command -v "$tool")" "bin/$tool"
done
ln -s /bin/true bin/
stand_in() { # name, its text on standard input
  { echo "#!/bin/sh"; cat; } >"bin/$1"
  chmod 755 "bin/$1"
}
stand_in cmake <<'END'
if [ "$1" = --build ]; then
  read -r tree <"$2/build.ninja"
  echo "[1/2] Compiling"
  [ -z "${BROKEN-}" ] || { echo "FAILED: thing.o"; echo "thing.cpp:1: error: no"; exit 1; }
  echo "[2/2] Linking"
  echo "built $tree" >>"$CALLS"
  exit
fi
while [ $# -gt 0 ]; do
  case $1 in -S) tree=$2 ;; -B) folder=$2 ;; esac
  shift
done
echo "begin" >>"$CALLS"
[ -z "${UNTIL-}" ] || while [ ! -e "$UNTIL" ]; do sleep 0.1; done
printf 'CMAKE_CACHEFILE_DIR:INTERNAL=%s\nCMAKE_HOME_DIRECTORY:INTERNAL=%s\n' "$folder" "$tree" >"$folder/CMakeCache.txt"
[ -z "${KILLED-}" ] || exit 1
printf '%s\n' "$tree" >"$folder/build.ninja"
echo "end" >>"$CALLS"
END
stand_in dpkg-query <<'END'
[ -e "${INSTALLED-/}" ] && printf installed
END
stand_in apt-get <<'END'
echo "apt-get $*" >>"$CALLS"
case " $* " in *" install "*) : >"$INSTALLED" ;; esac
END
stand_in id <<'END'
echo "${AS-0}"
END

checkout() { # where
  mkdir -p "$1/scripts"
  cp "$source/scripts/build" "$source/scripts/backplan" "$1/scripts/"
}
run() { # command...
  PATH="$work/bin" "$@" >out 2>&1 </dev/null
}
on_a_terminal() { # command
  PATH="$work/bin" /usr/bin/script -qec "$1" /dev/null >out 2>&1 </dev/null
}
without_a_terminal() { run /usr/bin/setsid -w "$@"; }
fail() {
  echo "FAIL $1"
  cat out
  failed=1
}
expect() { # what, command...
  what=$1
  shift
  "$@" || fail "$what"
}
says() { grep -qF -- "$1" out; }
says_nothing_of() { ! says "$1"; }
silent() { [ ! -s out ]; }
lines() { [ "$(wc -l <out)" -eq "$1" ]; }
last_built() { [ "$(tail -n 1 "$CALLS")" = "built $1" ]; }
configured() { [ "$(grep -c '^end' "$CALLS")" -eq "$1" ]; }

# Once, then only what changed.
checkout one
expect "a first build" run one/scripts/build user
expect "says so" says "building, once"
expect "in one line" lines 1
expect "a second build" run one/scripts/build user
expect "has nothing to say" silent
expect "and does not configure again" configured 1
ln -s one link
expect "a build through a link" run link/scripts/build user
expect "is the same" configured 1
ln -s ../one/scripts/build other-name
mkdir elsewhere && mv other-name elsewhere
expect "a link to the script" run elsewhere/other-name user
expect "finds its checkout" last_built "$work/one"

# A checkout that was copied or moved.
cp -r one two
expect "a copy is built" run two/scripts/build user
expect "in one line" lines 1
expect "that says why" says "building anew"
expect "and not the other tree" last_built "$work/two"
expect "and then is as any other" run two/scripts/build user
expect "without a word" silent
mv two three
expect "what was moved is built" run three/scripts/build user
expect "and not where it was" last_built "$work/three"
cp -r three/build/user three/build/test
expect "a copied build folder is configured anew" run three/scripts/build test
expect "says so" says "building anew"
cp -r three four
expect "who interrupts that" [ "$(KILLED=1 run four/scripts/build user; echo $?)" = 1 ]
expect "gets" run four/scripts/build user
expect "his own tree next time" last_built "$work/four"

odd="a b 'c' [d] ü: \$e %f"
mkdir "$odd"
cp -r one "$odd/five"
expect "an odd path" run "$odd/five/scripts/build" user
expect "is built" last_built "$work/$odd/five"

for letter in '"' '#' ';' '\'; do
  checkout "un$letter"
  expect "a path that CMake cannot have: $letter" [ "$(run "un$letter/scripts/build" user; echo $?)" = 1 ]
  expect "is said so" says "in its name; rename $work/un$letter"
done

# How far it is, and what went wrong.
expect "on a terminal" on_a_terminal "one/scripts/build user"
expect "one sees how far it is" says "[2/2]"
expect "and no more" says_nothing_of "Linking"
expect "what breaks" [ "$(BROKEN=1 run one/scripts/build user; echo $?)" = 1 ]
expect "is shown" says "thing.cpp:1: error: no"
expect "without what went well" says_nothing_of "Compiling"
expect "and the log has all of it" grep -q "Compiling" one/build/user/build.log

# Two at once.
soon() { # command...: within half a minute
  for _ in $(seq 300); do
    "$@" && return 0
    sleep 0.1
  done
  return 1
}
checkout six
: >"$CALLS"
UNTIL="$work/go" PATH="$work/bin" six/scripts/build user >first 2>&1 &
expect "a build that takes long" soon grep -q begin "$CALLS"
PATH="$work/bin" six/scripts/build user >second 2>&1 &
expect "a second one says that it waits" soon grep -q "waiting for another build" second
touch go
wait
expect "and comes after it" [ "$(tr '\n' ' ' <"$CALLS")" = "begin end built $work/six built $work/six " ]

# What is missing is installed, or said.
export INSTALLED="$work/installed"
: >"$CALLS"
expect "as root" run one/scripts/build user
expect "what is missing is installed" grep -q "^apt-get .* install .* cmake" "$CALLS"
: >"$CALLS"
rm "$INSTALLED"
command="run as root: apt-get install -y --no-install-recommends g++ cmake"
as_somebody() { # what must be said, instead of installing
  expect "$1: fails" [ "$(AS=1000 without_a_terminal one/scripts/build user; echo $?)" = 1 ]
  expect "$1: the command to run is said" says "$command"
  expect "$1: in one line" lines 1
}
as_somebody "no sudo"
stand_in sudo <<'END'
[ "$1" = -n ] && { echo "sudo: a password is required" >&2; exit 1; }
exec "$@"
END
as_somebody "a sudo that must ask, and nobody there"
expect "nothing was tried" [ ! -s "$CALLS" ]
AS=1000 on_a_terminal "one/scripts/build user"
expect "with somebody there it is asked" grep -q "^apt-get .* install" "$CALLS"
rm "$INSTALLED"
stand_in sudo <<'END'
[ "$1" = -n ] && shift
exec "$@"
END
AS=1000 without_a_terminal one/scripts/build user
expect "a sudo that need not ask is used" [ -e "$INSTALLED" ]
rm "$INSTALLED"
stand_in sudo <<'END'
echo "somebody is not in the sudoers file" >&2
exit 1
END
expect "who may not use sudo" [ "$(AS=1000 on_a_terminal "one/scripts/build user"; echo $?)" = 1 ]
expect "is told why" says "not in the sudoers file"
expect "and the command" says "$command"
unset INSTALLED

# What cannot be written. Root can write anything, so root becomes somebody else.
somebody() {
  if [ "$(id -u)" -eq 0 ]; then run /usr/bin/setpriv --reuid=65534 --clear-groups "$@"; else run "$@"; fi
}
touch "$CALLS" && chmod 666 "$CALLS"
owner=$(stat -c %U one)
chmod -R a-w one
expect "a build folder of somebody else" [ "$(somebody one/scripts/build user; echo $?)" = 1 ]
expect "is said so" says "which belongs to $owner"
expect "with the way out" says "copy $work/one to a folder of your own"
expect "in one line" lines 1
checkout seven
chmod -R a-w seven
expect "a checkout that cannot be written" [ "$(somebody seven/scripts/build user; echo $?)" = 1 ]
expect "is said so" says "cannot write to $work/seven"
expect "in one line" lines 1
chmod -R u+w one seven

# The same with the real CMake: what is built says where it is from.
real() { PATH="$work/real:$PATH" "$@" >out 2>&1 </dev/null; }
mkdir real
cp bin/dpkg-query real/
checkout "real tree"
cat >"real tree/CMakeLists.txt" <<'END'
cmake_minimum_required(VERSION 3.25)
project(place LANGUAGES NONE)
add_custom_command(OUTPUT place COMMAND pwd > ${PROJECT_BINARY_DIR}/place
  WORKING_DIRECTORY ${PROJECT_SOURCE_DIR} VERBATIM)
add_custom_target(all_of_it ALL DEPENDS place)
END
expect "with CMake" real "real tree/scripts/build" user
cp -r "real tree" "real copy"
rm "real copy/build/user/place"
expect "a copy" real "real copy/scripts/build" user
expect "is built from itself" [ "$(cat "real copy/build/user/place")" = "$work/real copy" ]
expect "and not beside it" [ "$(cat "real tree/build/user/place")" = "$work/real tree" ]
expect "with nothing to do" real "real copy/scripts/build" user
expect "nothing is said" silent

[ "$failed" -eq 0 ] && echo "all as it should be"
exit "$failed"
