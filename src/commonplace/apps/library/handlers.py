"""The library's jobs; each may run twice."""

from __future__ import annotations

from django.utils import timezone

from . import actions


def publish_captions(caption_file: int) -> None:
    """Read the captions with this key and publish their talk."""
    actions.publish_caption_file(caption_file=caption_file, now=timezone.now())
