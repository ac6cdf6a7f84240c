"""Google Meet's transcript document: who attended, then ``Mei Tanaka: hello``, under a time every five minutes.

A time such as ``00:05:00`` alone on its line is the time of the turn below it; all others are known to five minutes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ..document import Document
from ..labels import split_label
from ..syntax.lines import walk_lines
from ..syntax.times import read_clock
from .base import Cue, Details, Format, Item, SetAside

__all__ = ["FORMAT", "looks_like", "read"]

_TIME = re.compile(r"\s*(\d{2}:\d{2}:\d{2})\s*")
_ENDED = re.compile(r"\s*(?:Meeting|Transcription) ended after (\d{1,3}:\d{2}:\d{2})")
_TRAILER = re.compile(r"\s*This editable transcript was computer generated", re.IGNORECASE)
_TITLE = re.compile(r".{1,200}\s[-–—]\s*Transcript\s*", re.IGNORECASE)


def looks_like(document: Document) -> bool:
    """Whether times of three parts stand alone on lines, nearly all with a labelled turn below."""
    lines = [line for line in document.lines if line.strip()]
    below = [following for line, following in pairwise(lines) if _TIME.fullmatch(line)]
    labelled = sum(split_label(line.strip()) is not None for line in below)
    if not below or labelled == 0:
        return False
    heading = any(line.strip().lower() in ("attendees", "transcript") or _TITLE.fullmatch(line) for line in lines[:12])
    return heading or labelled * 10 >= len(below) * 8


@dataclass(slots=True)
class _State:
    speaker: str | None = None
    start_ms: int | None = None
    began: bool = False
    attendees: bool = False


def read(document: Document) -> Iterator[Item]:
    """One cue a line; a line without a label goes on with the speaker before it."""
    state = _State()
    for line, offset in walk_lines(document.text):
        words = line.strip()
        if not words:
            continue
        if time := _TIME.fullmatch(line):
            state.start_ms, state.began, state.attendees = read_clock(time[1]), True, False
        elif ended := _ENDED.match(line):
            yield Details(duration_ms=read_clock(ended[1]))
            yield SetAside("note", words, offset=offset)
        elif _TRAILER.match(line) or (state.attendees and words.lower() != "transcript"):
            yield SetAside("note", words, offset=offset)
        else:
            yield from _read_line(state, words, offset)


def _read_line(state: _State, words: str, offset: int) -> Iterator[Item]:
    label = split_label(words)
    if label:
        state.speaker, text = label
        state.began = True
        if text:
            yield Cue(state.start_ms, None, text, state.speaker, None, True, offset)
            state.start_ms = None
    elif state.began:
        yield Cue(state.start_ms, None, words, state.speaker, offset=offset)
        state.start_ms = None
    elif _TITLE.fullmatch(words):
        yield Details(title=words)
    else:
        state.attendees = words.lower() == "attendees"
        yield SetAside("note", words, offset=offset)


FORMAT = Format(name="meet", title="Google Meet (document)", precision="turn", looks_like=looks_like, read=read)
