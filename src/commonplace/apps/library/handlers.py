"""The library's jobs; each may run twice."""

from __future__ import annotations

from django.utils import timezone

from commonplace.apps.jobs import actions as jobs

from . import actions


def publish_captions(caption_file: int) -> None:
    """Read the captions with this key and publish their talk."""
    actions.publish_caption_file(caption_file=caption_file, now=timezone.now())


def read_upload(upload: int, attempt: int) -> None:
    """Say what the captions with this key are, where they were too large to be read at once."""
    actions.read_upload(upload=upload, attempt=attempt)


def publish_upload(upload: int, attempt: int) -> None:
    """Publish the talk of the captions that somebody handed in, unless they have changed their mind."""
    actions.publish_upload(upload=upload, attempt=attempt, now=timezone.now())


def tidy() -> None:
    """Let go of captions that nobody has published for thirty days, once a day, and of files that no talk knows."""
    jobs.tidy(actions.RETENTION, now=timezone.now())
    actions.delete_stray_attachments(now=timezone.now())
