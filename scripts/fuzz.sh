#!/usr/bin/env bash
# Sends damaged messages to every service of the engine; `npm run fuzz -- --help` lists the flags.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
bash scripts/install.sh >&2
export PATH="$PWD/node_modules/.bin:$PATH"
[ -z "$(bash scripts/staleBuild.sh)" ] || bash scripts/build.sh >&2
bundle=node_modules/.cache/power-fuzz/fuzz.cjs
esbuild scripts/fuzz/main.ts --bundle --platform=node --target=node24 --format=cjs --tsconfig=tsconfig.tests.json \
    --external:classic-level --outfile="$bundle" --log-level=warning
# A larger young generation: most of what a message allocates is gone when the next one comes.
exec node --expose-gc --max-semi-space-size=32 "$bundle" "$@"
