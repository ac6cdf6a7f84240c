"""The lines of a text, one by one, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["find_lines"]

_LINE = re.compile(r"\S[^\n]*")  # begins with what is no space: [^\n]*\S would be quadratic in a line of spaces


def find_lines(text: str) -> Iterator[tuple[int, str]]:
    """Offset and text of each line that is not blank, from its first character that is no space. Linear time."""
    for match in _LINE.finditer(text):
        yield match.start(), match.group()
