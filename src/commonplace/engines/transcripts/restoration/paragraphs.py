"""Paragraphs of restored text: the breaks at ends of sentences that cost least, found by dynamic programming."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["LEAST_WORDS", "MOST_WORDS", "choose_breaks"]

LEAST_WORDS, MOST_WORDS = 60, 120
"""The length of a paragraph that people like to read."""

_FAR = 400
"""Longer than any paragraph that could be the cheapest; a sentence without an end may be longer."""


def choose_breaks(ends: Sequence[int], scores: Sequence[float], *, first: int, stop: int) -> list[int]:
    """The first words of the paragraphs of words ``first`` to ``stop``.

    ``ends`` are the last words of sentences, ascending, the last of them ``stop - 1``; ``scores`` say how likely a
    paragraph ends with each, in any unit of about one. Time linear in the words.
    """
    starts = [first, *(end + 1 for end in ends)]
    best = [0.0] + [float("inf")] * len(ends)
    came = [0] * len(starts)
    low = 0
    for here in range(1, len(starts)):
        while starts[here] - starts[low] > _FAR and low < here - 1:
            low += 1
        for there in range(low, here):
            cost = best[there] + _strain(starts[here] - starts[there]) - scores[here - 1]
            if cost < best[here]:
                best[here], came[here] = cost, there
    breaks, here = [], len(starts) - 1
    while here > 0:
        here = came[here]
        breaks.append(starts[here])
    return breaks[::-1]


def _strain(words: int) -> float:
    """What a paragraph of this length costs: nothing where it is comfortable, ever more outside."""
    if words < LEAST_WORDS:
        return 4 * (1 - words / LEAST_WORDS) + 1
    return float(max(0.0, (words - MOST_WORDS) / 20) ** 1.5)
