#!/usr/bin/env bash
# Measures the engine on this machine; `npm run bench:engine -- --help` lists the flags.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
bash scripts/install.sh >&2
export PATH="$PWD/node_modules/.bin:$PATH"
if [ -n "$(bash scripts/staleBuild.sh)" ]; then
    echo 'Building (about half a minute on a first run) ...' >&2
    bash scripts/build.sh >&2
fi
case " $* " in *" --restart "*) main=restart ;; *) main=main ;; esac
exec node --disable-warning=ExperimentalWarning "scripts/bench/$main.mts" "$@"
