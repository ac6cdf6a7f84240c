"""Hypertranscripts of Hyperaudio: HTML in which each word is a ``<span>`` with its milliseconds.

``<p><span class="speaker" data-m="120">Ada: </span><span data-m="120" data-d="240">Welcome </span>…</p>``:
``data-m`` is the start, ``data-d`` the duration. Headings may carry times as well; older pages have ``<a>`` for words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..document import Document
from ..syntax.markup_events import MarkupEvent, require_time, stream_html
from ..syntax.timed_words import join_markup
from ..syntax.times import read_seconds
from .base import Cue, Details, Format, Heading, Item, SetAside, TimedWord

__all__ = ["FORMAT", "looks_like", "read"]

_EXPECTED = '<span data-m="3890" data-d="240">word</span>, in milliseconds'
_TIMED_SPAN = re.compile(r"<(?:span|a)\s[^<>]*\bdata-m\s*=", re.IGNORECASE)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = ("p", "div", "section", "article", "header", "footer", "blockquote", "li", "body", "head", "html", *_HEADINGS)


def looks_like(document: Document) -> bool:
    """Whether the file begins with a tag and has a ``<span>`` or an ``<a>`` with ``data-m``."""
    return document.head.lstrip().startswith("<") and _TIMED_SPAN.search(document.head) is not None


@dataclass(slots=True)
class _State:
    document: Document
    block: str = ""
    block_start_ms: int | None = None
    word: MarkupEvent | None = None
    pieces: list[TimedWord] = field(default_factory=list)
    speaker: str | None = None
    label: list[str] | None = None
    begins_turn: bool = False
    offset: int | None = None


def read(document: Document) -> Iterator[Item]:
    """One cue for each speaker of a paragraph. Raises `MalformedCaptions` for times that are no numbers."""
    state = _State(document)
    for event in stream_html(document):
        if event.kind == "comment":
            yield SetAside("note", event.text, offset=event.offset)
        elif event.kind == "text":
            _take_text(state, event)
        elif event.name in (*_BLOCKS, "title"):
            yield from _flush(state)
            opens = event.kind == "start"
            state.block = event.name if opens else ""
            state.block_start_ms = _time(state, event, "data-m") if opens and "data-m" in event.attributes else None
        elif event.name in ("span", "a"):
            yield from _take_span(state, event)
        elif event.name == "br":
            state.pieces.append(TimedWord("\n", None))
        for name in ("href", "src"):
            if event.attributes.get(name):
                yield SetAside("markup", event.attributes[name], offset=event.offset)
    yield from _flush(state)


def _take_span(state: _State, event: MarkupEvent) -> Iterator[Item]:
    if event.kind == "end":
        if state.label is not None:
            state.speaker, state.label = "".join(state.label).strip().strip("[]:").strip() or None, None
            state.begins_turn = True
        state.word = None
    elif "speaker" in event.attributes.get("class", "").lower().split():
        yield from _flush(state)
        state.label = []
    elif "data-m" in event.attributes:
        state.word = event


def _take_text(state: _State, event: MarkupEvent) -> None:
    if state.label is not None:
        state.label.append(event.text)
        return
    if state.offset is None and event.text.strip():
        state.offset = event.offset
    start_ms = end_ms = None
    if state.word is not None:
        start_ms = _time(state, state.word, "data-m")
        if "data-d" in state.word.attributes:
            end_ms = start_ms + _time(state, state.word, "data-d")
    state.pieces.append(TimedWord(event.text, start_ms, end_ms))


def _time(state: _State, event: MarkupEvent, name: str) -> int:
    thousandfold = read_seconds(event.attributes[name])
    value = None if thousandfold is None else round(thousandfold / 1000)
    return require_time(state.document, event, name, value, _EXPECTED)


def _flush(state: _State) -> Iterator[Item]:
    """What the text since the last block began is: a title, a heading, speech, or, outside all of them, a note."""
    text, words = join_markup(state.pieces)
    starts = [piece.start_ms for piece in state.pieces if piece.start_ms is not None]
    ends = [piece.end_ms for piece in state.pieces if piece.end_ms is not None]
    offset, state.pieces, state.offset = state.offset or 0, [], None
    if not text:
        return
    if state.block == "title":
        yield Details(title=" ".join(text.split()))
    elif state.block in _HEADINGS:
        yield Heading(" ".join(text.split()), starts[0] if starts else state.block_start_ms)
    elif words is not None or state.block == "p":
        start_ms = starts[0] if starts else state.block_start_ms
        yield Cue(start_ms, ends[-1] if ends else None, text, state.speaker, words, state.begins_turn, offset)
        state.begins_turn = False
    else:
        yield SetAside("note", text, offset=offset)


FORMAT = Format(
    name="hypertranscript", title="Hypertranscript (Hyperaudio)", precision="word", looks_like=looks_like, read=read
)
