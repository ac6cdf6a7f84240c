"""The lines of a text one at a time, so that a file of 200 MB is never held twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["Line", "walk_filled_lines", "walk_lines"]

_FILLED = re.compile(r"\S[^\n]*")  # begins with what is no space: [^\n]*\S would be quadratic in a line of spaces


class Line(NamedTuple):
    """A line without its line feed, and the place of its first character in the text."""

    text: str
    offset: int


def walk_lines(text: str) -> Iterator[Line]:
    """The lines of the text; the empty line after a last line feed is left out."""
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield Line(text[start:end], start)
        start = end + 1


def walk_filled_lines(text: str) -> Iterator[Line]:
    """The lines that are not blank, each from its first character that is no space. Linear time."""
    for match in _FILLED.finditer(text):
        yield Line(match.group(), match.start())
