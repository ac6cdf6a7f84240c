"""Clock times as caption files write them."""

from __future__ import annotations

import re

__all__ = ["TIME", "clock_ms", "read_clock", "write_clock"]

TIME = r"(-?)(?:(\d{1,9}):)?(\d{1,9}):(\d{1,2})(?:[.,:](\d{1,9}))?"
"""Groups: sign, hours, minutes, seconds, fraction. Hours and the fraction may be missing."""

_CLOCK = re.compile(rf"\s*{TIME}\s*")


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
    match = _CLOCK.fullmatch(text)
    return None if match is None else clock_ms(*match.groups())


def write_clock(time_ms: int, separator: str = ".") -> str:
    """``HH:MM:SS.mmm`` as WebVTT writes it; SRT separates by a comma."""
    seconds, milliseconds = divmod(time_ms, 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{separator}{milliseconds:03d}"
