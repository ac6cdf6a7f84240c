"""Captions that roll: each line is shown again, above the next one.

YouTube's automatic captions show the line being spoken below the line before it, and between two such cues a cue of
about 10 ms that holds only the finished line. Whoever reads the cues as they stand has every line two or three times.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .items import Cue

__all__ = ["HOLD_MS", "RollingLines", "is_rolling", "split_rows"]

_LONGEST_ROW = 1_000

HOLD_MS = 50
"""A cue this short holds a finished line on show; YouTube's last 10 ms, converters round them up."""


def split_rows(text: str) -> list[str]:
    """The rows of a cue on the screen; the line feed that ends the last one begins no other."""
    return text.removesuffix("\n").split("\n")


def _join_words(row: str) -> str:
    """The row with single spaces; one too long for any screen rolls no further than itself and is spared the work."""
    return " ".join(row.split()) if len(row) <= _LONGEST_ROW else row


class RollingLines:
    """Tells the lines a rolling caption shows again from what is new, remembering the last line alone.

    A line is shown again when it stands in the first row and equals the last line of the cue before, or when it stands
    in a hold cue and equals that line; two cues in a row never hold. A repeat in the second row, or of words that
    people say twice, is new.
    """

    def __init__(self) -> None:
        self.last_line: str | None = None
        self.held = False

    def find_new(self, rows: Sequence[str], start_ms: int | None, end_ms: int | None) -> list[int]:
        """The rows of the next cue that are new; blank rows are neither new nor carried."""
        short = start_ms is not None and end_ms is not None and end_ms - start_ms <= HOLD_MS
        holds, self.held = short and not self.held, short
        shown = [(number, line) for number, row in enumerate(rows) if (line := _join_words(row))]
        new = []
        for number, line in shown:
            first = number == shown[0][0] and (holds or (number == 0 and len(rows) > 1))
            if not (first and line == self.last_line):
                new.append(number)
        if shown:
            self.last_line = shown[-1][1]
        return new


def is_rolling(cues: Iterable[Cue]) -> bool:
    """Whether these first cues of a file roll: at least a quarter of them show a line again, and at least two."""
    lines = RollingLines()
    carrying = shown = 0
    for cue in cues:
        rows = split_rows(cue.text)
        new = lines.find_new(rows, cue.start_ms, cue.end_ms)
        carrying += len(new) < sum(bool(row.strip()) for row in rows)
        shown += 1
    return carrying > 1 and carrying * 4 >= shown
