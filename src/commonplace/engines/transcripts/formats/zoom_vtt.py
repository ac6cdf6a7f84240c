"""Zoom's WebVTT: cues numbered from 1, and the speaker's name before a colon: ``Mei Tanaka: hello``.

A cue without a name goes on with the last speaker's sentence; ``10:30 Meeting: …`` names nobody.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from ..document import Document
from ..labels import is_no_name, split_label
from . import webvtt
from .base import Cue, Format, Item

__all__ = ["FORMAT", "looks_like", "read"]

_FIRST_CUE = re.compile(r"\s*WEBVTT[^\n]*\n+1[ \t]*\n[^\n]*-->[^\n]*\n([^\n]*)")
_CUE = re.compile(r"^\d+[ \t]*\n[^\n]*-->[^\n]*\n([^\n]*)", re.MULTILINE)
_PREFIX = re.compile(r"([^\W_][^:\n.!?,;]{0,59}):[ \t]")


def looks_like(document: Document) -> bool:
    """WebVTT whose cues are numbered from 1, where half of them begin with a name and a colon."""
    if not webvtt.has_signature(document) or _FIRST_CUE.match(document.head) is None:
        return False
    lines = [match[1] for match in _CUE.finditer(document.head)]
    recurring = _find_recurring(lines)
    return sum(_split_name(line, recurring) is not None for line in lines) * 2 >= len(lines)


def _find_recurring(lines: Iterable[str]) -> frozenset[str]:
    """What stands before the first colon of two cues or more: a name, however its owner writes it."""
    counts = Counter(match[1] for line in lines if (match := _PREFIX.match(line)))
    return frozenset(name for name, count in counts.items() if count > 1 and not is_no_name(name))


def _split_name(text: str, recurring: frozenset[str]) -> tuple[str, str] | None:
    """Name and speech of a cue: a name by its look (``Mei Tanaka``) or by recurring (``mei's phone``)."""
    match = _PREFIX.match(text)
    if match and match[1] in recurring:
        return match[1].strip(), text[match.end() :].strip()
    return split_label(text)


def read(document: Document) -> Iterator[Item]:
    """The cues of WebVTT with their speakers."""
    speaker: str | None = None
    recurring = _find_recurring(match[1] for match in _CUE.finditer(document.text))
    for item in webvtt.read(document):
        if isinstance(item, Cue) and item.speaker is None:
            label = _split_name(item.text, recurring)
            if label:
                speaker, text = label
                yield item._replace(speaker=speaker, text=text)
            else:
                yield item._replace(speaker=speaker)
        else:
            yield item


FORMAT = Format(name="zoom-vtt", title="Zoom (WebVTT)", precision="cue", looks_like=looks_like, read=read)
