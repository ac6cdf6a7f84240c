"""Where an excerpt lies in a longer text, or two excerpts overlap: decided before anything is counted.

Runs of words that stand once in each text are chained (Li, Minimap2, Bioinformatics 2018, section 2.1); what lies
before and after the chain is then given the end that fits best (Sellers 1980, with Myers' bit vectors, JACM 1999).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple, TypeAlias, get_args

__all__ = ["ENDS", "LEAST_CUT", "Ends", "Overlap", "find_overlap", "measure_prefixes"]

Ends: TypeAlias = Literal["auto", "overlap", "whole"]
"""What becomes of words at the ends of a text that the other text does not have."""

ENDS: tuple[Ends, ...] = get_args(Ends)

LEAST_CUT = 10
"""Tokens at an end, some four seconds of talk: fewer are errors, not another excerpt."""

_ANCHOR = 3
"""Tokens in a row that stand once in each text."""

_SHIFT_COST = 0.25
"""Tokens that the chain must gain for each token by which it leaves its diagonal."""

_LOOKBACK = 64
"""Runs before a run that it may continue, as many as a chain needs to pass over coincidences."""

_LEAST_SHARE = 0.02
"""Of the shorter text, what the chain must hold: two talks share some phrases, and these are no overlap."""


class Overlap(NamedTuple):
    """What is compared: from ``first`` up to but without ``stop`` in the reference, likewise in the hypothesis."""

    first: int
    stop: int
    hypothesis_first: int
    hypothesis_stop: int


class _Run(NamedTuple):
    reference: int
    hypothesis: int
    length: int


def find_overlap(reference: Sequence[str], hypothesis: Sequence[str], *, ends: Ends = "auto") -> Overlap:
    """The parts of two texts that say the same.

    The hypothesis is cut where it runs on for `LEAST_CUT` tokens or more beyond the reference. The reference is cut
    likewise with ``overlap``; with ``auto`` only where the hypothesis runs on beyond its other end, which shows that
    they are different excerpts and that nothing was lost; with ``whole`` nothing is cut at all. Texts that have next to
    nothing in common are compared whole. About linear time: 10,000 tokens take a tenth of a
    second.
    """
    whole = Overlap(0, len(reference), 0, len(hypothesis))
    chain = _chain_runs(_find_runs(reference, hypothesis)) if ends != "whole" else []
    if sum(run.length for run in chain) <= _LEAST_SHARE * min(len(reference), len(hypothesis)):
        return whole
    first, last = chain[0], chain[-1]
    head = _cut_end(reference[: first.reference][::-1], hypothesis[: first.hypothesis][::-1])
    tail = _cut_end(reference[last.reference + last.length :], hypothesis[last.hypothesis + last.length :])
    # A hypothesis that begins after the reference and runs on beyond its end is another excerpt of the same talk.
    keeps_head = ends == "auto" and not tail[1]
    keeps_tail = ends == "auto" and not head[1]
    return Overlap(
        0 if keeps_head else head[0],
        len(reference) - (0 if keeps_tail else tail[0]),
        head[1],
        len(hypothesis) - tail[1],
    )


def _find_runs(reference: Sequence[str], hypothesis: Sequence[str]) -> list[_Run]:
    """The longest runs of anchors: words in a row that stand once in each text, in the order of the reference."""
    there = _place_anchors(hypothesis)
    runs: list[_Run] = []
    for anchor, place in _place_anchors(reference).items():
        other = there.get(anchor)
        if other is None:
            continue
        last = runs[-1] if runs else None
        if last and place - last.reference == other - last.hypothesis <= last.length:
            runs[-1] = last._replace(length=place - last.reference + _ANCHOR)
        else:
            runs.append(_Run(place, other, _ANCHOR))
    return runs


def _place_anchors(tokens: Sequence[str]) -> dict[tuple[str, ...], int]:
    """Where each run of three tokens stands that stands once, in order."""
    places: dict[tuple[str, ...], int] = {}
    repeated = set()
    for place in range(len(tokens) - _ANCHOR + 1):
        anchor = tuple(tokens[place : place + _ANCHOR])
        if anchor in places:
            repeated.add(anchor)
        else:
            places[anchor] = place
    return {anchor: place for anchor, place in places.items() if anchor not in repeated}


def _chain_runs(runs: Sequence[_Run]) -> list[_Run]:
    """The runs that follow each other in both texts and together hold the most tokens, less the cost of shifts."""
    scores: list[float] = []
    before: list[int] = []
    for index, run in enumerate(runs):
        score, predecessor = float(run.length), -1
        for earlier in range(max(0, index - _LOOKBACK), index):
            other = runs[earlier]
            if run.hypothesis < other.hypothesis + other.length or run.reference < other.reference + other.length:
                continue
            shift = abs((run.hypothesis - run.reference) - (other.hypothesis - other.reference))
            if scores[earlier] + run.length - _SHIFT_COST * shift > score:
                score, predecessor = scores[earlier] + run.length - _SHIFT_COST * shift, earlier
        scores.append(score)
        before.append(predecessor)
    chain: list[_Run] = []
    index = max(range(len(scores)), key=scores.__getitem__, default=-1)
    while index >= 0:
        chain.append(runs[index])
        index = before[index]
    return chain[::-1]


def _cut_end(reference: Sequence[str], hypothesis: Sequence[str]) -> tuple[int, int]:
    """How many tokens to cut off the far end of what lies beyond the chain: of the reference, of the hypothesis.

    The longer of the two keeps the beginning that fits the whole of the other one best.
    """
    shorter, longer = sorted((reference, hypothesis), key=len)
    reach = longer[: 2 * len(shorter) + LEAST_CUT]
    distances = measure_prefixes(shorter, reach)
    kept = distances.index(min(distances))
    cut = len(longer) - kept if len(longer) - kept >= LEAST_CUT else 0
    return (cut, 0) if longer is reference else (0, cut)


def measure_prefixes(pattern: Sequence[str], text: Sequence[str]) -> list[int]:
    """The edit distance of the whole pattern to each beginning of the text, from the empty one on.

    Source: Myers (1999) as Hyyrö (2003) has it for a fixed beginning; one Python integer holds a column, so that 1,000
    tokens against 1,000 take a millisecond.
    """
    distances = [len(pattern)]
    if not pattern:
        return list(range(len(text) + 1))
    places: dict[str, int] = {}
    for index, token in enumerate(pattern):
        places[token] = places.get(token, 0) | 1 << index
    every, last = (1 << len(pattern)) - 1, 1 << len(pattern) - 1
    rises, falls = every, 0
    for token in text:
        equal = places.get(token, 0)
        diagonal = (((equal & rises) + rises) ^ rises) | equal | falls
        rises_across = falls | ~(diagonal | rises) & every
        falls_across = rises & diagonal
        distances.append(distances[-1] + bool(rises_across & last) - bool(falls_across & last))
        rises_across = (rises_across << 1 | 1) & every
        falls_across = falls_across << 1 & every
        rises = falls_across | ~(diagonal | rises_across) & every
        falls = rises_across & diagonal
    return distances
