#!/bin/bash
# What a command-line safety screener must survive. Each check: the expected behaviour in words, then one command.
# usage: BIN=build/test/backplan tests/faults.sh [ID-prefix...]     REQUIRE_ALL=1 turns a skip into a failure.
# Needs expect, faketime, strace, fiu-utils, xxd, setpriv and the right to mount a tmpfs; what is missing is skipped.
here=$(dirname "$(dirname "$(readlink -f "$0")")")
: "${BIN:=$here/build/test/backplan}"
SCREEN="screen --save" GENERATE="generate --minutes 10"
ANS_OPT=--answers MIN_OPT=--minutes
RULES=$here/examples/nhs-strict.yaml         # a rules file of a user
GOOD=$here/examples/desk-worker.yaml         # answers whose outcome is the lowest
RED=$here/examples/red-flag.yaml             # answers whose outcome is the highest
OK_RC="0 10 11 12 14"                        # exit codes that mean "screened, here is the outcome"
RESULT_RE='^(GENTLE ROUTINE|ADAPTED ROUTINE|REST TODAY|SEE A CLINICIAN FIRST|GET MEDICAL ADVICE TODAY|CALL YOUR EMERGENCY NUMBER NOW)|disposition:'
CLEAR_RE='^(GENTLE|ADAPTED) ROUTINE|disposition: "?(self_care|modified)' RED_RE='^CALL YOUR EMERGENCY NUMBER NOW'
STATE_DIR=.local/state/backplan              # below HOME
STATE_FILE=screening.yaml
: "${T:=10}" "${MEM_KB:=1500000}"            # seconds and KiB a single run may take
# -------------------------------------------------------------------------------------------------
set -u; shopt -s lastpipe; export LC_ALL=C.UTF-8; W=$(mktemp -d "${TMPDIR:-/tmp}/faults.XXXXXX"); chmod 711 "$W"; trap 'rm -rf "$W"' EXIT
BIN=$(readlink -f "$BIN"); RULES=$(readlink -f "$RULES"); GOOD=$(readlink -f "$GOOD"); RED=$(readlink -f "$RED")
R=(); pass=0 fail=0 skip=0 forbidden=0; only=("$@")
export HOME=$W/home; mkdir -p "$HOME"; unset XDG_STATE_HOME XDG_CONFIG_HOME XDG_DATA_HOME; hist=$HOME/$STATE_DIR/$STATE_FILE
want() { [ ${#only[@]} -eq 0 ] && return 0; local p; for p in "${only[@]}"; do [[ $1 == "$p"* ]] && return 0; done; return 1; }
ok()   { if [ "$1" -eq 0 ]; then pass=$((pass+1)); echo "PASS $2"; else fail=$((fail+1)); echo "FAIL $2${3:+  [$3]}"; fi; }
t()    { want "$1" || return 0; local t_id=$1 t_d=$2; shift 2; why=; "$@" 2>>"$W/noise"; ok $? "$t_id $t_d" "$why"; }
sk()   { want "$1" || return 0; skip=$((skip+1)); echo "SKIP $1 $2"; }
may_not() { want "$1" || return 0; forbidden=$((forbidden+1)); echo "NOT ALLOWED HERE $1 $2"; }  # by the machine, not for want of a tool
run()  { (ulimit -v "$MEM_KB"; exec timeout -k 2 "$T" "$@") >"$W/out" 2>"$W/err"; rc=$?; }     # rc, $W/out, $W/err
scr()  { run "$BIN" $SCREEN "${R[@]}" "$ANS_OPT" "$1"; }
gen()  { run "$BIN" $GENERATE "${R[@]}" "$ANS_OPT" "$1"; }
okrc() { local c; for c in $OK_RC; do [ "$rc" = "$c" ] && return 0; done; why="rc=$rc $(head -c 120 "$W/err")"; return 1; }
nocrash() { case $rc in 124|137) why="hang or out of memory rc=$rc"; return 1;; 13[2-9]|14[02-9]) why="signal rc=$rc"; return 1;; esac; ! grep -qE 'terminate called|Assertion|runtime error:|AddressSanitizer' "$W/err" || { why="$(head -c 120 "$W/err")"; return 1; }; }
# refused: a code that is not an outcome, a message on stderr, no outcome on stdout
refused() { nocrash || return 1; local c; for c in $OK_RC; do [ "$rc" = "$c" ] && { why="accepted rc=$rc"; return 1; }; done; grep -qE "$RESULT_RE" "$W/out" && { why="printed an outcome"; return 1; }; [ -s "$W/err" ] || { why="no message"; return 1; }; }
same()  { okrc && nocrash && { cmp -s "$W/out" "$1" || { why="output differs"; return 1; }; }; }
plain() { ! LC_ALL=C grep -qP '[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\x8e\x8f\xaa-\xae]|\xe2\x81[\xa6-\xa9]' "$W/out" "$W/err" || { why="raw control characters"; return 1; }; }
rules() { run "$BIN" validate "$1"; }  # loads a rules file of a user
with()  { rm -rf "$W/own"; mkdir "$W/own"; cp "$1" "$W/own/rules.yaml"; run "$BIN" $SCREEN --routines "$W/own" "$ANS_OPT" "${2:-$GOOD}"; }
fresh() { rm -rf "$HOME"; mkdir -p "$HOME"; }
typed() { sed '/^#/d; /^schema/d; s/^[a-z-]*: *//' "$GOOD"; }  # the sheet, typed line by line
stateok() { [ -z "$STATE_DIR" ] || [ ! -d "$HOME/$STATE_DIR" ] || [ -z "$(find "$HOME/$STATE_DIR" -mindepth 1 ! -name "$STATE_FILE" ! -name '*lock*' -print -quit)" ] || { why="left behind: $(find "$HOME/$STATE_DIR" -mindepth 1 ! -name "$STATE_FILE" ! -name '*lock*' | head -1)"; return 1; }; }
nl()    { [ -f "$hist" ] && wc -l <"$hist" || echo 0; }
scr "$GOOD"; okrc || { echo "the good sheet does not run: $why"; exit 2; }; cp "$W/out" "$W/ref.good"; scr "$RED"; cp "$W/out" "$W/ref.red"; gen "$GOOD"; cp "$W/out" "$W/ref.plan"
t F00a "the good sheet is clear" grep -qE "$CLEAR_RE" "$W/ref.good"
t F00b "the red sheet is red and gets no routine" bash -c 'grep -qE "$1" "$2"' _ "$RED_RE" "$W/ref.red"

# F01 output streams: a lost result is never success -------------------------------------------------
f() { (set -o pipefail; timeout "$T" "$BIN" $GENERATE "${R[@]}" "$ANS_OPT" "$GOOD" 2>"$W/err" | head -c1 >/dev/null); rc=$?; [ $rc -eq 141 ] && rc=0; [ $rc -lt 124 ] && ! grep -q 'terminate called' "$W/err"; }
t F01a "| head: ends quietly (0, 141 or an error code)" f
f() { (sleep 0.2; timeout "$T" "$BIN" $SCREEN "${R[@]}" "$ANS_OPT" "$RED" 2>"$W/err"; echo $? >"$W/rc") | true; rc=$(cat "$W/rc"); [ "$rc" -eq 141 ] || { : >"$W/out"; refused; }; }
t F01b "reader already gone: SIGPIPE (141) or an error code, never success" f
f() { (trap '' PIPE; sleep 0.2; timeout "$T" "$BIN" $SCREEN "${R[@]}" "$ANS_OPT" "$RED" 2>"$W/err"; echo $? >"$W/rc") | true; rc=$(cat "$W/rc"); : >"$W/out"; refused; }
t F01c "reader gone and SIGPIPE ignored (EPIPE): error code and a message, no hang" f
f() { timeout "$T" "$BIN" $SCREEN "${R[@]}" "$ANS_OPT" "$RED" >/dev/full 2>"$W/err"; rc=$?; : >"$W/out"; refused; }
t F01d "/dev/full as stdout: error code and a message" f
f() { timeout "$T" "$BIN" $SCREEN "${R[@]}" "$ANS_OPT" "$GOOD" >"$W/out" 2>/dev/full; rc=$?; same "$W/ref.good"; }
t F01e "/dev/full as stderr: the result is unaffected" f
f() { timeout "$T" "$BIN" $SCREEN "${R[@]}" "$ANS_OPT" "$GOOD" >&- 2>"$W/err"; rc=$?; : >"$W/out"; refused; }
t F01f "stdout closed: error code, not success" f
f() { fresh; timeout "$T" "$BIN" $SCREEN "${R[@]}" "$ANS_OPT" "$GOOD" >&- 2>&- <&-; rc=$?; ! grep -qsE "$RESULT_RE" "$hist" && okrc; [ $rc -lt 124 ]; }
t F01g "all three closed: output does not land in a state file" f
t F01h "--help > /dev/full is an error too" bash -c 'timeout 10 "$1" --help >/dev/full 2>/dev/null; [ $? -ne 0 ]' _ "$BIN"

# F02 standard input / questionnaire: an unfinished one has no outcome ---------------------------------
q() { run "$BIN" $SCREEN "${R[@]}" <"$1"; refused || { [ "$why" = "printed an outcome" ] && return 1; [ "$rc" -ne 0 ] && ! grep -qE "$RESULT_RE" "$W/out"; }; }
t F02a "stdin at end of file" q /dev/null
f() { timeout "$T" "$BIN" $SCREEN "${R[@]}" <&- >"$W/out" 2>"$W/err"; rc=$?; refused; }
t F02b "stdin closed" f
for n in 1 2 5 9; do typed | head -$n >"$W/in"; t F02c$n "questionnaire cut after $n lines" q "$W/in"; done
f() { typed >"$W/in"; run "$BIN" $SCREEN "${R[@]}" <"$W/in"; okrc && grep -qE "$RESULT_RE" "$W/out"; }
t F02d "a whole questionnaire from a pipe gives an outcome" f
f() { typed | sed 's/$/\r/' >"$W/in"; run "$BIN" $SCREEN "${R[@]}" <"$W/in"; okrc; }
t F02e "CRLF typed answers" f
f() { head -c 50000000 /dev/zero | tr '\0' y >"$W/in"; q "$W/in"; }
t F02f "a 50 MB answer without newline: bounded memory, refused" f
f() { timeout "$T" bash -c 'yes "" | "$@" >/dev/null 2>&1' _ "$BIN" $SCREEN "${R[@]}"; [ $? -ne 0 ] || return 1; }
t F02g "endless empty lines: never becomes an outcome" f
f() { printf '\x00\x1b[2J\xff\n' >"$W/in"; q "$W/in" && plain; }
t F02h "NUL, ESC and bad UTF-8 typed: asked again, echoed safely" f

# F03 HOME and state ---------------------------------------------------------------------------------
for h in /proc /dev/null/x "$W/no/such" '' relative/dir; do f() { (cd "$W" || exit; HOME=$h; scr "$GOOD"; exit $rc); rc=$?; same "$W/ref.good"; }; t F03a "HOME='$h': the result still comes, same exit code" f; done
f() { (unset HOME; scr "$GOOD"; exit $rc); rc=$?; same "$W/ref.good"; }
t F03b "no HOME at all" f
f() { run env -i "$BIN" $SCREEN "${R[@]}" "$ANS_OPT" "$GOOD"; same "$W/ref.good"; }
t F03c "empty environment" f
f() { (cd "$W" && XDG_STATE_HOME=rel timeout "$T" "$BIN" $SCREEN "${R[@]}" "$ANS_OPT" "$GOOD" >/dev/null 2>&1); [ ! -e "$W/rel" ]; }
t F03d "a relative XDG_STATE_HOME is ignored (XDG spec)" f
if [ -n "$STATE_DIR" ]; then
f() { fresh; (umask 000; scr "$GOOD"); [ -f "$hist" ] && [ "$(stat -c %a "$hist")" = 600 ] && [ "$(stat -c %a "$HOME/$STATE_DIR")" = 700 ] || { why="$(stat -c '%a %n' "$HOME/$STATE_DIR" "$hist" 2>&1 | tr '\n' ' ')"; return 1; }; }
t F03e "health data: file 600, folder 700 even with umask 000" f
f() { fresh; local i p=(); for i in $(seq 40); do "$BIN" $SCREEN "${R[@]}" "$ANS_OPT" "$GOOD" >/dev/null 2>&1 & p+=($!); done; wait "${p[@]}"; [ "$(nl)" -gt 5 ] && stateok; }
t F03f "40 writers at once: one whole file, no leftovers" f
f() { fresh; scr "$GOOD"; local i last shrank=0; last=$(nl); for i in $(seq 150); do "$BIN" $SCREEN "${R[@]}" "$ANS_OPT" "$GOOD" >/dev/null 2>&1 & saver=$!; sleep 0.00$((RANDOM%9))$((RANDOM%10)); kill -9 $saver 2>/dev/null; wait $saver 2>/dev/null; n=$(nl); [ "$n" -lt "$last" ] && shrank=1; last=$n; [ "$(tail -c1 "$hist" | xxd -p)" = 0a ] || shrank=1; done; [ $shrank -eq 0 ] || { why="the file shrank or was cut"; return 1; }; find "$HOME/$STATE_DIR" -name "$STATE_FILE.??????" -delete; scr "$GOOD"; [ "$(nl)" -eq "$last" ]; }
t F03g "kill -9 during save, 150 times: old or new, never half; next run works" f
f() { fresh; mkdir -p "$HOME/$STATE_DIR"; echo precious >"$W/victim"; ln -s "$W/victim" "$hist"; scr "$GOOD"; [ "$(cat "$W/victim")" = precious ] && grep -qE "$RESULT_RE" "$W/out"; }
t F03h "the state file is a symlink: its target is untouched" f
f() { fresh; mkdir -p "$HOME/$STATE_DIR"; mkfifo "$hist"; scr "$GOOD"; nocrash; }
t F03i "the state file is a FIFO: no hang" f
f() { fresh; mkdir -p "$hist"; scr "$GOOD"; nocrash && grep -qE "$RESULT_RE" "$W/out"; }
t F03j "the state file is a folder" f
f() { fresh; scr "$GOOD"; head -c 3000 /dev/urandom >"$hist"; scr "$GOOD"; nocrash && same "$W/ref.good"; }
t F03k "a corrupted state file never changes or blocks the screening" f
f() { fresh; scr "$GOOD"; cp "$hist" "$W/before"; (ulimit -f 0; timeout "$T" "$BIN" $SCREEN "${R[@]}" "$ANS_OPT" "$GOOD" 2>/dev/null | cat >/dev/null); cmp -s "$W/before" "$hist" && { find "$HOME/$STATE_DIR" -name '.*' -type f -delete; true; }; }
t F03l "file-size limit while saving: the old file stays whole" f
if mkdir "$W/tiny" && mount -t tmpfs -o size=8k,nr_inodes=40 r6 "$W/tiny" 2>/dev/null; then
f() { local i n=0; export HOME=$W/tiny; for i in $(seq 30); do "$BIN" $SCREEN "${R[@]}" "$ANS_OPT" "$GOOD" >"$W/out" 2>"$W/err"; rc=$?; same "$W/ref.good" || return 1; head -c 400 /dev/urandom | base64 -w0 >>"$W/tiny/fill" 2>/dev/null; done; local b=0; [ -s "$W/tiny/$STATE_DIR/$STATE_FILE" ] && [ "$(tail -c1 "$W/tiny/$STATE_DIR/$STATE_FILE" | xxd -p)" = 0a ] || b=1; find "$W/tiny" -name '.*.??????' | grep -q . && { why="temporary file left"; b=1; }; return $b; }
t F03m "the disk fills up: result shown, state whole, no temporary files" f; export HOME=$W/home; umount "$W/tiny"; else may_not F03m "no right to mount a tmpfs"; fi
fi

# F04 files -----------------------------------------------------------------------------------------
t F04a "answers: no such file" eval 'scr "$W/none"; refused'
t F04b "answers: a folder" eval 'scr "$W"; refused'
t F04c "answers: /dev/zero (endless)" eval 'scr /dev/zero; refused'
t F04d "answers: empty file is not clear" eval ': >"$W/e"; scr "$W/e"; nocrash && ! grep -qE "$CLEAR_RE" "$W/out"'
f() { mkfifo "$W/q" 2>/dev/null; (cat "$GOOD" >"$W/q" &); scr "$W/q"; same "$W/ref.good"; }
t F04e "answers through a FIFO / process substitution" f
if ! command -v setpriv >/dev/null; then sk F04f "no setpriv"; elif [ "$(id -u)" = 0 ]; then
f() { cp "$GOOD" "$W/secret"; chmod 000 "$W/secret"; run setpriv --reuid 65534 --regid 65534 --clear-groups "$BIN" $SCREEN "${R[@]}" "$ANS_OPT" "$W/secret"; refused; }
t F04f "answers: no permission" f; else may_not F04f "needs root"; fi
t F04g "a file name with ESC and newline is shown safely" eval 'scr "$(printf "/no/\033]0;x\007\nfile")"; refused && plain'
variant() { cat >"$W/v"; scr "$W/v"; }
t F04h "answers: CRLF = LF" eval 'sed "s/$/\r/" "$GOOD" | variant; same "$W/ref.good"'
t F04i "answers: BOM = no BOM" eval '{ printf "\xef\xbb\xbf"; cat "$GOOD"; } | variant; same "$W/ref.good"'
t F04j "answers: no final newline" eval 'head -c -1 "$GOOD" | variant; same "$W/ref.good"'
t F04k "answers: NUL byte" eval '{ cat "$GOOD"; printf "x\0y: no\n"; } | variant; refused'
t F04l "answers: invalid UTF-8" eval '{ cat "$GOOD"; printf "\xff\xfe: no\n"; } | variant; refused'
t F04m "answers: UTF-16" eval 'iconv -t UTF-16 "$GOOD" | variant; refused'
t F04n "answers: unknown question" eval '{ cat "$GOOD"; echo "no_such_question: yes"; } | variant; refused'
t F04o "answers: the same question twice" eval '{ cat "$GOOD"; grep -m1 "^chest" "$GOOD"; } | variant; refused'
t F04p "answers: an unknown word as an answer" eval 'sed "\$s/:.*/: maybe-ish/" "$GOOD" | variant; refused'
t F04q "answers: ESC sequence in a value is echoed safely" eval '{ cat "$GOOD"; printf "x\033[31m\302\233: \342\200\256evil\n"; } | variant; refused && plain'
t F04r "answers: 100 MB" eval 'head -c 100000000 /dev/urandom | base64 >"$W/v"; scr "$W/v"; refused'
cuts() { local n s b=0; n=$(wc -c <"$RED"); for s in $(seq 1 7 "$n"); do head -c "$s" "$RED" >"$W/v"; scr "$W/v"; nocrash || return 1; grep -qE "$CLEAR_RE" "$W/out" && { why="clear at byte $s"; return 1; }; done; why=; return 0; }
t F04s "answers cut at every 7th byte: never clear" cuts

# F05 rules / technique files (user YAML) ---------------------------------------------------------------
if [ -n "$RULES" ]; then
y() { cat >"$W/r.yaml"; local t0 t1; t0=$(date +%s%N); rules "$W/r.yaml"; t1=$(date +%s%N); refused && plain && { [ $(((t1-t0)/1000000)) -lt 3000 ] || { why="took $(((t1-t0)/1000000)) ms"; return 1; }; }; }
t F05a "empty file" eval ': | y'
t F05b "one comma (memory exhaustion in YAML::LoadAll 0.7.0)" eval 'printf "," | y'
t F05c "alias bomb 9^9" eval '{ echo "a0: &a0 [x,x,x,x,x,x,x,x,x]"; for i in 1 2 3 4 5 6 7 8; do p=$((i-1)); echo "a$i: &a$i [*a$p,*a$p,*a$p,*a$p,*a$p,*a$p,*a$p,*a$p,*a$p]"; done; cat "$RULES"; } | y'
t F05d "a node that contains itself" eval '{ echo "x: &x [*x]"; cat "$RULES"; } | y'
t F05e "100,000 nested lists" eval 'head -c 100000 /dev/zero | tr "\0" "[" | y'
t F05f "100,000 nested maps" eval 'for i in $(seq 20000); do printf "{a: "; done | y'
t F05g "a second document" eval '{ cat "$RULES"; echo "---"; cat "$RULES"; } | y'
t F05h "text after the end marker" eval '{ cat "$RULES"; printf "...\nrubbish ] here\n"; } | y'
t F05i "a top-level key twice" eval '{ cat "$RULES"; grep -m1 -E "^[a-z_]+:" "$RULES" | sed "s/:.*/: []/"; } | y'
t F05j "an unknown top-level key" eval '{ cat "$RULES"; echo "rulez: []"; } | y'
t F05k "a key with terminal escapes" eval '{ cat "$RULES"; printf "\"\\\\e]0;pwn\\\\a\\\\x9b31m\": 1\n"; } | y'
t F05l "NUL byte" eval '{ cat "$RULES"; printf "# \0\n"; } | y'
t F05m "invalid UTF-8" eval '{ cat "$RULES"; printf "# \xff\xfe\n"; } | y'
t F05n "UTF-16" eval 'iconv -t UTF-16 "$RULES" | y'
t F05o "a tab as indentation" eval '{ printf "x:\n\t- 1\n"; cat "$RULES"; } | y'
t F05p "a language tag" eval '{ printf "x: !!python/object:os.system 1\n"; cat "$RULES"; } | y'
t F05q "merge key" eval '{ printf "<<: {rules: []}\n"; cat "$RULES"; } | y'
t F05r "random bytes" eval 'head -c 20000 /dev/urandom | y'
t F05s "50 MB of list" eval '{ echo "rules:"; yes -- "- x" | head -c 50000000; } | y'
t F05t "a folder" eval 'rules "$W"; refused'
t F05u "/dev/zero" eval 'rules /dev/zero; refused'
t F05v "CRLF = LF" eval 'sed "s/$/\r/" "$RULES" >"$W/r.yaml"; with "$W/r.yaml"; same "$W/ref.good"'
t F05w "BOM = no BOM" eval '{ printf "\xef\xbb\xbf"; cat "$RULES"; } >"$W/r.yaml"; with "$W/r.yaml"; same "$W/ref.good"'
cutr() { local n s; n=$(wc -c <"$RULES"); for s in $(seq 1 $((n/150+1)) "$n"); do head -c "$s" "$RULES" >"$W/r.yaml"; with "$W/r.yaml" "$RED"; nocrash || return 1; okrc >/dev/null && ! cmp -s "$W/out" "$W/ref.red" && { why="other outcome when cut at byte $s of $n"; return 1; }; done; why=; return 0; }
t F05x "cut at 150 places: refused, or the same outcome" cutr
flip() { local i n p; n=$(wc -c <"$RULES"); for i in $(seq 150); do p=$((RANDOM*32768+RANDOM)); p=$((p%n)); cp "$RULES" "$W/r.yaml"; printf "\\x$(printf %x $((RANDOM%256)))" | dd of="$W/r.yaml" bs=1 seek=$p conv=notrunc status=none; with "$W/r.yaml" "$RED"; nocrash || { why="$why (byte $p)"; return 1; }; done; why=; return 0; }
t F05y "one byte overwritten, 150 times: no crash, no hang" flip
else sk F05 "rules are built in"; fi

# F06 locale, terminal, clock: byte-identical output ---------------------------------------------------
for l in C POSIX C.UTF-8 en_US.UTF-8 de_DE.UTF-8 tr_TR.UTF-8 fr_FR.UTF-8 ar_SA.UTF-8 ja_JP.EUC-JP no_SUCH; do f() { (export LC_ALL=$l LANG=$l LANGUAGE=$l; gen "$GOOD"; exit $rc); rc=$?; same "$W/ref.plan"; }; t F06a "locale $l" f; done
for e in TERM=dumb TERM= TERM=xterm-256color TERM=no-such COLUMNS=0 COLUMNS=-1 COLUMNS=1 COLUMNS=99999999999999999999 COLUMNS=abc LINES=0 NO_COLOR=1 CLICOLOR_FORCE=0 TZ=Asia/Kathmandu TZ=:/etc/passwd "TZ=$(head -c 3000 /dev/zero | tr '\0' A)"; do f() { (export "${e?}"; gen "$GOOD"; exit $rc); rc=$?; same "$W/ref.plan"; }; t F06b "${e:0:40}" f; done
f() { gen "$GOOD"; plain; }; t F06c "no escape sequences when stdout is not a terminal" f
if command -v script >/dev/null; then f() { TERM=dumb timeout "$T" script -qec "stty cols 0 rows 0; '$BIN' $SCREEN ${R[*]} $ANS_OPT '$GOOD'" /dev/null </dev/null >"$W/out" 2>"$W/err"; rc=$?; okrc && ! LC_ALL=C grep -q $'\033' "$W/out"; }; t F06d "a terminal 0 columns wide, TERM=dumb: no crash, no escapes" f; else sk F06d "no script(1)"; fi
if command -v faketime >/dev/null; then for d in '1970-01-01 00:00:01' '2038-01-19 03:14:09' '2106-02-07 06:28:17' '2026-03-29 01:59:59' '2026-10-25 02:30:00' '3000 days ago'; do f() { TZ=Europe/Berlin run faketime "$d" "$BIN" $GENERATE "${R[@]}" "$ANS_OPT" "$GOOD"; same "$W/ref.plan"; }; MEM_KB=unlimited t F06e "clock at $d" f; done; else sk F06e "no faketime"; fi
f() { gen "$GOOD"; cp "$W/out" "$W/1"; gen "$GOOD"; cmp -s "$W/1" "$W/out"; }; t F06f "same input, same routine" f
f() { (cd / && gen "$GOOD"; exit $rc); rc=$?; same "$W/ref.plan"; }; t F06g "any working folder" f

# F07 signals ---------------------------------------------------------------------------------------
sig() { fresh; scr "$GOOD"; [ -n "$STATE_DIR" ] && cp "$hist" "$W/before" 2>/dev/null; mkfifo "$W/s" 2>/dev/null; (exec 9<>"$W/s"; printf 'none\nnone\n' >&9; env --default-signal=INT,QUIT "$BIN" $SCREEN "${R[@]}" <"$W/s" >"$W/out" 2>"$W/err" & p=$!; sleep 0.3; kill -"$1" $p; for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do kill -0 $p 2>/dev/null || break; sleep 0.1; done; kill -0 $p 2>/dev/null && { kill -9 $p; exit 99; }; wait $p; exit $?); rc=$?; [ $rc -ne 0 ] && [ $rc -ne 99 ] || { why="rc=$rc"; return 1; }; ! grep -qE "$RESULT_RE" "$W/out" && stateok && { [ -z "$STATE_DIR" ] || [ ! -f "$W/before" ] || cmp -s "$W/before" "$hist" || { why="state changed"; return 1; }; }; }
for s in INT TERM HUP QUIT; do t F07a "SIG$s in the questionnaire: ends, no outcome, nothing written" sig $s; done
if command -v expect >/dev/null; then
f() { fresh; printf '%s\n' "set timeout $T" "spawn -noecho $BIN $SCREEN ${R[*]}" "sleep 0.4; send \"none\\r\"; sleep 0.4; send \"$1\"" 'expect { eof {} timeout { puts "GOT hang"; exit 0 } }' 'puts "GOT [wait]"; flush stdout' >"$W/x.exp"
 timeout 30 expect "$W/x.exp" >"$W/out" 2>&1; why="$(grep -a GOT "$W/out")"; grep -aqE 'GOT [0-9]+ exp[0-9]+ 0 ([1-9][0-9]*|0 CHILDKILLED SIGINT)' "$W/out" && ! grep -aqE "$RESULT_RE" "$W/out" && [ ! -e "$hist" ] && stateok; }
t F07b "Ctrl-C at a prompt on a terminal: 130 or killed by it, no outcome, nothing saved" f '\003'
t F07c "Ctrl-D at a prompt: error code, no outcome" f '\004'
else sk F07b "no expect"; fi

# F08 arguments ----------------------------------------------------------------------------------------
for v in 0 -1 -0 1e9 99999999999999999999 10.5 10,5 nan inf 0x10 ' 10' '10 ' '' '１０' ١٠ 010; do f() { run "$BIN" generate "${R[@]}" "$ANS_OPT" "$GOOD" "$MIN_OPT" "$v"; refused; }; t F08a "$MIN_OPT '$v' refused" f; done
t F08b "unknown option" eval 'run "$BIN" $SCREEN --no-such-option; refused'
t F08c "unknown sub-command" eval 'run "$BIN" scren; refused'
t F08d "option with escapes is shown safely" eval 'run "$BIN" "$(printf -- "--\033[31mred")"; refused && plain'
t F08e "a 120 kB argument" eval 'run "$BIN" $SCREEN "$ANS_OPT" "$(head -c 120000 /dev/zero | tr "\0" a)"; refused'
t F08f "empty argument" eval 'run "$BIN" ""; refused'
t F08g "empty argv[0]" eval 'run bash -c "exec -a \"\" \"\$0\" --help" "$BIN"; nocrash'
t F08h "--version and --help succeed, on stdout" eval 'run "$BIN" --help; [ $rc -eq 0 ] && [ -s "$W/out" ] && [ ! -s "$W/err" ]'

# F09 resources --------------------------------------------------------------------------------------
lim() { (eval "ulimit $1"; timeout "$T" "$BIN" $SCREEN "${R[@]}" "$ANS_OPT" "$RED" >"$W/out" 2>"$W/err"); rc=$?; [ $rc -eq 127 ] && return 0; [ $rc -ne 124 ] || { why=hang; return 1; }; okrc && { cmp -s "$W/out" "$W/ref.red"; return $?; }; ! grep -qE "$CLEAR_RE" "$W/out"; }
for l in '-n 3' '-n 4' '-n 5' '-n 6' '-s 64' '-s 128' '-v 8000' '-v 12000' '-v 20000' '-v 40000' '-c 0' '-l 0'; do t F09a "ulimit $l: right outcome or an error, never clear" lim "$l"; done
if ! command -v strace >/dev/null; then sk F09b "no strace"; elif strace -o /dev/null true 2>/dev/null; then
inj() { local sc=$1 er=$2 n tot=0; for n in $(seq 1 200); do fresh; timeout "$T" strace -f -qq -o "$W/tr" -e trace="$sc" -e inject="$sc:error=$er:when=$n" "$BIN" $SCREEN "${R[@]}" "$ANS_OPT" "$RED" >"$W/out" 2>"$W/err"; rc=$?; grep -q INJECTED "$W/tr" || break; tot=$n; [ $rc -eq 124 ] && { why="hang at call $n"; return 1; }; grep -qE "$CLEAR_RE" "$W/out" && { why="clear at call $n"; return 1; }; if okrc; then cmp -s "$W/out" "$W/ref.red" || { why="success with another output at call $n"; return 1; }; fi; done; why=; echo "     ($sc $er: $tot places)"; return 0; }
for p in openat:EMFILE openat:EACCES read:EIO read:EINTR write:EIO write:ENOSPC write:EINTR write:EAGAIN close:EIO fsync:EIO rename:EACCES rename:ENOSPC mkdir:ENOSPC flock:ENOLCK newfstatat:EIO lseek:ESPIPE mmap:ENOMEM brk:ENOMEM; do t F09b "every ${p%:*} call failing in turn with ${p#*:}" inj "${p%:*}" "${p#*:}"; done
else may_not F09b "no right to trace"; fi
printf '{"chest-and-breath":["chest-pain"]}\n%.0s' $(seq 9) >"$W/sheets"
f() { timeout "$T" "$BIN" screen --batch "$W/sheets" >"$W/one" 2>/dev/null; (ulimit -s 400000; ulimit -v 1500000; exec timeout "$T" "$BIN" screen --batch "$W/sheets" --jobs 16 >"$W/out" 2>"$W/err"); rc=$?; why="rc=$rc $(head -c 120 "$W/err")"; [ $rc -eq 0 ] && cmp -s "$W/one" "$W/out" && grep -q 'the system gives [0-9]* of 16 threads' "$W/err"; }
t F09d "a batch goes on with the threads that it gets" f
if command -v fiu-run >/dev/null; then f() { local i; for i in $(seq 150); do fresh; timeout "$T" fiu-run -x -c "enable_random name=posix/io/*,probability=0.04" -c "enable_random name=libc/mm/*,probability=0.005" "$BIN" $SCREEN "${R[@]}" "$ANS_OPT" "$RED" >"$W/out" 2>"$W/err"; rc=$?; [ $rc -eq 124 ] && { why="hang in run $i"; return 1; }; [ $rc -eq 139 ] && { why="segmentation fault in run $i"; return 1; }; grep -qE "$CLEAR_RE" "$W/out" && { why="clear in run $i"; return 1; }; if okrc; then cmp -s "$W/out" "$W/ref.red" || { why="success with another output in run $i"; return 1; }; fi; done; why=; return 0; }; t F09c "150 runs with random I/O and allocation faults (libfiu)" f; else sk F09c "no fiu-run"; fi
echo "$pass passed, $fail failed, $skip skipped, $forbidden not allowed on this machine"; [ $fail -eq 0 ] && { [ "${REQUIRE_ALL:-0}" = 0 ] || [ $skip -eq 0 ]; }
