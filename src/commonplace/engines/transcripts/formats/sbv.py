"""SubViewer (SBV), as YouTube's studio exports: ``0:00:01.000,0:00:03.000`` above the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..document import Document
from ..syntax.cue_tags import strip_tags, unescape_text
from ..syntax.times import TIME, clock_ms
from .base import Cue, Format, Item

__all__ = ["FORMAT", "read"]

_TIMING = rf"{TIME},{TIME}[ \t]*"
_TIMING_LINE = re.compile(rf"^{_TIMING}$", re.MULTILINE)


def looks_like(document: Document) -> bool:
    """Two times around a comma alone on the first line that is not blank."""
    first = next((line for line in document.lines if line.strip()), "")
    return re.fullmatch(_TIMING, first) is not None


def read(document: Document) -> Iterator[Item]:
    """The cues; everything up to the next timing line is a cue's text."""
    matches = _TIMING_LINE.finditer(document.text)
    match = next(matches, None)
    while match is not None:
        following = next(matches, None)
        body = document.text[match.end() : following.start() if following else None]
        groups = match.groups()
        text = unescape_text(strip_tags(body.strip("\n")))
        yield Cue(clock_ms(*groups[:5]), clock_ms(*groups[5:]), text, offset=match.start())
        match = following


FORMAT = Format(
    name="sbv", title="SubViewer (SBV)", precision="cue", looks_like=looks_like, read=read, labels=True, rolls=True
)
