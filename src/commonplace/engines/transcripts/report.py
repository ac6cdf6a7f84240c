"""What a read found and what became of every word."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .model import Loop, Precision

__all__ = ["ReadReport"]


@dataclass(kw_only=True)
class ReadReport:
    """The account of one read.

    ``words_in == words_out + duplicates_collapsed + words_set_aside`` always holds. words_in counts what comes in:
    every white-space separated token of the text the captions hold, timing and markup apart; the other three count
    what became of it (a masked ``[ __ ]`` is one word and two marks).

    * ``duplicates_collapsed``: words of lines that a rolling caption shows again.
    * ``set_aside``: words that are no speech, by kind: direction, mark, label, heading, note, markup, damage.
    * ``directions_set_aside``: how many directions (``[Music]``) there were; ``directions`` lists the first 1,000.
    * ``times_interpolated``: words whose start was reckoned from the times around them.
    * ``cues_reordered``: cues that came too late in the file; ``times_mended``: negative, backward or absurd times.
    * ``loops``: stretches that a recogniser most likely wrote on silence; they are kept, and marked.
    * ``notes``: sentences for the person who gave the file.
    """

    format: str
    encoding: str
    precision: Precision = "none"
    cues: int = 0
    words_in: int = 0
    words_out: int = 0
    duplicates_collapsed: int = 0
    words_set_aside: int = 0
    set_aside: dict[str, int] = field(default_factory=dict)
    directions_set_aside: int = 0
    directions: list[dict[str, Any]] = field(default_factory=list)
    times_interpolated: int = 0
    cues_reordered: int = 0
    times_mended: int = 0
    loops: list[Loop] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """The report as a JSON object."""
        values = dict(self.__dict__)
        values["loops"] = [
            {"first_word": loop.first_word, "last_word": loop.last_word, "repeats": loop.repeats} for loop in self.loops
        ]
        return values
