#!/usr/bin/env bash
# Prints the first source that is newer than the last build; nothing when the build is current.
cd "$(dirname "$0")/.." || exit 1
stamp=node_modules/.power-built
[ -f "$stamp" ] || { echo 'never built'; exit 0; }
find chaincode/src chaincode/domain/src gateway/src network/engine/src network/engine/proto tsconfig.base.json scripts/build.sh \
    -name generated -prune -o -type f -newer "$stamp" ! -name '*.test.ts' -print -quit
