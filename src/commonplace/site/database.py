"""Bringing the database's tables to the state that this version of the code needs."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

_ADVISORY_LOCK = 0x636F6D6D  # any number, as long as nobody else who shares the database uses it


def list_missing_migrations() -> list[str]:
    """The names of the migrations that the database has not seen yet; empty where it is ready."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def migrate_database() -> list[str]:
    """Apply the migrations that are missing, and return their names.

    Processes that start together wait for each other: the second finds nothing left to do.
    """
    settings.HOME.mkdir(parents=True, exist_ok=True)
    if not list_missing_migrations():
        return []
    with _one_at_a_time():
        missing = list_missing_migrations()
        if missing:
            call_command("migrate", interactive=False, verbosity=0)
    return missing


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_ADVISORY_LOCK])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_ADVISORY_LOCK])
        return
    with (settings.HOME / "migrating").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
