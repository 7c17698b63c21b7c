#!/usr/bin/env bash
# Measures the chaincode alone; `npm run bench:chaincode -- --help` lists the flags.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
bash scripts/install.sh >&2
export PATH="$PWD/node_modules/.bin:$PATH"
if [ -n "$(bash scripts/staleBuild.sh)" ]; then
    echo 'Building (about half a minute on a first run) ...' >&2
    bash scripts/build.sh >&2
fi
exec node --disable-warning=ExperimentalWarning scripts/bench/chaincode/main.mts "$@"
