"""YouTube's automatic captions as WebVTT: lines that roll, with a time for every word inside the line.

Each line comes up to three times: with its times, alone in a cue of 10 ms, and above the next line. The first word of a
line has no time of its own, the cue's start is its; a line of one word has no inline time at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from ..document import Document
from ..rolling import RollingLines, split_rows
from ..syntax.cue_blocks import Block, read_blocks
from ..syntax.cue_tags import strip_tags, unescape_text
from ..syntax.times import TIME, clock_ms
from .base import Cue, Format, Item, SetAside, TimedWord
from .webvtt import has_signature, read_between, read_header

__all__ = ["FORMAT", "read", "read_rows", "time_words"]

_INLINE_TIME = re.compile(rf"<{TIME}>")
_MOST_AT_ONCE = 1_000
_TIMED_WORD = re.compile(rf"<{TIME}>\s*<c[.>]")


def looks_like(document: Document) -> bool:
    """WebVTT whose lines carry times in ``<00:00:01.400><c>``."""
    return has_signature(document) and _TIMED_WORD.search(document.head) is not None


def read(document: Document) -> Iterator[Item]:
    """One cue for each new line, its words timed; a line shown again is set aside as a duplicate."""
    rolling = RollingLines()
    for number, block in enumerate(read_blocks(document.text)):
        between = block.between
        if number == 0:
            between = yield from read_header(between)
        if between.strip():
            yield from read_between(block, between)
        if block.payload.strip():
            yield from read_rows(block, rolling)


def read_rows(block: Block, rolling: RollingLines) -> Iterator[Item]:
    """The new rows of one cue as cues with timed words, and what the cue carried along."""
    rows = split_rows(block.payload)
    plain = [unescape_text(strip_tags(row)) for row in rows]
    new = rolling.find_new(plain, block.start_ms, block.end_ms)
    for number, row in enumerate(rows):
        if number in new or _INLINE_TIME.search(row):
            for words in time_words(row, block.start_ms):
                yield Cue(block.start_ms, block.end_ms, "", words=words, offset=block.offset)
        elif plain[number].strip():
            yield SetAside("duplicate", plain[number], block.start_ms, block.offset)


def time_words(row: str, cue_start: int | None) -> Iterator[tuple[TimedWord, ...]]:
    """The words of a row, a thousand at a time; one right at its start without a time begins with the cue."""
    place, time = 0, cue_start
    words: list[TimedWord] = []
    for match in chain(_INLINE_TIME.finditer(row), [None]):
        text = unescape_text(strip_tags(row[place : match.start() if match else None]))
        words += (TimedWord(word, time if number == 0 else None) for number, word in enumerate(text.split()))
        if match:
            place, time = match.end(), clock_ms(*match.groups())
        if len(words) >= _MOST_AT_ONCE or not match:
            yield tuple(words)
            words = []


FORMAT = Format(
    name="youtube-vtt",
    title="YouTube's automatic captions as WebVTT",
    precision="cue",
    looks_like=looks_like,
    read=read,
)
