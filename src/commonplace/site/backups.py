"""A backup is one tar file: the database as of one moment, the media, the secret key, and a manifest.

SQLite is copied by its own backup interface, page by page under its locks, in both directions; PostgreSQL by pg_dump
and pg_restore, each in one transaction. The site may run meanwhile.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from commonplace import __version__
from commonplace.apps.library import queries as library

from .database import migrate_database

__all__ = ["BackupError", "restore_backup", "write_backup"]

_MANIFEST, _DATABASE = "manifest.json", "database"
_FORMAT = 1
_SQLITE_WAIT_SECONDS = 60


class BackupError(Exception):
    """A backup that cannot be made or restored, in a sentence for the person who asked for it."""


def write_backup(target: Path, *, now: datetime) -> dict[str, Any]:
    """Write the backup and return its manifest; the file appears whole or not at all, readable by its owner alone.

    Raises `BackupError` where the file is there already or a program is missing.
    """
    if target.exists():
        raise BackupError(f"{target}: the file is there already; choose another name, or move it away first")
    manifest = {
        "format": _FORMAT,
        "software": __version__,
        "made_at": now.isoformat(timespec="seconds"),
        "database": connection.vendor,
        "talks": library.count_talks(),
    }
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as name:
        folder = Path(name)
        (folder / _MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
        _dump_database(folder / _DATABASE)
        partial = folder / "backup.tar"
        partial.touch(mode=0o600)
        with tarfile.open(partial, "w") as archive:
            for part in (_MANIFEST, _DATABASE):
                archive.add(folder / part, part)
            for path in (settings.HOME / "secret_key", Path(settings.MEDIA_ROOT)):
                if path.exists():
                    archive.add(path, path.name)
        partial.replace(target)
    return manifest


def restore_backup(source: Path, *, replace: bool) -> dict[str, Any]:
    """Put the site into the state of the backup and return its manifest; older tables are brought up to date.

    Nothing is touched before the whole file has been read and found sound. Raises `BackupError` for a file that is no
    backup, for another kind of database, and for a site that has talks unless ``replace`` is true.
    """
    with _unpacked(source) as folder:
        manifest = _read_manifest(folder, source)
        migrate_database()
        talks = library.count_talks()
        if talks and not replace:
            raise BackupError(f"this site has {talks} talks; add --replace to put the backup in their place")
        _load_database(folder / _DATABASE)
        _move_media(folder / "media")
        key = folder / "secret_key"
        if key.exists():
            shutil.copyfile(key, settings.HOME / "secret_key")
            (settings.HOME / "secret_key").chmod(0o600)
    migrate_database()
    return manifest


@contextmanager
def _unpacked(source: Path) -> Iterator[Path]:
    """A folder with the backup's parts, beside the media so that they can be moved; names that leave it are refused."""
    settings.HOME.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.HOME, prefix=".restore-") as name:
        try:
            with tarfile.open(source, "r:") as archive:
                archive.extractall(name, filter="data")
        except (OSError, tarfile.TarError) as error:
            raise BackupError(
                f"{source}: this is no backup ({error}); expected a file of `commonplace backup`"
            ) from error
        yield Path(name)


def _read_manifest(folder: Path, source: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        form, vendor = manifest["format"], manifest["database"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BackupError(
            f"{source}: the backup has no sound manifest; expected a file of `commonplace backup`"
        ) from error
    if form != _FORMAT:
        raise BackupError(f"{source}: the backup has format {form}; this software reads format {_FORMAT}")
    if vendor != connection.vendor:
        raise BackupError(
            f"{source}: the backup is of {vendor}, this site runs on {connection.vendor}; "
            "move between databases with `commonplace export` and `commonplace import`"
        )
    if vendor == "sqlite":
        _check_sqlite(folder / _DATABASE, source)
    return dict(manifest)


def _check_sqlite(path: Path, source: Path) -> None:
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            sound = database.execute("PRAGMA quick_check").fetchone()[0]
    except sqlite3.Error as error:
        sound = str(error)
    if sound != "ok":
        raise BackupError(f"{source}: the database in the backup is damaged: {sound}")


def _dump_database(target: Path) -> None:
    if connection.vendor == "sqlite":
        with closing(_open_sqlite()) as live, closing(sqlite3.connect(target)) as copy:
            live.backup(copy)
        return
    _run_postgresql("pg_dump", "--format=custom", "--no-owner", f"--file={target}")


def _load_database(source: Path) -> None:
    connection.close()
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(source)) as copy, closing(_open_sqlite()) as live:
            copy.backup(live)
        return
    _run_postgresql(
        "pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error", str(source)
    )


def _open_sqlite() -> sqlite3.Connection:
    return sqlite3.connect(str(settings.DATABASES["default"]["NAME"]), timeout=_SQLITE_WAIT_SECONDS)


def _run_postgresql(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs on the site's database; the password goes by the environment alone."""
    database = settings.DATABASES["default"]
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    found = shutil.which(program) or max(map(str, Path("/usr/lib/postgresql").glob(f"*/bin/{program}")), default=None)
    if found is None:
        raise BackupError(f"{program} is not installed; on Debian it is in the package postgresql-client")
    environment = {name: str(value) for name, key in names.items() if (value := database.get(key))}
    command = [found, *arguments, *(["--dbname", str(database["NAME"])] if program == "pg_restore" else [])]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BackupError(f"{program} failed: {done.stderr.strip()}")


def _move_media(restored: Path) -> None:
    """Put the backup's media in the place of the site's; the old ones go only when the new ones are there."""
    media = Path(settings.MEDIA_ROOT)
    restored.mkdir(exist_ok=True)
    if media.exists():
        media.rename(restored.parent / "media-before")
    restored.rename(media)
