"""Two transcripts of one talk side by side: which paragraphs of one are said in which of the other."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate, pairwise

__all__ = ["align_paragraphs"]


def align_paragraphs(left: Sequence[int | None], right: Sequence[int | None]) -> tuple[tuple[range, range], ...]:
    """The rows in which two transcripts stand side by side: the indices of the paragraphs of each.

    ``left`` and ``right`` are the milliseconds at which their paragraphs begin, None where that is not known. A row
    begins where a paragraph of each begins at about the same time: each the nearest to the other. Where one transcript
    has no times at all, their order stands in for them. Every paragraph is in one row, and in its order; both sides of
    a row are filled wherever both transcripts have paragraphs. Takes the time of a search for each paragraph.

    >>> align_paragraphs([0, 30_000, 61_000], [200, 60_000])
    ((range(0, 2), range(0, 1)), (range(2, 3), range(1, 2)))
    """
    if not left and not right:
        return ()
    if all(time is None for time in left) or all(time is None for time in right):
        left, right = _number(left), _number(right)
    cuts = [(0, 0)]
    for mine, other in _find_nearest(left, right):
        if mine > cuts[-1][0] and other > cuts[-1][1]:
            cuts.append((mine, other))
    cuts.append((len(left), len(right)))
    return tuple((range(i, k), range(j, m)) for (i, j), (k, m) in pairwise(cuts))


def _number(paragraphs: Sequence[object]) -> list[int]:
    """How far into the transcript each of them is, in billionths."""
    return [10**9 * number // len(paragraphs) for number in range(len(paragraphs))]


def _find_nearest(left: Sequence[int | None], right: Sequence[int | None]) -> list[tuple[int, int]]:
    """The pairs of indices of which each is the nearest to the other; of equally near ones, the first is meant.

    They rise on both sides: were two of them crossed, one of the four would be nearer to its other partner.
    """
    mine, others = _keep_known(left), _keep_known(right)
    if not mine or not others:
        return []
    there = [_nearest(time, others) for time, _ in mine]
    back = [_nearest(time, mine) for time, _ in others]
    return [(mine[here][1], others[other][1]) for here, other in enumerate(there) if back[other] == here]


def _keep_known(times: Sequence[int | None]) -> list[tuple[int, int]]:
    """The known times, none before the one before it, each with its index."""
    known = [(time, index) for index, time in enumerate(times) if time is not None]
    latest = accumulate((time for time, _ in known), max)
    return [(time, index) for time, (_, index) in zip(latest, known, strict=True)]


def _nearest(time: int, known: list[tuple[int, int]]) -> int:
    after = bisect_left(known, (time, -1))
    candidates = [place for place in (after - 1, after) if 0 <= place < len(known)]
    return min(candidates, key=lambda place: (abs(known[place][0] - time), place))
