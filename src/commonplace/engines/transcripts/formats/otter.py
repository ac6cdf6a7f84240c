"""Otter's text export: ``Mei Tanaka  0:05`` with two spaces, then what was said, then an empty line.

A summary may stand before; a line of advertisement stands at the end. Nobody knows an "Unknown Speaker".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from ..document import Document
from ..labels import is_name
from ..syntax.lines import walk_lines
from ..syntax.times import read_clock
from .base import Cue, Details, Format, Item, SetAside

__all__ = ["FORMAT", "TurnLine", "looks_like", "match_turn_line", "read"]

_CLOCK = re.compile(r"(?:\d{1,3}:)?\d{1,3}:\d{2}")
_LONGEST_TURN_LINE = 120
_TRAILER = re.compile(r"Transcribed by https?://(?:www\.)?otter\.ai", re.IGNORECASE)
_BULLETS = ("•", "·", "|")
_UNKNOWN = "unknown speaker"


class TurnLine(NamedTuple):
    """A line that says who speaks from when on; ``gap`` is the white space between the two."""

    name: str
    start_ms: int
    gap: str


def match_turn_line(line: str) -> TurnLine | None:
    """The speaker and time of ``Mei Tanaka  0:05``: two spaces or more, a tab, or a bullet stand between them."""
    stripped = line.strip()
    if len(stripped) > _LONGEST_TURN_LINE:
        return None
    parts = stripped.rsplit(None, 1)
    if len(parts) != 2 or _CLOCK.fullmatch(parts[1]) is None:
        return None
    if parts[0].endswith(_BULLETS) and is_name(parts[0][:-1].strip()):
        name, start_ms = parts[0][:-1].strip(), read_clock(parts[1])
        return None if start_ms is None else TurnLine(name, start_ms, stripped[len(name) : -len(parts[1])])
    gap = stripped[len(parts[0].rstrip()) : len(stripped) - len(parts[1])]
    start_ms = read_clock(parts[1])
    if gap == " " or start_ms is None or not parts[0][0].isalnum() or parts[0].rstrip().endswith((",", ";", "-->")):
        return None
    return TurnLine(parts[0].strip(), start_ms, gap)


def looks_like(document: Document) -> bool:
    """Whether a line of a name, two spaces and a time is followed by a line of text."""
    lines = document.lines
    return any(match_turn_line(line) is not None and bool(following.strip()) for line, following in pairwise(lines))


def read(document: Document) -> Iterator[Item]:
    """One cue a line of speech; the first of a turn has the turn's time."""
    speaker: str | None = None
    start_ms: int | None = None
    began = begins_turn = titled = False
    for line, offset in walk_lines(document.text):
        words = line.strip()
        if turn := match_turn_line(line):
            speaker, start_ms, began, begins_turn = turn.name, turn.start_ms, True, True
            if speaker.lower() == _UNKNOWN:
                yield SetAside("label", speaker, start_ms, offset)
                speaker = None
        elif not words:
            continue
        elif _TRAILER.match(words):
            yield SetAside("note", words, offset=offset)
        elif began:
            yield Cue(start_ms, None, words, speaker, None, begins_turn, offset)
            start_ms, begins_turn = None, False
        elif not titled:
            titled = True
            yield Details(title=words)
        else:
            yield SetAside("note", words, offset=offset)


FORMAT = Format(name="otter", title="Otter (text)", precision="turn", looks_like=looks_like, read=read)
