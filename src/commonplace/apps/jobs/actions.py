"""Leaving work for later, and doing it.

What must be done every day is a job called ``tidy``: a worker leaves the ``tidy`` of each app that has one once a day.
An app that keeps personal data, or anything else that must end, adds a `RetentionRule` to its ``RETENTION``: one line,
which its ``tidy`` obeys and the site's page on privacy shows.
"""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import make_msgid
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import OperationalError, connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from .adapters import NotSent, QueueWorker, Refused, Unclear, find_chores, perform, resolve_handler, send
from .models import Chore, OutgoingMail, Worker
from .queries import SILENCE, describe_job

_BEAT = timedelta(seconds=15)
_MOST_ATTEMPTS = 5
_MOST_UNCLEAR = 2
_PAUSES = [timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10)]
_LONGEST_PAUSE = timedelta(minutes=30)
MAIL_HOLDS = timedelta(days=1)
_CHORES_EVERY = timedelta(days=1)
_log = logging.getLogger(__name__)


class MailNotSent(Exception):
    """A mail that is given up; the message says why, and the job that carries it fails with it."""


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """Something that is kept for a time and no longer.

    ``what`` says it to people, translated lazily, as the beginning of a sentence. ``forget`` takes a moment, and lets
    go of what is older than that: a row, or a name in it.
    """

    what: Any
    kept_for: timedelta
    forget: Callable[[datetime], object]


def _forget_ended_jobs(before: datetime) -> None:
    DBTaskResult.objects.filter(status__in=["SUCCESSFUL", "FAILED"], finished_at__lt=before).delete()


def _forget_unsent_mail(before: datetime) -> None:
    OutgoingMail.objects.filter(send_before__lt=before).delete()


RETENTION = (
    RetentionRule(_("A mail that the mail server refused"), timedelta(days=1), _forget_unsent_mail),
    RetentionRule(_("What a job that has ended did, and what it failed with"), timedelta(days=30), _forget_ended_jobs),
)
"""What the queue keeps, and how long. Mail goes from the outbox once it is sent, or after a day."""


def tidy(rules: Iterable[RetentionRule], *, now: datetime) -> None:
    """Let go of what these rules keep no longer."""
    for rule in rules:
        rule.forget(now - rule.kept_for)


def leave_daily_chores(*, now: datetime) -> list[str]:
    """Leave each daily chore that nobody has left within a day, and name those left; any number of workers may call."""
    left = []
    for name in find_chores():
        with transaction.atomic():
            Chore.objects.get_or_create(name=name)
            due = Chore.objects.filter(Q(left_at=None) | Q(left_at__lte=now - _CHORES_EVERY), name=name)
            if due.update(left_at=now):
                enqueue(name)
                left.append(name)
    return left


@transaction.atomic
def retry_job(*, key: UUID, now: datetime) -> str:
    """Put a failed job back into the queue, and return its name.

    Raises `DBTaskResult.DoesNotExist` where it has not failed, or somebody retried it a moment ago.
    """
    job = DBTaskResult.objects.select_for_update().get(pk=key, status="FAILED")
    job.status, job.run_after, job.finished_at = "READY", now, None
    job.save(update_fields=["status", "run_after", "finished_at"])
    return describe_job(job)[0]


@transaction.atomic
def drop_job(*, key: UUID) -> str:
    """Forget a failed job, with the mail that it was to send, and return its name.

    Raises `DBTaskResult.DoesNotExist` where it has not failed.
    """
    job = DBTaskResult.objects.select_for_update().get(pk=key, status="FAILED")
    name, payload = describe_job(job)
    if name == "jobs.send_mail":
        OutgoingMail.objects.filter(pk=payload["mail"]).delete()
    job.delete()
    return name


def enqueue(name: str, **payload: Any) -> UUID:
    """Leave a job in the caller's transaction, and return its key: it exists if and only if the transaction commits.

    ``name`` is the address of a function in an app's ``handlers.py``, such as ``library.publish_captions``; the
    payload must be JSON. The job runs at least once: a worker that is killed leaves it to the next one, so handlers
    are idempotent. Raises `UnknownJob`.
    """
    resolve_handler(name)
    return UUID(perform.enqueue(name, payload).id)


