"""DATABASE_URL: the address of a database, as hosting services write it."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

__all__ = ["read_database_url"]

_EXPECTED = "expected postgresql://USER:PASSWORD@HOST:PORT/NAME?sslmode=require or sqlite:////absolute/path"

_SQLITE_OPTIONS = {
    # A writer takes its lock at BEGIN, where it waits its turn; a lock taken in the middle of a transaction fails at
    # once with "database is locked" however long the timeout is.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,  # seconds; an import holds the lock for the length of one talk
    # NORMAL in WAL mode survives a kill -9; only a loss of power can cost the last transactions.
    # What is erased is overwritten in the file, not only unlinked.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;",
}

_POSTGRESQL_OPTIONS = {
    "connect_timeout": 5,  # seconds
    "options": "-c statement_timeout=60s -c idle_in_transaction_session_timeout=120s",
}


def read_database_url(url: str) -> dict[str, Any]:
    """What Django's ``DATABASES`` wants to know of this address.

    The part after the question mark goes to libpq as it stands (sslmode, sslrootcert, …); names and passwords are
    percent-encoded. Raises `ImproperlyConfigured`, without repeating the password, for any other kind of address.
    """
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise ImproperlyConfigured(f"DATABASE_URL has brackets that hold no address; {_EXPECTED}") from error
    if parts.scheme == "sqlite" and not parts.netloc and parts.path.startswith("//"):
        return sqlite_database(Path(unquote(parts.path[1:])))
    if parts.scheme not in {"postgresql", "postgres"} or len(parts.path) < 2:
        raise ImproperlyConfigured(f"DATABASE_URL begins with {parts.scheme or 'nothing'}://; {_EXPECTED}")
    try:
        port = parts.port
    except ValueError as error:
        raise ImproperlyConfigured(f"DATABASE_URL has no whole number for a port; {_EXPECTED}") from error
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**_POSTGRESQL_OPTIONS, **dict(parse_qsl(parts.query))},
    }


def sqlite_database(path: Path) -> dict[str, Any]:
    """A database in one file, read by many while one writes."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": 60,
        "OPTIONS": dict(_SQLITE_OPTIONS),
    }
