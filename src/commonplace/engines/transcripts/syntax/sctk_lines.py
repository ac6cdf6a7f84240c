"""What the line formats of NIST's scoring toolkit (SCTK, ``stm`` and ``ctm``) have in common."""

from __future__ import annotations

from collections.abc import Iterator
from re import Match, Pattern

from ..document import Document
from ..items import SetAside
from .lines import walk_filled_lines

__all__ = ["mostly_match", "read_lines"]

_COMMENT = ";;"


def mostly_match(document: Document, line_pattern: Pattern[str]) -> bool:
    """Whether the first line that is no comment fits, and four of five do."""
    lines = [line for line in document.lines if line.strip() and not line.lstrip().startswith(_COMMENT)]
    fits = [line_pattern.fullmatch(line) is not None for line in lines]
    return bool(fits) and fits[0] and sum(fits) * 5 >= len(fits) * 4


def read_lines(document: Document, line_pattern: Pattern[str], expected: str) -> Iterator[Match[str] | SetAside]:
    """The matches of the lines with their offsets, and the comments.

    Raises `MalformedCaptions` for a line that does not fit, and where the first field names a second recording.
    """
    recording: str | None = None
    for line, offset in walk_filled_lines(document.text):
        if line.startswith(_COMMENT):
            yield SetAside("note", line.removeprefix(_COMMENT).strip(), offset=offset)
            continue
        match = line_pattern.fullmatch(document.text, offset, offset + len(line))
        if match is None:
            raise document.malformed("this line has other fields", offset, expected)
        if recording is not None and match[1] != recording:
            raise document.malformed(
                f"a second recording, {match[1]!r}, begins here",
                match.start(1),
                f"one recording a file; the lines before are of {recording!r}",
                "Split the file by its first field.",
            )
        recording = match[1]
        yield match
