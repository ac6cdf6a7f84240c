"""Reads about the queue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django_tasks_db.models import DBTaskResult, get_date_max

from .models import Worker

_LONGEST_REASON = 400
"""Characters of what an error said that a list shows."""

SILENCE = timedelta(seconds=60)
"""A worker that has given no sign of life for so long is taken for dead; it gives one every 15 seconds."""


class JobState(Enum):
    """How far a job is; the values are those of django-tasks."""

    WAITING = "READY"
    RUNNING = "RUNNING"
    FAILED = "FAILED"
    DONE = "SUCCESSFUL"


@dataclass(frozen=True, slots=True)
class Queue:
    """The state of the queue: how many jobs wait, run and have failed, and how many workers are alive.

    A job left for later waits from its moment on.
    """

    waiting: int
    running: int
    failed: int
    workers: int


def get_queue(*, now: datetime) -> Queue:
    """The queue as it stands; three queries."""
    counts = dict(DBTaskResult.objects.order_by().values_list("status").annotate(Count("pk")))
    return Queue(
        waiting=DBTaskResult.objects.filter(_is_due(now), status="READY").count(),
        running=counts.get("RUNNING", 0),
        failed=counts.get("FAILED", 0),
        workers=Worker.objects.filter(seen_at__gte=now - SILENCE).count(),
    )


@dataclass(frozen=True, slots=True)
class FailedJob:
    """A job that is given up: its name, what it was given, what it failed with, and how often it was begun."""

    key: UUID
    name: str
    payload: str
    reason: str
    attempts: int
    failed_at: datetime | None


def list_failed_jobs(*, limit: int) -> tuple[FailedJob, ...]:
    """The jobs that failed last, the newest first; one query."""
    rows = DBTaskResult.objects.filter(status="FAILED").order_by("-finished_at", "pk")[:limit]
    return tuple(map(_failed_job, rows))


def describe_job(row: DBTaskResult[Any, Any]) -> tuple[str, dict[str, Any]]:
    """The name of a job, such as ``library.publish_captions``, and what it was given."""
    name, payload = row.args_kwargs["args"]
    return str(name), dict(payload)


def _failed_job(row: DBTaskResult[Any, Any]) -> FailedJob:
    name, payload = describe_job(row)
    return FailedJob(
        key=row.pk,
        name=name,
        payload=", ".join(f"{key} {value}" for key, value in payload.items()),
        reason=_read_reason(row),
        attempts=len(row.worker_ids),
        failed_at=row.finished_at,
    )


def _read_reason(row: DBTaskResult[Any, Any]) -> str:
    """What the error said, without the places in our code that it passed; the worker's log has those too."""
    error = row.exception_class_path.removeprefix("builtins.")
    said = row.traceback.rpartition(f"{error}: ")[2] if error else row.traceback
    shown = "; ".join(" ".join(line.split()) for line in said.strip().splitlines())
    if not shown or shown.startswith("Traceback"):
        shown = error.rpartition(".")[2]
    return shown if len(shown) <= _LONGEST_REASON else f"{shown[:_LONGEST_REASON]}…"


def list_jobs(keys: Iterable[UUID]) -> Mapping[UUID, JobState]:
    """How far each of these jobs is; one that nobody knows is missing. One query."""
    rows = DBTaskResult.objects.filter(pk__in=list(keys)).order_by().values_list("pk", "status")
    return {key: JobState(status) for key, status in rows}


def count_jobs_before(key: UUID, *, now: datetime) -> int:
    """How many jobs are done before this one: those that run, and those that have waited longer. Two queries."""
    job = DBTaskResult.objects.filter(pk=key, status="READY").first()
    if job is None:
        return 0
    waiting = Q(status="READY", enqueued_at__lt=job.enqueued_at) & _is_due(now)
    return DBTaskResult.objects.filter(waiting | Q(status="RUNNING")).count()


def is_somebody_working(*, now: datetime) -> bool:
    """Whether a worker is alive; one query."""
    return Worker.objects.filter(seen_at__gte=now - SILENCE).exists()


def _is_due(now: datetime) -> Q:
    return Q(run_after=get_date_max()) | Q(run_after__lte=now)
