#!/usr/bin/env bash
# The everyday loop: types, generated files, lint, format, repository rules, unit tests. Under three minutes.
set -euo pipefail
cd "$(dirname "$0")/.."
bash scripts/install.sh
. scripts/steps.sh

step 'build' bash scripts/build.sh
step 'types of tests and scripts' node node_modules/typescript/bin/tsc -p tsconfig.tests.json
step 'generated files are current' bash scripts/generate.sh --check
step 'lint' eslint --max-warnings 0 --cache --cache-location node_modules/.cache/eslint .
step 'shell scripts' bash scripts/checkShell.sh
step 'format' prettier --check --log-level warn --cache .
# By default jest leaves a core idle, and on two cores that is half of them.
step 'unit tests' jest --selectProjects unit --maxWorkers=100% "$@"
finish
