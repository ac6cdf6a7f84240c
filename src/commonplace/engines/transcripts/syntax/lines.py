"""The lines of a text one at a time, so that a file of 200 MB is never held twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["Line", "walk_lines"]


class Line(NamedTuple):
    """A line without its line feed, and the place of its first character in the text."""

    text: str
    offset: int


def walk_lines(text: str, start: int = 0) -> Iterator[Line]:
    """The lines of the text from this character on; the empty line after a last line feed is left out."""
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield Line(text[start:end], start)
        start = end + 1
