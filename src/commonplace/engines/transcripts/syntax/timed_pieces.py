"""Pieces of text with times, made into a cue's text and its timed words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ..items import TimedWord

__all__ = ["Piece", "join_pieces"]


class Piece(NamedTuple):
    """Text as it stands in the file, spaces included, and the milliseconds at which it begins and ends."""

    text: str
    start_ms: int | None = None
    end_ms: int | None = None


def join_pieces(pieces: Iterable[Piece]) -> tuple[str, tuple[TimedWord, ...] | None]:
    """The text of the pieces, and their words; None for the words where no piece has a time.

    A piece of several words times its first word's start and its last word's end. Pieces without white space between
    them belong to one word, which has the start of the first and the end of the last of them.
    """
    words: list[TimedWord] = []
    texts: list[str] = []
    timed = glued = False
    for text, start_ms, end_ms in pieces:
        texts.append(text)
        parts = text.split()
        if not parts:
            glued = glued and not text
            continue
        timed = timed or start_ms is not None
        last = len(parts) - 1
        for number, part in enumerate(parts):
            start, end = (start_ms if number == 0 else None), (end_ms if number == last else None)
            if number == 0 and glued and not text[0].isspace():
                before = words.pop()
                words.append(
                    TimedWord(
                        before.text + part, start if before.start_ms is None else before.start_ms, end or before.end_ms
                    )
                )
            else:
                words.append(TimedWord(part, start, end))
        glued = not text[-1].isspace()
    return "".join(texts).strip(), tuple(words) if timed else None
