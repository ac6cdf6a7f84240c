"""The queue's own jobs; each may run twice."""

from __future__ import annotations

from django.utils import timezone

from . import actions


def send_mail(mail: int) -> None:
    """Send the mail with this key from the outbox; where the mail server is away, try again later."""
    actions.deliver_mail(mail=mail, now=timezone.now())


def tidy() -> None:
    """Let go of what jobs that have ended left behind, once a day."""
    actions.tidy(actions.RETENTION, now=timezone.now())
