"""Blocks of a timing line and the lines under it: what WebVTT, SRT and their relatives share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..items import TimedWord
from .times import read_clock

__all__ = ["Block", "read_blocks"]

_LINE = r"(?![^\n]*-->|\d+[ \t]*\n[^\n]*-->)[^\n]+\n?"
_STAMP = r"-?\d+(?::\d+)+(?:[.,]\d+)?"
# An editor that trims lines makes an empty one of YouTube's blank-looking first row: the text below is still the cue's.
_PARTED = rf"[ \t]*\n(?:[ \t]*\n)?(?!NOTE\b|STYLE\b|REGION\b|WEBVTT\b|\d+[ \t]*\n\s|[^\n]*\n[^\n]*-->)(?:{_LINE})+"
_BLOCK = re.compile(
    rf"^[ \t]*({_STAMP})[ \t]*-{{1,2}}>[ \t]*({_STAMP})([^\n]*)\n?((?:{_LINE})+|{_PARTED}|)", re.MULTILINE
)


class Block(NamedTuple):
    """A timing line with what stands under it, and what stood between the block before and this one.

    ``payload`` reaches to the first blank line, or begins with it where the timing line stands alone above text.
    ``between`` holds the cue's identifier and whatever else is there; its place in the text is
    ``offset - len(between)``. A time that cannot be is None. The last block of a file is followed by one without times
    that carries what remains. ``words`` replaces the payload where its words have times, and ``repeats`` counts the
    blocks that only showed it again.
    """

    start_ms: int | None
    end_ms: int | None
    settings: str
    payload: str
    between: str
    offset: int
    words: tuple[TimedWord, ...] | None = None
    repeats: int = 0


def read_blocks(text: str) -> Iterator[Block]:
    """The blocks of this text in order. One regular expression; linear time."""
    done = 0
    for match in _BLOCK.finditer(text):
        start, end, settings, payload = match.groups()
        begin, stop = match.span()
        yield Block(read_clock(start), read_clock(end), settings, payload, text[done:begin], begin)
        done = stop
    yield Block(None, None, "", "", text[done:], len(text))
