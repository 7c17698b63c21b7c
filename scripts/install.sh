#!/usr/bin/env bash
# Installs the packages when the lockfile is newer than what is installed. Works with the npm of Node 20 or newer.
set -euo pipefail
cd "$(dirname "$0")/.."
if ! command -v npm >/dev/null; then
    echo 'npm was not found. Install Node.js 20 or newer (https://nodejs.org), which brings npm, and run this again.' >&2
    exit 1
fi
stamp=node_modules/.power-installed
if [ ! -f "$stamp" ] || [ package-lock.json -nt "$stamp" ]; then
    echo 'Installing packages (about a minute on a first run) ...'
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
    touch "$stamp"
fi
if ! PATH="$PWD/node_modules/.bin:$PATH" node -e '
    const [major, minor] = process.versions.node.split(".").map(Number);
    process.exit(major > 24 || (major === 24 && minor >= 15) ? 0 : 1);'; then
    echo 'No packaged Node 24 for this machine: install Node.js 24.15 or newer and run this again.' >&2
    exit 1
fi