def enqueue_at(name: str, *, moment: datetime, **payload: Any) -> None:
    """As `enqueue`, for a job that is not begun before this moment."""
    resolve_handler(name)
    perform.using(run_after=moment).enqueue(name, payload)


@transaction.atomic
def post_mail(*, to: str, subject: str, body: str, now: datetime, send_before: datetime | None = None) -> None:
    """Put a mail into the outbox in the caller's transaction; a worker sends it, within seconds where one is running.

    It is sent at least once where the server takes it before ``send_before`` (a day from now where None); twice only
    where a worker or a connection died at the moment in which nobody can know; never three times.
    """
    mail = OutgoingMail.objects.create(
        to=to,
        subject=" ".join(subject.split()),
        body=body,
        message_id=make_msgid(domain=settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")),
        created_at=now,
        send_before=send_before or now + MAIL_HOLDS,
    )
    enqueue("jobs.send_mail", mail=mail.pk)


def deliver_mail(*, mail: int, now: datetime) -> None:
    """Send the mail with this key, and forget it; where the server cannot take it now, leave another try for later.

    A mail that is not there was sent before. Raises `MailNotSent` where it is too late, and where two attempts ended
    so that nobody knows; `adapters.Refused` where the server will never take it.
    """
    row = _begin_attempt(mail, now=now)
    if row is None:
        return
    message = EmailMessage(row.subject, row.body, to=[row.to], headers={"Message-ID": row.message_id})
    try:
        send(message)
    except Refused as refused:
        _note_problem(row, refused)
        raise
    except (NotSent, Unclear) as problem:
        _put_off(row, problem, now=now)
        return
    OutgoingMail.objects.filter(pk=row.pk).delete()


def _begin_attempt(key: int, *, now: datetime) -> OutgoingMail | None:
    """Count the attempt before it begins, so that a worker killed in the middle leaves a trace of it."""
    with transaction.atomic():
        row = OutgoingMail.objects.select_for_update().filter(pk=key).first()
        if row is None:
            return None
        is_late, is_unclear, problem = now >= row.send_before, row.unclear >= _MOST_UNCLEAR, row.problem
        if is_late:
            row.delete()
        else:
            row.attempts += 1
            # Whoever takes the job up again by hand has decided to risk it.
            row.unclear = 0 if is_unclear else row.unclear + 1
            row.save(update_fields=["attempts", "unclear"])
    if is_late:
        raise MailNotSent(f"the mail was not sent in time, and is of no use any more: {problem or 'no worker ran'}")
    if is_unclear:
        raise MailNotSent(f"{_MOST_UNCLEAR} attempts ended without an answer, so the mail may have arrived: {problem}")
    return row


@transaction.atomic
def _put_off(row: OutgoingMail, problem: NotSent | Unclear, *, now: datetime) -> None:
    _note_problem(row, problem)
    pause = _PAUSES[row.attempts - 1] if row.attempts <= len(_PAUSES) else _LONGEST_PAUSE
    enqueue_at("jobs.send_mail", mail=row.pk, moment=min(now + pause, row.send_before))
    _log.warning("mail %d is tried again in %s: %s", row.pk, pause, problem)


def _note_problem(row: OutgoingMail, problem: Exception) -> None:
    row.problem = str(problem)
    if not isinstance(problem, Unclear):
        row.unclear = 0
    row.save(update_fields=["problem", "unclear"])


def work(*, until_empty: bool = False) -> None:
    """Do jobs one after the other, until SIGTERM or SIGINT, or until none is waiting.

    A signal lets the job in hand finish; a second one does not. Must run in the main thread.
    """
    worker = QueueWorker(name=_make_worker_name(), until_empty=until_empty)
    worker.configure_signals()
    if not until_empty:
        leave_daily_chores(now=timezone.now())
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
                leave_daily_chores(now=timezone.now())
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
