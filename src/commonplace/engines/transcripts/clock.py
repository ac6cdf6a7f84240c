"""Seconds as captions write them, and how clock times look inside a larger text."""

from __future__ import annotations

import re

__all__ = ["CLOCK", "read_seconds"]

CLOCK = r"(?:\d{1,6}:)?\d{1,6}:\d{2}(?:[.,]\d{1,9})?"
"""A clock time inside a larger pattern: ``m:ss``, ``h:mm:ss``, with a fraction or without."""

_SECONDS = re.compile(r"(-?)(\d{1,12})(?:\.(\d{0,18}))?")


def read_seconds(text: str) -> int | None:
    """Milliseconds of a decimal number of seconds (``3.45``, ``-1``), or None where this is no such number."""
    match = _SECONDS.fullmatch(text.strip())
    if match is None:
        return None
    sign, whole, fraction = match.groups()
    value = int(whole) * 1000 + _thousandths(fraction)
    return -value if sign else value


def _thousandths(fraction: str | None) -> int:
    if not fraction:
        return 0
    return (int(fraction) * 2000 + 10 ** len(fraction)) // (2 * 10 ** len(fraction))
