"""openai-whisper's TSV: ``start``, ``end``, ``text`` with tabs between; times in milliseconds, unlike its JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..document import Document
from ..syntax.lines import walk_filled_lines
from .base import Cue, Format, Item

__all__ = ["FORMAT"]

_HEADER = re.compile(r"\s*start\tend\ttext[ \t]*(?:\n|$)")
_ROW = re.compile(r"(-?\d{1,15})\t(-?\d{1,15})\t(.*)")


def looks_like(document: Document) -> bool:
    """Whether the first line names the three columns."""
    return _HEADER.match(document.head) is not None


def read(document: Document) -> Iterator[Item]:
    """A cue for each row; raises `MalformedCaptions` for a row without two whole numbers of milliseconds."""
    rows = walk_filled_lines(document.text)
    next(rows, None)  # the names of the columns
    for row, offset in rows:
        match = _ROW.match(row)
        if match is None:
            raise document.malformed(
                "this row does not begin with its start and end",
                offset,
                "start and end in whole milliseconds and the text, with tabs between",
            )
        yield Cue(int(match[1]), int(match[2]), match[3], offset=offset)


FORMAT = Format(
    name="whisper-tsv",
    title="Whisper TSV",
    precision="cue",
    looks_like=looks_like,
    read=read,
)
