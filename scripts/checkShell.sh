#!/usr/bin/env bash
# Every shell script at least parses; where shellcheck is installed, it reads them too.
set -euo pipefail
cd "$(dirname "$0")/.."
mapfile -t scripts < <(git ls-files 'test-network.sh' '*.sh' '.ci/run' 'network/ccaas/bin/*' 'network/engine/bin/*' 'gateway/bin/*')
for script in "${scripts[@]}"; do bash -n "$script"; done
if command -v shellcheck >/dev/null; then shellcheck --severity=warning -x "${scripts[@]}"; fi
