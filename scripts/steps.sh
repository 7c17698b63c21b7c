# shellcheck shell=bash
# Sourced by check.sh and test.sh: named steps with their times; the first that fails ends the run and is named.
export PATH="$PWD/node_modules/.bin:$PATH"
export NODE_OPTIONS="--experimental-vm-modules --disable-warning=ExperimentalWarning"
export CORE_CHAINCODE_LOGGING_LEVEL=error
steps_begun=$SECONDS

step() {
    local name=$1 begun=$SECONDS
    shift
    printf '\n== %s\n' "$name"
    if ! "$@"; then
        printf '\nFailed: %s (after %d s). The lines above say why.\n' "$name" $((SECONDS - begun)) >&2
        exit 1
    fi
    printf '== %s: %d s\n' "$name" $((SECONDS - begun))
}

finish() {
    printf '\nAll steps passed in %d s.\n' $((SECONDS - steps_begun))
}
