"""whisper.cpp's text with stamps, as it prints it and as people keep it; openai-whisper prints nearly the same.

A line is ``[00:00:00.000 --> 00:00:04.000]``, two spaces, and the segment's text with its own leading space, which
``-ml 1`` leaves away inside words. openai-whisper has no hours before the first and no sign of inner spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..document import Document
from ..syntax.lines import walk_filled_lines
from ..syntax.timed_words import join_broken_words
from ..syntax.times import TIME, clock_ms
from ..syntax.whisper_cpp_segments import Segment, read_segments
from .base import Cue, Format, Item, SetAside

__all__ = ["FORMAT"]

_LINE = re.compile(rf"[ \t]*\[{TIME}[ \t]*-->[ \t]*{TIME}\](?: {{0,2}})(.*)")
_COLOURS = re.compile(r"\x1b\[[\d;]*m")
_LOG = re.compile(
    r"(?:whisper_|main:|system_info:|ggml_|gguf_|output_\w+:|load_backend|log_mel|Detecting language|Detected language)"
)


def looks_like(document: Document) -> bool:
    """Whether, from the first stamped line on, most lines are stamped."""
    if "-->" not in document.head or document.starts_like_json:
        return False
    lines = [line for line in document.lines if line.strip() and not _LOG.match(line)]
    stamped = [_LINE.match(_COLOURS.sub("", line)) is not None for line in lines]
    return True in stamped and sum(stamped) * 2 >= len(stamped) - stamped.index(True)


def read(document: Document) -> Iterator[Item]:
    """A cue for each stamped line; lines that the program logged are set aside."""
    return join_broken_words(_read_lines(document))


def _read_lines(document: Document) -> Iterator[Item]:
    notes: list[SetAside] = []
    for item in read_segments(_stamped_lines(document, notes)):
        yield from notes
        notes.clear()
        yield item
    yield from notes


def _stamped_lines(document: Document, notes: list[SetAside]) -> Iterator[Segment]:
    """The stamped lines; an unstamped one goes on where the last ended, what the program logged goes to ``notes``."""
    begun = False
    for coloured, offset in walk_filled_lines(document.text):
        line = _COLOURS.sub("", coloured)
        match = _LINE.match(line)
        if match is not None:
            begun = True
            times = match.groups()
            yield Segment(Cue(clock_ms(*times[:5]), clock_ms(*times[5:10]), times[10], offset=offset))
        elif not begun or _LOG.match(line):
            notes.append(SetAside("note", line.strip(), offset=offset))
        else:
            yield Segment(Cue(None, None, f" {line}", offset=offset))


FORMAT = Format(
    name="whisper-cpp-text",
    title="whisper.cpp text with stamps",
    precision="cue",
    looks_like=looks_like,
    read=read,
)
