#!/usr/bin/env bash
# Builds everything that runs: protobuf code, the four packages, and one bundle per engine executable.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/node_modules/.bin:$PATH"

bash scripts/buildProto.sh
node node_modules/@typescript/native/bin/tsc -b
mkdir -p network/engine/dist/wire
cp -r network/engine/src/wire/generated network/engine/dist/wire/

entries=(network/engine/src/commands/entry/*.ts)
# classic-level stays outside: it finds its prebuilt LevelDB beside its own files.
esbuild "${entries[@]}" --bundle --platform=node --target=node24 --format=cjs \
    --external:classic-level --outdir=network/engine/dist/bundles --log-level=warning
touch node_modules/.power-built
