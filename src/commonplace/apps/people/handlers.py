"""The jobs of people; each may run twice."""

from __future__ import annotations

from django.utils import timezone

from commonplace.apps.jobs import actions as jobs

from . import actions


def tidy() -> None:
    """Let go of what accounts left behind, once its time is over."""
    jobs.tidy(actions.RETENTION, now=timezone.now())
