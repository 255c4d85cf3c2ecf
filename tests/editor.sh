#!/bin/sh
# Gets yaml-language-server once, into the build folder, and drives it. Skipped where it cannot be had.
# usage: editor.sh SOURCE BUILD
set -eu
source=$1 folder=$2/editor
skip() { echo "$1"; exit 77; }
command -v node >/dev/null && command -v npm >/dev/null || skip "no node or npm"
server=$folder/node_modules/yaml-language-server/bin/yaml-language-server
if [ ! -f "$server" ]; then
  mkdir -p "$folder"
  timeout 120 npm install --prefix "$folder" --ignore-scripts --no-audit --no-fund --silent \
    yaml-language-server@1.15.0 >"$folder/install.log" 2>&1 || skip "yaml-language-server cannot be installed"
fi
exec node "$source/tests/editor.mjs" "$server" "$source"
