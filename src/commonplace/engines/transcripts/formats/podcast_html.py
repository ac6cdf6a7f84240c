"""Podcasting 2.0 transcripts as HTML: ``<cite>Ada:</cite><time>0:00</time><p>Welcome.</p>``.

The podcast namespace's transcript page describes it: ``<cite>`` stands only where the speaker changes, ``<time>``
where a turn or a paragraph begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..document import Document
from ..syntax.markup_events import MarkupEvent, stream_html
from ..syntax.times import CLOCK, read_clock
from .base import Cue, Details, Format, Heading, Item, SetAside

__all__ = ["FORMAT", "looks_like", "read"]

_EXPECTED = "<cite>Ada:</cite><time>1:02:03</time><p>…</p>"
_TIMED = re.compile(rf"<time(?:\s[^<>]*)?>\s*{CLOCK}\s*</time>", re.IGNORECASE)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_ADDRESSES = ("href", "src")


def looks_like(document: Document) -> bool:
    """Whether the file begins with a tag, has a clock time inside ``<time>``, and names a speaker or has paragraphs."""
    head = document.head.lstrip()
    return head.startswith("<") and ("<cite" in head or "<p" in head) and _TIMED.search(head) is not None


@dataclass(slots=True)
class _State:
    document: Document
    inside: str = ""
    texts: list[str] = field(default_factory=list)
    offset: int = 0
    speaker: str | None = None
    start_ms: int | None = None
    begins_turn: bool = False
    started: bool = False


def read(document: Document) -> Iterator[Item]:
    """One cue a paragraph. Raises `MalformedCaptions` for a ``<time>`` that holds no time."""
    state = _State(document)
    for event in stream_html(document):
        if event.kind == "text":
            if not state.texts:
                state.offset = event.offset + len(event.text) - len(event.text.lstrip())
            state.texts.append(event.text)
        elif event.kind == "comment":
            yield SetAside("note", event.text, offset=event.offset)
        elif event.name == "br":
            state.texts.append("\n")
        elif event.name in ("cite", "time", "p", "title", *_HEADINGS):
            yield from _flush(state)
            state.inside = event.name if event.kind == "start" else ""
        elif event.name in ("div", "section", "article", "body", "html", "head", "li"):
            yield from _flush(state)
        yield from _addresses(event)
    yield from _flush(state)


def _addresses(event: MarkupEvent) -> Iterator[SetAside]:
    for name in _ADDRESSES:
        if event.attributes.get(name):
            yield SetAside("markup", event.attributes[name], offset=event.offset)


def _flush(state: _State) -> Iterator[Item]:
    """What the text since the last such tag is, by the element that it stands in."""
    text = "\n".join(" ".join(line.split()) for line in "".join(state.texts).strip().split("\n")).strip()
    state.texts = []
    if not text:
        return
    if state.inside == "cite":
        state.speaker, state.begins_turn, state.started = text.rstrip(":").strip() or None, True, True
    elif state.inside == "time":
        state.start_ms, state.started = read_clock(text), True
        if state.start_ms is None:
            raise state.document.malformed(f"<time> holds {text[:40]!r}", state.offset, _EXPECTED)
    elif state.inside == "title":
        yield Details(title=text)
    elif state.inside in _HEADINGS:
        yield Heading(text)
    elif state.inside == "p" or state.started:
        yield Cue(state.start_ms, None, text, state.speaker, None, state.begins_turn, state.offset)
        state.start_ms, state.begins_turn = None, False
    else:
        yield SetAside("note", text, offset=state.offset)


FORMAT = Format(
    name="podcast-html",
    title="Podcasting 2.0 transcript (HTML)",
    precision="turn",
    looks_like=looks_like,
    read=read,
)
