#!/bin/sh
# The two clocks, that on the wall and UTC, in four zones, over the changes of summer time and in years to come.
# usage: clocks.sh PROGRAM SOURCE; exits with 77 without faketime or the zones, unless REQUIRE_ALL is set.
set -u
program=$1
desk=$2/examples/desk-worker.yaml
{ command -v faketime && [ -f /usr/share/zoneinfo/Asia/Kathmandu ]; } >/dev/null || {
  echo "skipped, there is no faketime, or no tzdata"
  [ -z "${REQUIRE_ALL:-}" ] || exit 1
  exit 77
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
unset XDG_DATA_HOME XDG_DATA_DIRS
export HOME="$work" XDG_STATE_HOME="$work/state"
failed=0

same() { # WORDS WANTED FOUND
  [ "$2" = "$3" ] && return
  printf 'FAIL %s:\n  %s and not\n  %s\n' "$1" "$3" "$2"
  failed=1
}
at() ( # ZONE INSTANT ARGUMENTS...: a run of the program there and then
  TZ=$1 instant=$2
  export TZ
  shift 2
  exec faketime "$instant" "$program" "$@" </dev/null
)

# The clocks on the wall are those of the time zone database: New York changes on 8 March and 1 November 2026 at
# 7:00 and 6:00 UTC, Auckland on 4 April and 26 September at 14:00 UTC, Kathmandu never. 2100 is no leap year.
while read -r zone day time wall offset; do
  rm -rf state
  "$program" log on >on
  at "$zone" "$day $time:20 UTC" log add --minutes 5 2>err || cat err
  "$program" log export >log.csv
  same "log export, $zone at $day $time" "$wall$offset" "$(tail -n 1 log.csv | cut -c 1-16,20-25)"
  "$program" log export -f json >log.json
  same "log as JSON, $zone at $day $time" "$wall$offset" \
    "$(sed -n 's/.*"finished": "\(.*\)".*/\1/p' log.json | cut -c 1-16,20-25)"
  same "log, $zone at $day $time" "$(echo "$wall" | tr T ' '), 5:00 min" "$(TZ=Asia/Kathmandu "$program" log)"

  at "$zone" "$day $time:20 UTC" screen -a "$desk" --save -q 2>saved
  same "saved, $zone at $day $time" "$day $time UTC" "$(sed 's/.* until //' saved | xargs -I{} date -u -d '{} - 24 hours' '+%F %R UTC')"
  at Asia/Kathmandu "$day $time:20 UTC + 181 minutes" generate -m 5 >plan 2>err
  same "used in another zone, $day $time" "saved at $day $time UTC; it ends in 21 h" \
    "$(grep -o 'saved at .*' err)"

  today=${wall%T*}
  at "$zone" "$day $time:20 UTC" generate -m 5 -a "$desk" -f ics --at 08:30 >today.ics 2>err
  same "today, $zone at $day $time" "--from $today" "$(grep -o -e '--from .*' err)"
  same "the event of today, $zone at $day $time" "DTSTART:$(echo "$today" | tr -d -)T083000" \
    "$(grep DTSTART today.ics | tr -d '\r')"
  at "$zone" "$day $time:20 UTC" generate -m 5 -a "$desk" --vary >plan 2>err
  same "the seed of today, $zone at $day $time" "--seed $(($(date -u -d "$today" +%s) / 86400))" \
    "$(sed -n 's/.*this plan again: //p' err)"
done <<'END'
UTC 2026-03-29 00:59 2026-03-29T00:59 +00:00
UTC 2033-05-18 03:34 2033-05-18T03:34 +00:00
UTC 2038-01-19 03:14 2038-01-19T03:14 +00:00
UTC 2100-03-01 00:00 2100-03-01T00:00 +00:00
America/New_York 2026-03-08 06:59 2026-03-08T01:59 -05:00
America/New_York 2026-03-08 07:00 2026-03-08T03:00 -04:00
America/New_York 2026-11-01 05:59 2026-11-01T01:59 -04:00
America/New_York 2026-11-01 06:00 2026-11-01T01:00 -05:00
America/New_York 2033-07-01 02:00 2033-06-30T22:00 -04:00
America/New_York 2100-03-01 04:00 2100-02-28T23:00 -05:00
Asia/Kathmandu 2026-03-29 18:14 2026-03-29T23:59 +05:45
Asia/Kathmandu 2038-01-19 18:15 2038-01-20T00:00 +05:45
Pacific/Auckland 2026-04-04 13:59 2026-04-05T02:59 +13:00
Pacific/Auckland 2026-04-04 14:00 2026-04-05T02:00 +12:00
Pacific/Auckland 2026-09-26 13:59 2026-09-27T01:59 +12:00
Pacific/Auckland 2026-09-26 14:00 2026-09-27T03:00 +13:00
Pacific/Auckland 2038-01-19 03:14 2038-01-19T16:14 +13:00
Pacific/Auckland 2100-07-01 12:00 2100-07-02T00:00 +12:00
END

# With --from the bytes are the same wherever one is, and the first day is that day.
for zone in UTC America/New_York Asia/Kathmandu Pacific/Auckland; do
  for day in 2026-03-30 2033-05-18 2038-01-19 2100-03-01 9998-12-31; do
    for repeat in none daily weekdays; do
      TZ=$zone "$program" generate -m 5 -a "$desk" -f ics --at 08:30 --from $day --repeat $repeat \
        >"$day.$repeat.$(basename $zone)" 2>err || cat err
      same "the bytes of $day, $repeat, in $zone" "" "$(cmp $day.$repeat.UTC $day.$repeat."$(basename "$zone")" 2>&1)"
    done
    plain=$(echo $day | tr -d -)
    same "the day $day in $zone" "DTSTAMP:${plain}T000000Z DTSTART:${plain}T083000" \
      "$(grep -hE 'DTSTAMP|DTSTART' "$day.daily.$(basename $zone)" | tr '\r\n' '  ' | xargs)"
  done
done
exit $failed
