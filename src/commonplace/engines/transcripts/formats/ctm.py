"""Time-marked conversations (CTM) of NIST's SCTK: a word a line, with its start and its duration, not its end.

``talk 1 0.10 0.30 hello 0.98``: recording, channel, start, duration, word, and perhaps confidence, type and speaker.
``;;`` begins a comment. Between ``<ALT_BEGIN>``, ``<ALT>`` and ``<ALT_END>``, whose times are ``*``, stand words of
which any alternative counts; we keep the first. ``@`` is the word that is not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..document import Document
from ..syntax.sctk_lines import mostly_match, read_lines
from ..syntax.times import SECONDS, read_seconds
from .base import Cue, Format, Item, SetAside, TimedWord

__all__ = ["FORMAT"]

_LINE = re.compile(
    rf"\s*(\S+)\s+(\S+)\s+(?:({SECONDS})\s+({SECONDS})\s+(\S+)|\*\s+\*\s+<(ALT_BEGIN|ALT|ALT_END)>)"
    rf"(?:\s+(?:{SECONDS}|[Nn][Aa]n|NA)(?:\s+(\S+)(?:\s+(\S+))?)?)?\s*",
)
_EXPECTED = "recording, channel, start, duration in seconds, word and perhaps its confidence, with spaces between"
_NULL_WORD = "@"
_NO_WORD_TYPES = frozenset({"non-lex", "noscore"})
_NO_SPEAKER = frozenset({"unknown", "<NA>", "NA", "null"})


def looks_like(document: Document) -> bool:
    """Whether the lines have two names, two numbers, a word and nothing else but a confidence."""
    return not document.starts_like_json and mostly_match(document, _LINE)


def read(document: Document) -> Iterator[Item]:
    """A cue for each word; comments, second alternatives and sounds are set aside."""
    alternative = 0
    for line in read_lines(document, _LINE, _EXPECTED):
        if isinstance(line, SetAside):
            yield line
            continue
        _, _, start, duration, word, mark, kind, speaker = line.groups()
        if mark is not None:
            alternative = {"ALT_BEGIN": 1, "ALT": alternative + 1, "ALT_END": 0}[mark]
            continue
        start_ms = read_seconds(start)
        if word == _NULL_WORD:
            continue
        if alternative > 1:
            yield SetAside("note", word, start_ms, line.start())
        elif kind in _NO_WORD_TYPES or (word[0] + word[-1] == "<>"):
            yield SetAside("direction", word, start_ms, line.start())
        else:
            length = read_seconds(duration)
            end_ms = None if start_ms is None or length is None else start_ms + length
            name = None if speaker in _NO_SPEAKER else speaker
            words = (TimedWord(word, start_ms, end_ms),)
            yield Cue(start_ms, end_ms, word, speaker=name, words=words, offset=line.start())


FORMAT = Format(
    name="ctm",
    title="Time-marked conversation (ctm)",
    precision="word",
    looks_like=looks_like,
    read=read,
)
