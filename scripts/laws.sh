#!/usr/bin/env bash
# Tests the laws of money and of coverage with many random operations. For nights: it takes about twenty minutes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
usage='Tests that no sequence of random operations, conflicting ones included, creates or destroys money, and that nothing
is issued uncovered, unsigned, above a cap or twice for a day, whatever is attested and submitted when.

  npm run laws [-- FLAGS]

  --runs N   random operations (100000)
  --years N  simulated years of attested days (10000)
  --seed N   what they are drawn from (a new one each time; printed, so that a failure can be repeated)
  --help'
runs=100000 years=10000 seed=$((RANDOM * 32768 + RANDOM))
while [ $# -gt 0 ]; do
    case "$1 ${2-}" in
    '--help '*) echo "$usage" && exit ;;
    '--runs '[1-9]*) runs=$2 && shift 2 ;;
    '--years '[1-9]*) years=$2 && shift 2 ;;
    '--seed '[0-9]*) seed=$2 && shift 2 ;;
    *) echo "laws: $1 ${2-}: see --help" >&2 && exit 1 ;;
    esac
done
bash scripts/install.sh >&2
export PATH="$PWD/node_modules/.bin:$PATH" NODE_OPTIONS="--experimental-vm-modules --disable-warning=ExperimentalWarning"
export POWER_LAW_OPERATIONS="$runs" POWER_LAW_YEARS="$years" POWER_LAW_SEED="$seed"
echo "$runs random operations and $years years of days from seed $seed"
exec jest --selectProjects integration --testPathPatterns chaincode/src/contracts/laws chaincode/src/contracts/coverageLaws
