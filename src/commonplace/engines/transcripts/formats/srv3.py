"""YouTube's timed text (``fmt=srv3``, and ``srv2`` before it): ``<p>`` lines and ``<s>`` words, in milliseconds.

``<timedtext format="3"><body><p t="5040" d="3599"><s>hello</s><s t="480"> there</s></p>…``. The time of a word
counts from its line's; ``a="1"`` marks lines that hold nothing but a line feed; ``w``, ``ws``, ``wp`` and the
``<head>`` place windows on the screen and say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..document import Document
from ..syntax.markup_events import MarkupEvent, require_time, stream_xml
from ..syntax.timed_words import join_markup
from .base import Cue, Details, Format, Item, SetAside, TimedWord

__all__ = ["FORMAT", "looks_like", "read"]

_EXPECTED = '<timedtext><body><p t="5040" d="3599">…</p>…, times in whole milliseconds'
_LINES = ("p", "text")
_WHOLE = re.compile(r"-?\d{1,15}")


def looks_like(document: Document) -> bool:
    """Whether the root is ``<timedtext>``."""
    return document.root == "timedtext"


def read(document: Document) -> Iterator[Item]:
    """One cue a line that has words. Raises `MalformedCaptions` for broken XML or a time that is no whole number."""
    line: MarkupEvent | None = None
    word: MarkupEvent | None = None
    pieces: list[TimedWord] = []
    for event in stream_xml(document, _EXPECTED):
        if event.kind == "start" and event.name in _LINES:
            line, pieces = event, []
        elif event.kind == "start" and event.name == "s":
            word = event
        elif event.kind == "start" and event.name == "br":
            pieces.append(TimedWord("\n", None))
        elif event.kind == "start" and event.name == "timedtext" and "lang" in event.attributes:
            yield Details(language=event.attributes["lang"])
        elif event.kind == "text" and line is not None:
            pieces.append(TimedWord(event.text, _word_start(document, line, word)))
        elif event.kind in ("text", "comment") and event.text.strip():
            yield SetAside("note", event.text, offset=event.offset)
        elif event.kind == "end" and event.name == "s":
            word = None
        elif event.kind == "end" and event.name in _LINES and line is not None:
            yield from _read_line(document, line, pieces)
            line = None


def _time(document: Document, event: MarkupEvent, name: str) -> int:
    given = event.attributes.get(name, "").strip()
    return require_time(document, event, name, int(given) if _WHOLE.fullmatch(given) else None, _EXPECTED)


def _word_start(document: Document, line: MarkupEvent, word: MarkupEvent | None) -> int | None:
    if word is None:
        return None
    return _time(document, line, "t") + (_time(document, word, "t") if "t" in word.attributes else 0)


def _read_line(document: Document, line: MarkupEvent, pieces: list[TimedWord]) -> Iterator[Cue]:
    start_ms = _time(document, line, "t")
    end_ms = start_ms + _time(document, line, "d") if "d" in line.attributes else None
    text, words = join_markup(pieces)
    if text:
        yield Cue(start_ms, end_ms, text, words=words, offset=line.offset)


FORMAT = Format(
    name="srv3", title="YouTube timed text (srv3, srv2)", precision="cue", looks_like=looks_like, read=read, labels=True
)
