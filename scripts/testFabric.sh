#!/usr/bin/env bash
# The network scenarios on Hyperledger Fabric itself. Without its executables this says what is missing and exits 2.
set -euo pipefail
cd "$(dirname "$0")/.."
bash scripts/install.sh
. scripts/steps.sh

if ! node scripts/network/main.mts prereq -engine fabric; then exit 2; fi
step 'build' bash scripts/build.sh
step 'network scenarios on Hyperledger Fabric' env POWER_TEST_ENGINE=fabric jest --selectProjects network --runInBand
step 'networks of both engines' jest --selectProjects fabric --runInBand
finish
