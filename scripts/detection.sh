#!/usr/bin/env bash
# Measures how often reconciliation finds lying sources; `npm run detection -- --help` lists the arguments.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/built.sh
exec node --disable-warning=ExperimentalWarning scripts/detection/main.mts "$@"
