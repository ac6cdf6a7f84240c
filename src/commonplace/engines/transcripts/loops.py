"""Loops: a phrase that a recogniser writes over and over, most often on silence or music.

They are marked, never deleted: people do say "no no no", and only a listener can tell for certain.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from .model import Loop

__all__ = ["find_loops"]

_LONGEST_PHRASE = 60
_REMEMBERED = 50_000
"""Phrases after which their memory is emptied, so that it stays at some megabytes; loops are local."""


def _least_repeats(period: int) -> int:
    """How often a phrase of so many words must stand in a row to be taken for a loop."""
    return {1: 8, 2: 6, 3: 5, 4: 5}.get(period, 4)


def find_loops(texts: Sequence[str]) -> tuple[Loop, ...]:
    """The loops among these words, in order and without overlap.

    A single word counts from eight times in a row on, two words from six, three and four from five, a longer phrase
    from four. The words are looked at in steps of three: whatever repeats so often repeats a triple at the same step,
    and only there is measured word by word. One dictionary look-up for three words.
    """
    loops: list[Loop] = []
    seen: dict[tuple[str, str, str], int] = {}
    covered = 0
    triples = zip(islice(texts, 0, None, 3), islice(texts, 1, None, 3), islice(texts, 2, None, 3), strict=False)
    for number, triple in enumerate(triples):
        before = seen.get(triple)
        seen[triple] = number
        if before is not None and number - before <= _LONGEST_PHRASE and 3 * before >= covered:
            loop = _measure_loop(texts, 3 * number, 3 * (number - before))
            if loop is not None and (not loops or loop.first_word > loops[-1].last_word):
                loops.append(loop)
                covered = loop.last_word + 1
        if len(seen) > _REMEMBERED:
            seen.clear()
    return tuple(loops)


def _measure_loop(texts: Sequence[str], index: int, distance: int) -> Loop | None:
    """The loop around a word that stood ``distance`` words before too, its phrase the shortest that fits."""
    for period in range(1, min(distance, _LONGEST_PHRASE) + 1):
        if distance % period or texts[index] != texts[index - period]:
            continue
        first = index
        while first > period and texts[first - 1] == texts[first - 1 - period]:
            first -= 1
        stop = index
        while stop < len(texts) and texts[stop] == texts[stop - period]:
            stop += 1
        begin = first - period
        if (stop - begin) // period >= _least_repeats(period):
            return Loop(begin, stop - 1, (stop - begin) // period)
    return None
