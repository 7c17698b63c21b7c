#!/usr/bin/env bash
# Kills peer, orderer and CA with kill -9 at every fault point. `npm run faults -- --help` lists the flags.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

times=20
while [ $# -gt 0 ]; do
    case $1 in
        --times)
            times=${2:-}
            shift 2 || true
            ;;
        -h | --help)
            cat <<'HELP'
Usage: npm run faults [-- --times N]

Kills real peer, orderer and CA processes with SIGKILL at every named step that leaves something on disk, N times each
(20 unless told otherwise), while transactions are submitted; starts them again and checks that nothing that was
acknowledged is lost, that nothing is applied twice, and that all chains are the same. About 40 seconds for each of N.
`npm test` does the same once.
HELP
            exit
            ;;
        *)
            echo "Unknown flag: $1. See npm run faults -- --help." >&2
            exit 2
            ;;
    esac
done
case $times in
    '' | *[!0-9]* | 0*)
        echo '--times takes a whole number from 1.' >&2
        exit 2
        ;;
esac

bash scripts/install.sh >&2
. scripts/steps.sh
POWER_FAULT_TIMES=$times exec jest --selectProjects integration --runInBand --testPathPatterns 'killed(Nodes|Authority)\.int'
