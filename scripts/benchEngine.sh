#!/usr/bin/env bash
# Measures the engine on this machine; `npm run bench:engine -- --help` lists the flags.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/built.sh
case " $* " in *" --restart "*) main=restart ;; *) main=main ;; esac
exec node --disable-warning=ExperimentalWarning "scripts/bench/$main.mts" "$@"
