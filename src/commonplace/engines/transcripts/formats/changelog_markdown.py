r"""Transcripts as Changelog keeps them: Markdown with bold speakers and times in the middle of sentences.

``**Ada Okafor:** Welcome \[04:01\] to the evening.`` Times are ``[h:]mm:ss[.fff]`` in brackets, escaped or not; a
time begins a new cue of the same speaker. ``**Break:**`` parts the show; stage directions stand in italics.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..document import Document
from ..labels import is_name
from ..syntax.markdown_blocks import BOLD_LABEL, read_blocks, read_inline, set_aside_block
from ..syntax.times import CLOCK, read_clock
from .base import Cue, Format, Heading, Item, SetAside

__all__ = ["FORMAT", "looks_like", "read"]

_TIME = re.compile(rf"\\?\[({CLOCK})\\?\](?:\((https?://[^\s()]{{1,500}})\))?")
_STAMPED_LABEL = re.compile(rf"^\s*\*\*[^*\n]{{1,80}}:?\*\*:?.*\\?\[{CLOCK}\\?\]")
_STAMPED_PARAGRAPH = re.compile(rf"\\\[{CLOCK}\\\] ")
_ITALICS = re.compile(r"\s*(\*|_)(?![*_\s])([^*_\n]{1,300})\1\s*")
_SOUND = re.compile(
    r"(?<![*\w])(\*|_)\(?(?:laugh|chuckl|giggl|applau|clap|music|sigh|cough|cheer|crosstalk)[\w ]{0,40}\)?\1(?![*\w])",
    re.IGNORECASE,
)
_BREAKS = frozenset({"break", "jingle", "music", "intermission"})
_LEAST_LABELS_SHARE = 0.25


def looks_like(document: Document) -> bool:
    """Whether bold names open paragraphs.

    A quarter of them, two at least; or a paragraph begins with an escaped time, or a bold label's line holds a time.
    """
    paragraphs = labels = 0
    blank = True
    for line in document.lines:
        if _STAMPED_PARAGRAPH.match(line):
            return True
        if line.startswith("**") and BOLD_LABEL.match(line):
            if _STAMPED_LABEL.match(line[:2000]):
                return True
            labels += is_name(_label_name(line))
        paragraphs += blank and bool(line.strip())
        blank = not line.strip()
    return labels >= 2 and labels >= _LEAST_LABELS_SHARE * paragraphs


def _label_name(line: str) -> str:
    match = BOLD_LABEL.match(line)
    return match[2].replace("\\", "").strip() if match else ""


def read(document: Document) -> Iterator[Item]:
    """One cue from each time, or from the paragraph's start, to the next time or the paragraph's end."""
    speaker: str | None = None
    for block in read_blocks(document.text):
        if block.kind == "heading":
            title, aside = read_inline(block.text, block.offset)
            yield Heading(" ".join(title.split()))
            yield from aside
            continue
        if block.kind != "paragraph":
            yield set_aside_block(block)
            continue
        label = BOLD_LABEL.match(block.text)
        text, offset = block.text, block.offset
        if label:
            speaker = read_inline(label[2], offset)[0] or None
            text, offset = text[label.end() :], offset + label.end()
        if speaker is not None and speaker.lower() in _BREAKS:
            yield from _read_break(speaker, text, offset)
            speaker = None
        elif directed := _ITALICS.fullmatch(text):
            yield SetAside("direction", directed[2], offset=offset)
        else:
            yield from _read_speech(text, offset, speaker, begins_turn=label is not None)


def _read_break(name: str, text: str, offset: int) -> Iterator[Item]:
    time = _TIME.search(text)
    yield SetAside("note", name, read_clock(time[1]) if time else None, offset)
    words, aside = read_inline(_TIME.sub(" ", text), offset)
    if words:
        yield SetAside("note", words, offset=offset)
    yield from aside


def _read_speech(text: str, offset: int, speaker: str | None, *, begins_turn: bool) -> Iterator[Item]:
    place, start_ms = 0, None
    for time in [*_TIME.finditer(text), None]:
        stretch = text[place : time.start() if time else None]
        for sound in _SOUND.finditer(stretch):
            yield SetAside("direction", sound.group().strip("*_()"), start_ms, offset + place + sound.start())
        words, aside = read_inline(_SOUND.sub(" ", stretch), offset + place)
        if words:
            yield Cue(start_ms, None, words, speaker, None, begins_turn, offset + place)
            begins_turn = False
        yield from aside
        if time:
            place, start_ms = time.end(), read_clock(time[1])
            if time[2]:
                yield SetAside("markup", time[2], offset=offset + time.start())


FORMAT = Format(
    name="changelog-markdown", title="Changelog's Markdown", precision="turn", looks_like=looks_like, read=read
)
