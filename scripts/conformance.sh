#!/usr/bin/env bash
# Replays recordings of Hyperledger Fabric on the engine; `npm run conformance -- --help` lists the arguments.
set -euo pipefail
called_from=${INIT_CWD:-$PWD}
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/built.sh
bundle=network/engine/dist/bundles/conformance.js
esbuild network/engine/conformance/main.ts --bundle --platform=node --target=node24 --format=cjs \
    --external:classic-level --external:fabric-shim --outfile="$bundle" --log-level=warning

folders=(--default network/engine/fixtures/fabric-3.1.5)
beside=../shared/data/fabric-3.1.5/open
if [ -d "$beside" ]; then folders+=(--default "$beside"); fi
before=''
for argument in "$@"; do
    # A folder is named from where the command was given; an area may have the name of one.
    if [ "$before" != --only ] && [ -d "$called_from/$argument" ]; then argument=$called_from/$argument; fi
    folders+=("$argument")
    before=$argument
done
exec node --disable-warning=ExperimentalWarning "$bundle" "${folders[@]}"
