#!/usr/bin/env bash
# Generates the engine's protobuf code from network/engine/proto: static, minimal, 64-bit fields as numbers.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/node_modules/.bin:$PATH"
out=network/engine/src/wire/generated
[ "$out/fabric.js" -nt scripts/buildProto.sh ] && [ -z "$(find network/engine/proto -newer "$out/fabric.js" -print -quit)" ] && [ -s "$out/fabric.d.ts" ] && exit 0
mkdir -p "$out"
pbjs -t static-module -w commonjs --no-create --no-verify --no-convert --no-delimited --no-service --force-number \
    --no-comments -p network/engine/proto -o "$out/fabric.js" network/engine/proto/*.proto
# The declarations need the comments that the runtime module leaves out: they carry the types.
pbjs -t static-module -w commonjs --no-create --no-verify --no-convert --no-delimited --no-service --force-number \
    -p network/engine/proto -o "$out/declared.js" network/engine/proto/*.proto
pbts -o "$out/fabric.d.ts" "$out/declared.js"
rm "$out/declared.js"
