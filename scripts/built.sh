# shellcheck shell=bash
# Sourced at the project's root by commands that run what was built: installs and builds where that is due, and says so.
bash scripts/install.sh >&2
export PATH="$PWD/node_modules/.bin:$PATH"
if [ -n "$(bash scripts/staleBuild.sh)" ]; then
    echo 'Building (about half a minute on a first run) ...' >&2
    bash scripts/build.sh >&2
fi
