"""Restoring punctuation, casing, turns and paragraphs in bare captions."""

from .report import RestorationReport
from .restoring import restore_transcript

__all__ = ["RestorationReport", "restore_transcript"]
