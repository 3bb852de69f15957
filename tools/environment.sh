#!/bin/sh
# Makes .venv and installs the project there: tools/environment.sh [extras, such as test,bench].
# Whatever goes wrong is said in one line, with what to do about it.
set -eu

fail() {
    echo "gradient-express: $1" >&2
    exit 1
}

new_enough='import sys; sys.exit(sys.version_info < (3, 11))'

# A name on the PATH may be a stub that cannot run, so each candidate is tried.
find_python() {
    for name in ${PYTHON:+"$PYTHON"} python3.13 python3.12 python3.11 python3 python; do
        if "$name" -c "$new_enough" >/dev/null 2>&1; then
            echo "$name"
            return
        fi
    done
}

if [ ! -w . ]; then
    fail "this folder cannot be written to: clone it where you may write, or change its owner"
fi

if [ ! -x .venv/bin/python ] || ! .venv/bin/python -c "$new_enough" >/dev/null 2>&1; then
    python=$(find_python)
    if [ -z "$python" ]; then
        found=$(python3 --version 2>/dev/null || echo "none")
        fail "needs Python 3.11 or newer, found $found: install one, or name it with PYTHON=/path/to/python"
    fi
    if ! "$python" -c 'import venv, ensurepip' >/dev/null 2>&1; then
        fail "$("$python" --version) has no venv module: install it (Debian, Ubuntu: apt install python3-venv)"
    fi
    echo "Making an environment in .venv with $("$python" --version) ..."
    "$python" -m venv --clear .venv || fail "no environment could be made in .venv"
fi

echo "Installing the pinned dependencies${1:+ and what $1 needs} ..."
.venv/bin/python -m pip install -qq --disable-pip-version-check --no-input \
    --root-user-action=ignore --constraint constraints.txt --editable ".${1:+[$1]}" ||
    fail "the dependencies could not be installed: is a package index within reach?"
