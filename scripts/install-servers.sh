#!/bin/sh
# Makes sure that what the tests start is here: a PostgreSQL server, Chromium, GNU gettext, and Playwright's driver, which is
# in .venv but needs one library of the system.
# Missing ones are installed by package where that is possible; otherwise a sentence says what to do.
set -eu

has_postgresql() {
    command -v initdb >/dev/null && command -v postgres >/dev/null && return
    for directory in /usr/lib/postgresql/*/bin; do
        [ -x "$directory/initdb" ] && [ -x "$directory/postgres" ] && return
    done
    return 1
}

has_chromium() {
    command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null
}

missing=
.venv/bin/playwright --version >/dev/null 2>&1 || missing="$missing libatomic1"
has_postgresql || missing="$missing postgresql"
has_chromium || missing="$missing chromium"
command -v xgettext >/dev/null || missing="$missing gettext"
[ -z "$missing" ] && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing for the tests:$missing"
    apt-get update -q
    # shellcheck disable=SC2086  # one word for each package
    DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing
else
    echo "The tests start a PostgreSQL server, a browser and GNU gettext of their own. Install these packages first:$missing" >&2
    exit 2
fi
