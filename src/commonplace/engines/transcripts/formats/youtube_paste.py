"""A transcript copied from YouTube's page: ``0:00 text`` on a line, or a time and its text on a line each.

Times are starts only. Copied with a screen reader's text, each has its words too ("1 minute, 4 seconds");
chapter titles stand between as bare lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ..document import Document
from ..syntax.times import read_clock
from .base import Cue, Format, Heading, Item, SetAside

__all__ = ["FORMAT", "read"]

_STAMP = re.compile(r"[ \t]*((?:\d{1,3}:)?\d{1,3}:\d{2})(?:[ \t]+|$|(?=\d+ (?:second|minute|hour)))(.*)")
_SPOKEN_TIME = re.compile(r"(?:\d+ hours?)?(?:, )?(?:\d+ minutes?)?(?:, )?(?:\d+ seconds?)?(?=\D|$)")
_LONGEST_TITLE = 90


def looks_like(document: Document) -> bool:
    """Two or more lines that begin with a time, at least a third of all lines, and the first ones never going back."""
    lines = [line for line in document.lines[:400] if line.strip()]
    times = [time for line in lines if (match := _STAMP.match(line)) and (time := read_clock(match[1])) is not None]
    backward = sum(b < a for a, b in pairwise(times))
    return len(times) > 1 and len(times) * 3 >= len(lines) and backward * 10 <= len(times)


def read(document: Document) -> Iterator[Item]:
    """The cues; a bare line that looks like a title and comes before a time is a chapter's."""
    lines = document.text.split("\n")
    stamped = [match for match in map(_STAMP.match, document.lines) if match]
    alone = sum(not match[2].strip() for match in stamped) * 2 > len(stamped)
    start: int | None = None
    text: list[str] = []
    offset = place = 0
    for number, line in enumerate(lines):
        match = _STAMP.match(line)
        if match:
            yield from _yield_cue(start, text, offset)
            start, offset = read_clock(match[1]), place
            rest, spoken = _drop_spoken_time(match[2])
            if spoken:
                yield SetAside("duplicate", spoken, start, place)
            text = [rest] if rest.strip() else []
        elif line.strip():
            if not text and start is not None and _SPOKEN_TIME.fullmatch(line.strip()):
                yield SetAside("duplicate", line.strip(), start, place)
            elif _is_title(line, text, start, alone=alone) and _has_time_below(lines, number):
                yield from _yield_cue(start, text, offset)
                text = []
                yield Heading(line.strip())
            else:
                text.append(line)
        place += len(line) + 1
    yield from _yield_cue(start, text, offset)


def _yield_cue(start: int | None, text: list[str], offset: int) -> Iterator[Cue]:
    if text:
        yield Cue(start, None, "\n".join(text), offset=offset)


def _drop_spoken_time(text: str) -> tuple[str, str]:
    """The text without the time in words that a screen reader would say, and those words."""
    match = _SPOKEN_TIME.match(text)
    return (text[match.end() :], match.group()) if match and match.group() else (text, "")


def _is_title(line: str, text: list[str], start: int | None, *, alone: bool) -> bool:
    """Whether a bare line can be a chapter's title: short, and behind a cue that has its text already."""
    title = line.strip()
    if len(title) > _LONGEST_TITLE or not (text or start is None):
        return False
    return alone or title[0].isupper() or title[0].isdigit()


def _has_time_below(lines: list[str], number: int) -> bool:
    """Whether the next line that is not blank begins with a time."""
    following = next((line for line in lines[number + 1 : number + 4] if line.strip()), "")
    return _STAMP.match(following) is not None


FORMAT = Format(
    name="youtube-paste",
    title="Transcript copied from YouTube's page",
    precision="cue",
    looks_like=looks_like,
    read=read,
)
