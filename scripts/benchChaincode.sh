#!/usr/bin/env bash
# Measures the chaincode alone; `npm run bench:chaincode -- --help` lists the flags.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/built.sh
exec node --disable-warning=ExperimentalWarning scripts/bench/chaincode/main.mts "$@"
