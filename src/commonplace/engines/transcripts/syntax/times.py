"""Times as caption files write them: clock times and decimal seconds, in milliseconds once they are read."""

from __future__ import annotations

import re

__all__ = ["CLOCK", "SECONDS", "TIME", "clock_ms", "read_clock", "read_seconds", "write_clock"]

TIME = r"(-?)(?:(\d{1,9}):)?(\d{1,9}):(\d{1,2})(?:[.,:](\d{1,9}))?"
"""A clock time where the line says that one stands here. Groups: sign, hours, minutes, seconds, fraction; hours and
the fraction may be missing."""

CLOCK = r"(?:\d{1,6}:)?\d{1,6}:\d{2}(?:[.,]\d{1,9})?"
"""A clock time inside a larger text, stricter because nothing else vouches for it: ``m:ss`` or ``h:mm:ss``, with a
fraction or without; no groups."""

SECONDS = r"-?(?:\d{1,12}(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,2})?"
"""A decimal number of seconds, as evaluation formats write it; no groups."""

_TIME = re.compile(rf"\s*{TIME}\s*")
_SECONDS = re.compile(SECONDS)


def clock_ms(sign: str | None, hours: str | None, minutes: str, seconds: str, fraction: str | None) -> int:
    """Milliseconds of a time's five groups; a fraction of any length counts to the millisecond."""
    time = (int(hours or 0) * 60 + int(minutes)) * 60_000 + int(seconds) * 1000
    if fraction:
        time += int(fraction) if len(fraction) == 3 else int(f"{fraction:0<3}"[:3])
    return -time if sign else time


def read_clock(text: str) -> int | None:
    """Milliseconds of ``1:02:03.4``, ``02:03`` or ``00:02:03,400``; None where the text is no such time.

    The usual form, ``00:01:02,345``, takes no regular expression, which halves the time of reading SRT and WebVTT.
    """
    if len(text) == 12 and text[2] == text[5] == ":" and text[8] in ".," and text[0] != "-":
        try:
            return ((int(text[:2]) * 60 + int(text[3:5])) * 60 + int(text[6:8])) * 1000 + int(text[9:])
        except ValueError:
            return None
    match = _TIME.fullmatch(text)
    return None if match is None else clock_ms(*match.groups())


def read_seconds(text: str) -> int | None:
    """Milliseconds of a decimal number of seconds (``12.5``), rounded; None for anything else."""
    return round(float(text) * 1000) if _SECONDS.fullmatch(text.strip()) else None


def write_clock(time_ms: int, separator: str = ".") -> str:
    """``HH:MM:SS.mmm`` as WebVTT writes it; SRT separates by a comma."""
    seconds, milliseconds = divmod(time_ms, 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{separator}{milliseconds:03d}"
