"""The queue, which django-tasks keeps: its one task and its worker; and the way to the mail server."""

from __future__ import annotations

import logging
import smtplib
import time
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.core.mail import EmailMessage, get_connection
from django_tasks import task
from django_tasks_db.management.commands.db_worker import Worker as TasksWorker

_log = logging.getLogger(__name__)


class UnknownJob(LookupError):
    """A job's name that is the address of no handler."""


class NotSent(Exception):
    """A mail that the server has surely not taken, for now; the message says what it met."""


class Refused(Exception):
    """A mail that the server will never take; the message says why."""


class Unclear(Exception):
    """A mail that may have been sent: the connection ended before the server's answer came."""


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


def find_chores() -> list[str]:
    """The jobs that are done daily: ``<app>.tidy`` of every app of ours whose handlers have one."""
    names = []
    for config in apps.get_app_configs():
        handlers = f"{config.name}.handlers"
        if config.name.startswith("commonplace.apps.") and find_spec(handlers):
            names += [f"{config.label}.tidy"] if hasattr(import_module(handlers), "tidy") else []
    return sorted(names)


@task
def perform(name: str, payload: dict[str, Any]) -> None:
    """Do the job of this name; the only task that django-tasks knows of us."""
    started = time.monotonic()
    resolve_handler(name)(**payload)
    _log.info("%s %s: done in %.1f s", name, payload, time.monotonic() - started)


def send(message: EmailMessage) -> None:
    """Hand a mail to the mail server; takes as long as the server does, at most `settings.EMAIL_TIMEOUT` a step.

    Raises `NotSent`, `Refused` or `Unclear`. Source: RFC 5321, 4.2.1: what is answered from 500 on, stays.
    """
    server = get_connection()
    try:
        server.open()
    except OSError as error:  # smtplib's own errors are of this kind too; also a wrong password may be set right
        raise NotSent(f"the mail server does not let us in: {_describe(error)}") from error
    try:
        server.send_messages([message])
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        raise _refusal(code)(f"the mail server refuses the address: {code} {_decode(said)}") from error
    except smtplib.SMTPResponseException as error:
        raise _refusal(error.smtp_code)(f"the mail server refuses the mail: {_describe(error)}") from error
    except OSError as error:
        raise Unclear(f"the connection ended in the middle: {_describe(error)}") from error
    finally:
        _hang_up(server)


def _refusal(code: int) -> type[NotSent | Refused]:
    return NotSent if code < 500 else Refused


def _describe(error: OSError) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_decode(error.smtp_error)}"
    return " ".join(str(error).split()) or type(error).__name__


def _decode(said: bytes | str) -> str:
    return " ".join((said if isinstance(said, str) else said.decode(errors="replace")).split())


def _hang_up(server: Any) -> None:
    try:
        server.close()
    except OSError as error:
        _log.info("the mail server did not say goodbye: %s", error)  # the mail's own answer had come before


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
