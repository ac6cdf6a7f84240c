"""Markdown whose only times stand in its headings, as Data Umbrella's volunteers write corrected transcripts.

``### Set Up (3:46)``, ``### Goals [(6:08)](https://…?t=368)``, ``### Dask (<a href='…'>05:00</a>)``, ``(0.00)``.
Speakers are bold labels or plain ones. Before a heading "Transcript" (or under "Key Links", "Video" and the like,
before the first words) stands what is said about the recording.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..document import Document
from ..syntax.markdown_blocks import BOLD_LABEL, Block, read_blocks, read_inline, set_aside_block
from ..syntax.times import read_clock
from .base import Cue, Details, Format, Heading, Item, SetAside

__all__ = ["FORMAT", "looks_like", "read"]

_CLOCK = r"\d{1,3}(?::\d{2}){1,2}"
_TIME = re.compile(
    rf"[(\[]\s*({_CLOCK}|\d{{1,3}}\.\d{{2}})\s*[)\]]|(?:^|[ \t–—-])({_CLOCK})\s*$|^({_CLOCK})(?=[ \t–—-])"
)
_HEADING_LINE = re.compile(r" {0,3}#{1,6}[ \t]+\S")
_PREAMBLE = frozenset(
    ("key links", "links", "video", "resources", "video transcript", "slides", "metadata", "details", "event details")
)
_TRANSCRIPT = frozenset({"transcript", "full transcript", "the transcript"})


def looks_like(document: Document) -> bool:
    """Whether a Markdown heading holds a time."""
    return any(
        _HEADING_LINE.match(line) and _find_time(read_inline(line.lstrip(" #"), 0)[0]) is not None
        for line in document.lines
        if "#" in line[:4] and len(line) < 1000
    )


def _find_time(title: str) -> tuple[str, int] | None:
    """The title without its time, and the time in milliseconds."""
    match = _TIME.search(title)
    if match is None:
        return None
    clock = next(group for group in match.groups() if group)
    start_ms = read_clock(clock.replace(".", ":"))
    if start_ms is None:
        return None
    return f"{title[: match.start()]} {title[match.end() :]}".strip(" \t–—-"), start_ms


@dataclass(slots=True)
class _State:
    preamble: bool
    awaits_transcript: bool
    titled: bool = False
    spoken: bool = False
    speaker: str | None = None
    start_ms: int | None = None
    begins_turn: bool = False


def read(document: Document) -> Iterator[Item]:
    """One cue a paragraph; the first after a timed heading has its time, the others none."""
    has_transcript = any(
        _HEADING_LINE.match(line) and line.strip(" #*_:\t").lower() in _TRANSCRIPT for line in document.lines
    )
    state = _State(preamble=has_transcript, awaits_transcript=has_transcript)
    for block in read_blocks(document.text):
        if block.kind == "heading":
            yield from _read_heading(state, block)
        elif block.kind == "paragraph":
            yield from _read_paragraph(state, block)
        else:
            yield set_aside_block(block)


def _read_heading(state: _State, block: Block) -> Iterator[Item]:
    text, aside = read_inline(block.text, block.offset)
    title, start_ms = _find_time(" ".join(text.split())) or (" ".join(text.split()), None)
    name = title.lower().strip(" :*")
    yield from aside
    if name in _TRANSCRIPT:
        state.preamble = state.awaits_transcript = False
        yield SetAside("note", title, offset=block.offset)
    elif name in _PREAMBLE and not state.spoken:
        # "Video (1:35:06)" tells how long the recording is, not where something begins in it.
        state.preamble = True
        yield SetAside("note", title, offset=block.offset)
        if start_ms:
            yield Details(duration_ms=start_ms)
    elif start_ms is None and not state.spoken and (state.awaits_transcript or not state.titled):
        yield SetAside("note", title, offset=block.offset) if state.titled else Details(title=title)
        state.titled = True
    else:
        state.preamble, state.start_ms, state.titled = False, start_ms, True
        yield Heading(title, start_ms)


def _read_paragraph(state: _State, block: Block) -> Iterator[Item]:
    text, offset = block.text, block.offset
    label = None if state.preamble else BOLD_LABEL.match(text)
    if label:
        state.speaker, state.begins_turn = read_inline(label[2], offset)[0] or None, True
        text, offset = text[label.end() :], offset + label.end()
    words, aside = read_inline(text, offset)
    if words and state.preamble:
        yield SetAside("note", words, offset=offset)
    elif words:
        yield Cue(state.start_ms, None, words, state.speaker, None, state.begins_turn, offset)
        state.start_ms, state.begins_turn, state.spoken = None, False, True
    yield from aside


FORMAT = Format(
    name="heading-markdown",
    title="Markdown with times in its headings",
    precision="heading",
    looks_like=looks_like,
    read=read,
    labels=True,
)
