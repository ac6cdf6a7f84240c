"""Reads about the queue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count
from django_tasks_db.models import DBTaskResult

from .models import Worker

SILENCE = timedelta(seconds=60)
"""A worker that has given no sign of life for so long is taken for dead; it gives one every 15 seconds."""


@dataclass(frozen=True, slots=True)
class Queue:
    """The state of the queue: how many jobs wait, run and have failed, and how many workers are alive."""

    waiting: int
    running: int
    failed: int
    workers: int


def get_queue(*, now: datetime) -> Queue:
    """The queue as it stands; two queries."""
    counts = dict(DBTaskResult.objects.order_by().values_list("status").annotate(Count("pk")))
    return Queue(
        waiting=counts.get("READY", 0),
        running=counts.get("RUNNING", 0),
        failed=counts.get("FAILED", 0),
        workers=Worker.objects.filter(seen_at__gte=now - SILENCE).count(),
    )
