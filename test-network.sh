#!/usr/bin/env bash
# Brings up a Power Currency network on this machine. `./test-network.sh -h` lists the verbs.
set -euo pipefail
export POWER_CALLER_DIR=$PWD
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")"

case " ${*:--h} " in
    *' -h '* | *' --help '* | *' -help '* | *' help '*)
        cat scripts/network/help.txt
        [ $# -gt 0 ]
        exit
        ;;
esac

installed_at=$(date +%s%3N)
bash scripts/install.sh >&2
export PATH="$PWD/node_modules/.bin:$PATH"
if [ -n "$(bash scripts/staleBuild.sh)" ]; then
    echo 'Building (about half a minute on a first run) ...' >&2
    bash scripts/build.sh >&2
fi
export POWER_INSTALL_MS=$(($(date +%s%3N) - installed_at))
exec node --disable-warning=ExperimentalWarning scripts/network/main.mts "$@"
