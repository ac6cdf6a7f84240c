"""YouTube's oldest XML (``fmt=srv1``): one ``<text>`` a line, in seconds.

``<transcript><text start="3.4" dur="4.2">Harbour ML&amp;#39;s evening</text></transcript>``. The text is escaped twice,
the second time as HTML; a line feed inside it is a space; ``dur`` reaches into the next line, because it says how long
the line stays on the screen.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from ..document import Document
from ..syntax.markup_events import MarkupEvent, require_time, stream_xml
from ..syntax.times import read_seconds
from .base import Cue, Details, Format, Item, SetAside

__all__ = ["FORMAT", "looks_like", "read"]

_EXPECTED = '<transcript><text start="3.4" dur="4.2">…</text>…</transcript>, times in seconds'
# Old automatic captions carry escaped formatting tags: <font color="#E5E5E5">.
_FORMATTING = re.compile(r"</?(?:b|i|u|em|strong|font|span)(?:\s[^<>]*)?>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s?/?>|\n", re.IGNORECASE)


def looks_like(document: Document) -> bool:
    """Whether the root is ``<transcript>`` and holds ``<text>`` elements (or nothing at all)."""
    return document.root == "transcript" and ("<text" in document.head or "<" not in _inside(document.head))


def _inside(head: str) -> str:
    return head.partition("<transcript")[2].partition(">")[2].partition("</transcript")[0]


def read(document: Document) -> Iterator[Item]:
    """One cue a ``<text>``. Raises `MalformedCaptions` for broken XML and for a start that is no number."""
    opened: MarkupEvent | None = None
    texts: list[str] = []
    for event in stream_xml(document, _EXPECTED):
        if event.kind == "start" and event.name == "text":
            opened, texts = event, []
        elif event.kind == "start" and event.name == "transcript" and "lang" in event.attributes:
            yield Details(language=event.attributes["lang"])
        elif event.kind == "comment":
            yield SetAside("note", event.text, offset=event.offset)
        elif event.kind == "text" and opened is not None:
            texts.append(event.text)
        elif event.kind == "text" and event.text.strip():
            yield SetAside("note", event.text, offset=event.offset)
        elif event.kind == "end" and event.name == "text" and opened is not None:
            yield from _read_line(document, opened, "".join(texts))
            opened = None


def _read_line(document: Document, opened: MarkupEvent, escaped: str) -> Iterator[Cue]:
    start_ms = require_time(document, opened, "start", read_seconds(opened.attributes.get("start", "")), _EXPECTED)
    end_ms = None
    if opened.attributes.get("dur"):
        end_ms = start_ms + require_time(document, opened, "dur", read_seconds(opened.attributes["dur"]), _EXPECTED)
    text = _FORMATTING.sub("", _BREAK.sub(" ", html.unescape(escaped))).strip()
    if text:
        yield Cue(start_ms, end_ms, text, offset=opened.offset)


FORMAT = Format(name="srv1", title="YouTube XML (srv1)", precision="cue", looks_like=looks_like, read=read, labels=True)
