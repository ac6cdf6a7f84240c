"""Leaving work for later, and doing it."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.db import OperationalError, connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from .adapters import QueueWorker, perform, resolve_handler
from .models import Worker
from .queries import SILENCE

_BEAT = timedelta(seconds=15)
_MOST_ATTEMPTS = 5
_log = logging.getLogger(__name__)


def enqueue(name: str, **payload: Any) -> None:
    """Leave a job in the caller's transaction: it exists if and only if the transaction commits.

    ``name`` is the address of a function in an app's ``handlers.py``, such as ``library.publish_captions``; the
    payload must be JSON. The job runs at least once: a worker that is killed leaves it to the next one, so handlers
    are idempotent. Raises `UnknownJob`.
    """
    resolve_handler(name)
    perform.enqueue(name, payload)


def work(*, until_empty: bool = False) -> None:
    """Do jobs one after the other, until SIGTERM or SIGINT, or until none is waiting.

    A signal lets the job in hand finish; a second one does not. Must run in the main thread.
    """
    worker = QueueWorker(name=_make_worker_name(), until_empty=until_empty)
    worker.configure_signals()
    with _signs_of_life(worker.worker_id):
        worker.run()


@transaction.atomic
def note_worker(*, name: str, now: datetime) -> None:
    """Write down that this worker is alive, and forget workers silent for a day."""
    Worker.objects.update_or_create(
        name=name, defaults={"seen_at": now}, create_defaults={"started_at": now, "seen_at": now}
    )
    Worker.objects.filter(seen_at__lt=now - timedelta(days=1)).delete()


@transaction.atomic
def retake_abandoned_jobs(*, now: datetime) -> int:
    """Put the running jobs of dead workers back into the queue, and say how many.

    A job whose workers died five times is set aside as failed: it may be what kills them.
    """
    alive = set(Worker.objects.filter(seen_at__gte=now - SILENCE).values_list("name", flat=True))
    abandoned = [
        job
        for job in DBTaskResult.objects.running().select_for_update()
        if job.worker_ids[-1:] and job.worker_ids[-1] not in alive
    ]
    for job in abandoned:
        if len(job.worker_ids) >= _MOST_ATTEMPTS:
            job.set_failed(RuntimeError(f"{len(job.worker_ids)} workers died while doing this job"))
        else:
            job.status = "READY"
            job.save(update_fields=["status"])
    return len(abandoned)


def _make_worker_name() -> str:
    return f"{socket.gethostname()[:32]}-{os.getpid()}-{secrets.token_hex(4)}"


@contextmanager
def _signs_of_life(name: str) -> Iterator[None]:
    note_worker(name=name, now=timezone.now())
    retake_abandoned_jobs(now=timezone.now())
    stopped = threading.Event()

    def beat() -> None:
        while not stopped.wait(_BEAT.total_seconds()):
            try:
                note_worker(name=name, now=timezone.now())
                retake_abandoned_jobs(now=timezone.now())
            except OperationalError as error:
                # The database is busy or away for a moment; the job in hand will say so if it stays away.
                _log.warning("no sign of life this time: %s", error)
        connection.close()

    thread = threading.Thread(target=beat, name="signs of life", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join()
        Worker.objects.filter(name=name).delete()
