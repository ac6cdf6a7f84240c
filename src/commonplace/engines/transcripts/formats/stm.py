"""Segment time marks (STM) of NIST's SCTK: recording, channel, speaker, start, end, an optional label, text.

``talk 1 Ann 0.1 1.2 <o,f0,female> hello``; ``;;`` begins a comment; ``inter_segment_gap`` lines are not scored; in
``{ um / uh / @ }`` any alternative counts (sclite's manual), of which we keep the first. Fillers such as ``{BREATH}``
and ``<unk>`` are no words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..document import Document
from ..syntax.sctk_lines import mostly_match, read_lines
from ..syntax.times import SECONDS, read_seconds
from .base import Cue, Format, Item, SetAside

__all__ = ["FORMAT"]

_LINE = re.compile(rf"\s*(\S+)\s+(\S+)\s+(\S+)\s+({SECONDS})\s+({SECONDS})(?:\s+<[^<>\s]*,[^<>\s]*>)?(?:\s+(.*))?")
_EXPECTED = "recording, channel, speaker, start and end in seconds, text, with spaces between"
_NOT_SCORED = frozenset({"inter_segment_gap", "ignore_time_segment_in_scoring"})
_MARKED = re.compile(r"\{([^{}]+)\}|(?:^|(?<=\s))<[^<>\s]+>(?=\s|$)")
_NULL_WORD = "@"


def looks_like(document: Document) -> bool:
    """Whether the lines have three names and two times."""
    return not document.starts_like_json and mostly_match(document, _LINE)


def read(document: Document) -> Iterator[Item]:
    """A cue for each segment; gaps, comments and fillers are set aside."""
    for line in read_lines(document, _LINE, _EXPECTED):
        if isinstance(line, SetAside):
            yield line
            continue
        _, _, speaker, start, end, text = line.groups()
        start_ms = read_seconds(start)
        text = (text or "").strip()
        if speaker in _NOT_SCORED or text in _NOT_SCORED:
            yield SetAside("note", text, start_ms, line.start())
            continue
        for match in _MARKED.finditer(text):
            yield from _set_aside(match, start_ms, line.start())
        text = _MARKED.sub(_keep_first, text)
        if text.strip():
            yield Cue(start_ms, read_seconds(end), text, speaker=speaker, offset=line.start())


def _keep_first(match: re.Match[str]) -> str:
    """The first alternative, or nothing for a filler and for ``@``, the word that is not there."""
    first, *others = (match[1] or "").split("/")
    return first if (others or " " in first) and first.strip() != _NULL_WORD else ""


def _set_aside(match: re.Match[str], start_ms: int | None, offset: int) -> Iterator[SetAside]:
    """The filler, or the alternatives that are not kept."""
    first, *others = (match[1] or "").split("/")
    if not others and " " not in first:
        yield SetAside("direction", match.group(), start_ms, offset)
    for alternative in others:
        if alternative.strip() != _NULL_WORD:
            yield SetAside("note", alternative.strip(), start_ms, offset)


FORMAT = Format(
    name="stm",
    title="Segment time marks (stm)",
    precision="cue",
    looks_like=looks_like,
    read=read,
)
