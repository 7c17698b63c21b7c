#!/usr/bin/env bash
# Keeps one organisation's chaincode process alive: a process that dies is started again within a second.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
export PATH="$PWD/node_modules/.bin:$PATH" NODE_COMPILE_CACHE="$PWD/node_modules/.cache/compile"
child=
stop() {
    trap - TERM INT
    [ -n "$child" ] && kill -TERM "$child" 2>/dev/null && wait "$child"
    exit 0
}
trap stop TERM INT
while :; do
    node --enable-source-maps --max-semi-space-size=8 chaincode/dist/main.js &
    child=$!
    wait "$child"
    echo "$(date -u +%FT%TZ) chaincode process $child ended with status $?; starting it again" >&2
    sleep 0.3
done
