#!/bin/sh
# Every source is as .clang-format says, by the version of Debian 12; another one breaks some lines elsewhere.
# usage: format.sh SOURCE
set -eu
cd "$1"
case $(clang-format --version 2>/dev/null) in
  *"version 14."*) ;;
  *) [ -z "${REQUIRE_ALL:-}" ] || exit 1; echo "no clang-format 14"; exit 77 ;;
esac
find include src tests bench -name '*.[ch]pp' -exec clang-format --dry-run -Werror {} +
