"""Zoom's text files: older transcripts and the chat.

``00:00:05 Mei Tanaka: hello``, tabs around the name in the chat (``00:00:05⇥Mei Tanaka:⇥hello``), and the chat's
longer form ``00:00:05 From Mei Tanaka to Everyone: hello``, whose message may begin on the next line. Captions that a
participant saves have ``[Mei Tanaka] 18:00:05`` above each turn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..document import Document
from ..labels import split_label
from ..syntax.lines import walk_lines
from ..syntax.times import read_clock
from .base import Cue, Format, Item, SetAside

__all__ = ["FORMAT", "looks_like", "read"]

_TIMED = re.compile(r"[ \t]*(\d{2,3}:\d{2}:\d{2}(?:\.\d{1,3})?)[ \t]+(\S.*)$")
_FROM = re.compile(r"From[ \t]+(\S.{0,80}?)(?:[ \t]+(to[ \t]+[^:]{1,120}?))?[ \t]*:(?=\s|$)[ \t]*(.*)$", re.IGNORECASE)
_SAVED = re.compile(r"[ \t]*\[([^\[\]\n]{1,80})\][ \t]+(\d{2}:\d{2}:\d{2})[ \t]*$")


def looks_like(document: Document) -> bool:
    """Whether the first line has a time of three parts and a speaker, and so have half of the lines with such times.

    Or whether it is the first line of saved captions.
    """
    timed = [match[2] for line in document.lines if (match := _TIMED.match(line))]
    first = next((line for line in document.lines if line.strip()), "")
    if _SAVED.match(first):
        return True
    opening = _TIMED.match(first)
    if opening is None or _speech(opening[2])[0] is None:
        return False
    return sum(_speech(rest)[0] is not None for rest in timed) * 2 >= len(timed)


def _speech(rest: str) -> tuple[str | None, str, str]:
    """Speaker, words, and to whom a message of the chat went."""
    if sent := _FROM.match(rest):
        return sent[1].strip(), sent[3].strip(), (sent[2] or "").strip()
    label = split_label(rest)
    return (label[0], label[1], "") if label else (None, rest.strip(), "")


def read(document: Document) -> Iterator[Item]:
    """One cue a line; a line without a time goes on with the speaker before it."""
    speaker: str | None = None
    start_ms: int | None = None
    for line, offset in walk_lines(document.text):
        words = line.strip()
        if saved := _SAVED.match(line):
            speaker, start_ms, words = saved[1].strip(), read_clock(saved[2]), ""
        elif timed := _TIMED.match(line):
            start_ms = read_clock(timed[1])
            speaker, words, recipient = _speech(timed[2])
            if recipient:
                yield SetAside("note", recipient, start_ms, offset)
        if words:
            yield Cue(start_ms, None, words, speaker, offset=offset)
            start_ms = None


FORMAT = Format(name="zoom-text", title="Zoom (text or chat)", precision="turn", looks_like=looks_like, read=read)
