#!/usr/bin/env bash
# Everything, on a fresh clone too: installs, checks, then integration tests and the scenarios on a real network.
set -euo pipefail
cd "$(dirname "$0")/.."
bash scripts/install.sh
. scripts/steps.sh

step 'check' bash scripts/check.sh
step 'conformance with recordings of Fabric' bash scripts/conformance.sh network/engine/fixtures/fabric-3.1.5
step 'integration tests' jest --selectProjects integration --runInBand --forceExit
step 'damaged messages to every service' bash scripts/fuzz.sh --messages 100000 --seed 1
step 'network scenarios on the embedded engine' env POWER_TEST_ENGINE=embedded jest --selectProjects network --runInBand
finish
