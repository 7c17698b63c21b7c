#!/usr/bin/env bash
# Writes docs/reference from the code it describes; --check fails when what is committed differs.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/node_modules/.bin:$PATH"
[ -z "$(bash scripts/staleBuild.sh)" ] || bash scripts/build.sh
# What a reader sees must not depend on who generates it.
unset POWER_NETWORK_DIR POWER_PORT_OFFSET POWER_CONFIG POWER_CONTEXT FABRIC_LOGGING_SPEC CORE_CHAINCODE_LOGGING_LEVEL
node --disable-warning=ExperimentalWarning scripts/generate/main.mts "$@"
