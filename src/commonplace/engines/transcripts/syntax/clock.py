"""How clock times look inside a larger text."""

from __future__ import annotations

__all__ = ["CLOCK"]

CLOCK = r"(?:\d{1,6}:)?\d{1,6}:\d{2}(?:[.,]\d{1,9})?"
"""A pattern without groups: ``m:ss`` or ``h:mm:ss``, with a fraction or without."""
