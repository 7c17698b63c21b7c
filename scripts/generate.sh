#!/usr/bin/env bash
# Writes docs/reference from the code it describes; --check fails when what is committed differs.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/node_modules/.bin:$PATH"
[ -z "$(bash scripts/staleBuild.sh)" ] || bash scripts/build.sh
node --disable-warning=ExperimentalWarning scripts/generate/main.mts "$@"
