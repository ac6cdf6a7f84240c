"""The self-check behind `commonplace doctor`."""

from __future__ import annotations

import os
import platform
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import Error, connection

from commonplace.apps.jobs import queries as jobs
from commonplace.apps.library import queries as library

from .database import list_missing_migrations


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, whether it is well, what was seen; and what to do where it is not well."""

    subject: str
    is_well: bool
    seen: str
    advice: str = ""


def examine_site(*, now: datetime) -> Iterator[Finding]:
    """Look at everything this installation needs; nothing is repaired."""
    yield _examine_python()
    yield _examine_home()
    yield _examine_secret_key()
    yield _examine_hosts()
    yield _examine_static_files()
    try:
        yield _examine_connection()
    except Error as error:
        yield Finding("database", False, " ".join(str(error).split()), "Is DATABASE_URL right, and the server running?")
        return
    missing = list_missing_migrations()
    if missing:
        yield Finding(
            "tables", False, f"{len(missing)} migrations are missing", "Run `commonplace serve` once: it applies them."
        )
        return
    yield Finding("tables", True, f"up to date, {library.count_talks()} talks")
    yield from _examine_queue(now)


def _examine_python() -> Finding:
    well = sys.version_info[:2] == (3, 11)
    return Finding(
        "Python", well, platform.python_version(), "Install Python 3.11: it is the one this version is tested with."
    )


def _examine_home() -> Finding:
    home = settings.HOME
    well = home.is_dir() and os.access(home, os.W_OK | os.X_OK)
    return Finding("COMMONPLACE_HOME", well, str(home), "Create this folder, writable by the user who runs the site.")


def _examine_secret_key() -> Finding:
    if os.environ.get("COMMONPLACE_SECRET_KEY", "").strip():
        well = len(settings.SECRET_KEY) >= 50
        return Finding("secret key", well, "from COMMONPLACE_SECRET_KEY", "Use 50 random characters or more.")
    path = settings.HOME / "secret_key"
    mode = stat.S_IMODE(path.stat().st_mode)
    return Finding(
        "secret key", not mode & 0o077, f"{path}, mode {mode:o}", f"Run `chmod 600 {path}`: others can read it."
    )


def _examine_hosts() -> Finding:
    well = "*" not in settings.ALLOWED_HOSTS and not settings.DEBUG
    seen = ", ".join(settings.ALLOWED_HOSTS) + (", debug mode" if settings.DEBUG else "")
    return Finding("hosts", well, seen, "Name the hosts in COMMONPLACE_HOSTS, and set COMMONPLACE_DEBUG to no.")


def _examine_static_files() -> Finding:
    count = sum(1 for finder in finders.get_finders() for _ in finder.list(None))
    return Finding("static files", count > 0, f"{count} files", "Install the package again: its styles are missing.")


def _examine_connection() -> Finding:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SHOW server_version")
            return Finding("database", True, f"PostgreSQL {cursor.fetchone()[0]}")
        cursor.execute("SELECT sqlite_version()")
        version = cursor.fetchone()[0]
        cursor.execute("PRAGMA journal_mode")
        mode = cursor.fetchone()[0]
    return Finding(
        "database",
        mode == "wal",
        f"SQLite {version}, journal mode {mode}",
        "Keep COMMONPLACE_HOME on a local disk: WAL mode needs one.",
    )


def _examine_queue(now: datetime) -> Iterator[Finding]:
    queue = jobs.get_queue(now=now)
    seen = f"{queue.waiting} waiting, {queue.running} running, {queue.failed} failed"
    yield Finding("jobs", not queue.failed, seen, "The worker's log says why a job failed.")
    is_idle = not queue.waiting and not queue.running
    yield Finding(
        "workers", bool(queue.workers) or is_idle, f"{queue.workers} alive", "Run `commonplace worker` beside the site."
    )
