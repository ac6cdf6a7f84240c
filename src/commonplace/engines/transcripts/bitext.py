"""Two transcripts of one talk side by side: which paragraphs of one are said in which of the other."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from .model import Transcript
from .paragraphs import SENTENCE_END, find_bounds, split_paragraphs

__all__ = ["align_paragraphs", "split_paragraphs_beside"]

_FARTHEST_MS = 15_000
"""How far from a paragraph of the other transcript one may begin that is meant to stand beside it."""

_SENTENCE_MS = 5_000
"""How much farther the beginning of a sentence may be than that of any other word."""


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


def split_paragraphs_beside(transcript: Transcript, starts_ms: Iterable[int | None]) -> Transcript:
    """The transcript in paragraphs that begin with those of another one, which begin at these milliseconds.

    Each begins with the nearest word, or with a sentence that is hardly farther; where no word is near, none does. A
    turn, a chapter and a loop begin one too. Where either has no times, it is split as if it stood alone. Takes the
    time of a search for each paragraph.
    """
    words = transcript.words
    wanted = sorted({start for start in starts_ms if start is not None})
    latest = list(accumulate(words.starts_ms, max))
    if not wanted or not latest or latest[-1] < 0:
        return split_paragraphs(transcript)
    begins = find_bounds(transcript) - {len(words)}
    for start in wanted:
        near = range(bisect_left(latest, start - _FARTHEST_MS), bisect_left(latest, start + _FARTHEST_MS + 1))
        if near:
            begins.add(min(near, key=lambda word: (_judge(transcript, word, start), word)))
    return replace(transcript, paragraphs=tuple(sorted(begins)))


def _judge(transcript: Transcript, word: int, start: int) -> int:
    """How far from this time a paragraph would begin with this word; less for the first word of a sentence."""
    is_first = word == 0 or transcript.words.texts[word - 1].endswith(SENTENCE_END)
    return abs(transcript.words.starts_ms[word] - start) - (_SENTENCE_MS if is_first else 0)


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
