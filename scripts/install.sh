#!/bin/sh
# Makes .venv and installs the dependency groups named as arguments, at the versions and hashes of uv.lock.
#
# uv reads the lock; pip does the downloading, so that whatever index, proxy or certificate pip has been told of
# (environment, pip.conf) is used here too. uv itself would go to the addresses written in the lock.
set -eu

UV=uv==0.13.9

is_python_311() {
    "$1" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null
}

if ! is_python_311 .venv/bin/python; then
    python=
    for candidate in python3.11 python3 python; do
        if is_python_311 "$candidate"; then python=$candidate && break; fi
    done
    if [ -z "$python" ]; then
        echo "Commonplace needs Python 3.11, and neither python3.11, python3 nor python is one: install it first." >&2
        exit 2
    fi
    if ! "$python" -c 'import ensurepip' 2>/dev/null; then
        if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
            apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y python3.11-venv
        else
            echo "This Python cannot make virtual environments: install its venv package (Debian: python3.11-venv)." >&2
            exit 2
        fi
    fi
    "$python" -m venv --clear .venv
fi

groups=
for group in "$@"; do groups="$groups --group $group"; done

.venv/bin/python -m pip install --quiet --disable-pip-version-check "$UV"
# shellcheck disable=SC2086  # one word for each group
.venv/bin/uv export --quiet --frozen --no-default-groups $groups --no-emit-project \
    --format requirements.txt --output-file .venv/requirements.txt
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .venv/requirements.txt
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
