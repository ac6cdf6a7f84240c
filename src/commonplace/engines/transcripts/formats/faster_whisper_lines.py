"""What faster-whisper's examples print: ``[0.00s -> 4.00s] text``, a line for each segment or for each word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..document import Document
from ..syntax.lines import walk_filled_lines
from ..syntax.timed_words import join_broken_words
from ..syntax.times import SECONDS, read_seconds
from .base import Cue, Details, Format, Item, SetAside

__all__ = ["FORMAT"]

_LINE = re.compile(rf"[ \t]*\[ ?({SECONDS}) ?s? ?-{{1,2}}> ?({SECONDS}) ?s? ?\] ?(.*)")
_LANGUAGE = re.compile(r"Detected language '([A-Za-z]{2,3})'")


def looks_like(document: Document) -> bool:
    """Whether, from the first stamped line on, most lines are stamped."""
    if "->" not in document.head:
        return False
    stamped = [_LINE.match(line) is not None for line in document.lines if line.strip()]
    return True in stamped and sum(stamped) * 2 >= len(stamped) - stamped.index(True)


def read(document: Document) -> Iterator[Item]:
    """A cue for each stamped line; lines before the first are set aside, later ones go on where the last ended."""
    return join_broken_words(_read_lines(document))


def _read_lines(document: Document) -> Iterator[Item]:
    begun = False
    for line, offset in walk_filled_lines(document.text):
        match = _LINE.match(line)
        if match is not None:
            begun = True
            yield Cue(read_seconds(match[1]), read_seconds(match[2]), match[3], offset=offset)
        elif begun:
            yield Cue(None, None, f" {line}", offset=offset)
        else:
            yield SetAside("note", line.rstrip(), offset=offset)
            if language := _LANGUAGE.match(line):
                yield Details(language=language[1])


FORMAT = Format(
    name="faster-whisper-lines",
    title="faster-whisper printed lines",
    precision="cue",
    looks_like=looks_like,
    read=read,
)
