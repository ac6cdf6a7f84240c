"""Microsoft Teams' WebVTT: identifiers made of a GUID, and speakers as voices with badges glued to their names.

``a1b2c3d4-…/12-0``, a timing line, ``<v Mei Tanaka (Guest)>hello</v>``; the closing tag may be missing,
and so may the voice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..document import Document
from ..labels import split_badges
from . import webvtt
from .base import Cue, Format, Item, SetAside

__all__ = ["FORMAT", "looks_like", "read"]

_IDENTIFIER = re.compile(
    r"^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:[/-]\S*)?[ \t]*$", re.MULTILINE | re.IGNORECASE
)


def looks_like(document: Document) -> bool:
    """WebVTT with a cue whose identifier is a GUID."""
    return webvtt.has_signature(document) and _IDENTIFIER.search(document.head) is not None


def read(document: Document) -> Iterator[Item]:
    """The cues of WebVTT, their speakers without badges."""
    for item in webvtt.read(document):
        if isinstance(item, Cue) and item.speaker is not None:
            name, badges = split_badges(item.speaker)
            if badges:
                yield SetAside("label", badges, item.start_ms, item.offset)
            yield item._replace(speaker=name or None)
        else:
            yield item


FORMAT = Format(name="teams-vtt", title="Microsoft Teams (WebVTT)", precision="cue", looks_like=looks_like, read=read)
