"""Zoom's WebVTT: cues numbered from 1, and the speaker's name before a colon: ``Mei Tanaka: hello``.

A cue without a name goes on with the last speaker's sentence; ``10:30 Meeting: …`` names nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..document import Document
from ..labels import split_label
from . import webvtt
from .base import Cue, Format, Item

__all__ = ["FORMAT", "looks_like", "read"]

_FIRST_CUE = re.compile(r"\s*WEBVTT[^\n]*\n+1[ \t]*\n[^\n]*-->[^\n]*\n([^\n]*)")
_CUE = re.compile(r"^\d+[ \t]*\n[^\n]*-->[^\n]*\n([^\n]*)", re.MULTILINE)


def looks_like(document: Document) -> bool:
    """WebVTT whose cues are numbered from 1, where half of them begin with a name and a colon."""
    if not webvtt.has_signature(document) or _FIRST_CUE.match(document.head) is None:
        return False
    lines = [match[1] for match in _CUE.finditer(document.head)]
    return sum(split_label(line) is not None for line in lines) * 2 >= len(lines)


def read(document: Document) -> Iterator[Item]:
    """The cues of WebVTT with their speakers."""
    speaker: str | None = None
    for item in webvtt.read(document):
        if isinstance(item, Cue) and item.speaker is None:
            label = split_label(item.text)
            if label:
                speaker, text = label
                yield item._replace(speaker=speaker, text=text)
            else:
                yield item._replace(speaker=speaker)
        else:
            yield item


FORMAT = Format(name="zoom-vtt", title="Zoom (WebVTT)", precision="cue", looks_like=looks_like, read=read)
