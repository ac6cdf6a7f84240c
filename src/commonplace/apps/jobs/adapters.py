"""The queue, which django-tasks keeps: its one task, and its worker with a sign of life."""

from __future__ import annotations

import logging
import time
from importlib import import_module
from typing import Any

from django_tasks import task
from django_tasks_db.management.commands.db_worker import Worker as TasksWorker

_log = logging.getLogger(__name__)


class UnknownJob(LookupError):
    """A job's name that is the address of no handler."""


def resolve_handler(name: str) -> Any:
    """The function behind ``app.function``: it stands in that app's ``handlers.py``; there is no registry.

    Raises `UnknownJob`.
    """
    app, dot, function = name.partition(".")
    address = f"commonplace.apps.{app}.handlers"
    if not (dot and app.isidentifier() and function.isidentifier()):
        raise UnknownJob(f"{name!r} is no job: expected app.function, such as library.publish_captions")
    try:
        handler = getattr(import_module(address), function)
    except (ModuleNotFoundError, AttributeError) as error:
        raise UnknownJob(f"{name!r} is no job: {address} has no function {function}") from error
    return handler


@task
def perform(name: str, payload: dict[str, Any]) -> None:
    """Do the job of this name; the only task that django-tasks knows of us."""
    started = time.monotonic()
    resolve_handler(name)(**payload)
    _log.info("%s %s: done in %.1f s", name, payload, time.monotonic() - started)


class QueueWorker(TasksWorker):
    """A worker of django-tasks for every queue of this site."""

    def __init__(self, *, name: str, until_empty: bool) -> None:
        super().__init__(
            queue_names=["*"],
            interval=1.0,
            batch=until_empty,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=name,
            excluded_queue_names=[],
        )
