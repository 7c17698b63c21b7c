#!/usr/bin/env bash
# The network scenarios on Hyperledger Fabric itself, and networks of both engines. Without Fabric's executables this says
# what is missing and exits 2.
set -euo pipefail
cd "$(dirname "$0")/.."

usage() {
    cat <<'TEXT'
Usage: npm run test:fabric [-- FLAGS]

Runs every network scenario on Hyperledger Fabric (POWER_FABRIC_BIN, ./fabric/bin or PATH), then networks of both engines.

  --ordering raft1|raft3|bft4   only with this ordering: one Raft orderer, three, or four SmartBFT ones (may be repeated; default: all)
  --only TEXT                   only test files whose path contains TEXT
  --report                      write the results to docs/reference/fabric-run.json and the page made from it
  --help                        this text
TEXT
}

orderings=() only='' report=no
while [ $# -gt 0 ]; do
    case $1 in
        --ordering)
            case ${2:-} in
                raft1 | raft3 | bft4) orderings+=("$2") ;;
                *)
                    printf -- '--ordering takes raft1, raft3 or bft4.\n' >&2
                    exit 1
                    ;;
            esac
            shift
            ;;
        --only)
            only=${2:?--only takes a part of a path}
            shift
            ;;
        --report) report=yes ;;
        --help | -h)
            usage
            exit 0
            ;;
        *)
            printf 'Unknown flag: %s\n\n' "$1" >&2
            usage >&2
            exit 1
            ;;
    esac
    shift
done
[ ${#orderings[@]} -gt 0 ] || orderings=(raft1 raft3 bft4)

bash scripts/install.sh
. scripts/steps.sh
node scripts/scenarios/fabricPrerequisites.mts || exit 2

results=.cache/fabric-run
rm -rf "$results"
mkdir -p "$results"

# scenarios PROJECT ORDERING: the commands in the documents are tried with the default ordering only.
scenarios() {
    local project=$1 ordering=$2 skipped=()
    [ "$ordering" = raft1 ] || skipped=(--testPathIgnorePatterns documents.net)
    POWER_TEST_ENGINE=fabric POWER_TEST_ORDERING=$ordering jest --selectProjects "$project" --runInBand --passWithNoTests \
        --json --outputFile="$results/$project-$ordering.json" --testPathPatterns "${only:-scripts/}" "${skipped[@]}"
}

step 'build' bash scripts/build.sh
# A test that fails with one ordering says nothing of the others: all are run, and recorded.
failed=()
for ordering in "${orderings[@]}"; do
    (step "network scenarios on Hyperledger Fabric, $ordering" scenarios network "$ordering") || failed+=("$ordering")
    (step "networks of both engines, $ordering" scenarios fabric "$ordering") || failed+=("$ordering, both engines")
done
[ $report = no ] || step 'report' node scripts/scenarios/fabricReport.mts "$results"
if [ ${#failed[@]} -gt 0 ]; then
    printf '\nFailed:' >&2
    printf ' %s;' "${failed[@]}" >&2
    printf ' look for FAIL above.\n' >&2
    exit 1
fi
finish
