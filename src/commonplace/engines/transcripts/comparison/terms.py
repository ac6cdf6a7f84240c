"""Whether the words that matter were heard: errors on the terms of a lexicon.

A term of several words counts as one. Term error rate: terms missed, wrong or said where nobody said them, for each
term of the reference, as in the slot error rate of Makhoul et al. (Performance measures for information extraction,
1999).
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from ..lexicon import Lexicon
from .alignment import Step

__all__ = ["Slot", "TermCounts", "TermErrors", "TermIndex", "compare_terms"]


_REACH = 5
"""Tokens beside the place of a term in which it may stand instead."""

_LEAST_LIKENESS = 0.5
"""``dask`` and ``desk`` share three letters of four; below a half, two words are like any two words."""


class Slot(NamedTuple):
    """Tokens ``first`` up to but without ``stop`` are the term with this canonical form."""

    canonical: str
    first: int
    stop: int


@dataclass(slots=True)
class TermCounts:
    """What became of one term: said ``right``, ``wrong`` (something else was written), ``missed``, or ``spurious``.

    ``heard`` counts what was written instead, as it was written: material for the lexicon's aliases.
    """

    right: int = 0
    wrong: int = 0
    missed: int = 0
    spurious: int = 0
    heard: Counter[str] = field(default_factory=Counter)

    @property
    def reference(self) -> int:
        """How often the term stands in the reference."""
        return self.right + self.wrong + self.missed

    @property
    def errors(self) -> int:
        """Terms wrong, missed or spurious."""
        return self.wrong + self.missed + self.spurious


@dataclass(frozen=True, slots=True)
class TermErrors:
    """What became of each term that one of the two sides has, and of the terms of each segment of the reference."""

    by_term: dict[str, TermCounts]
    segment_errors: tuple[int, ...]
    segment_totals: tuple[int, ...]


class TermIndex:
    """The terms of a lexicon, found in tokens; where several begin at a token, the longest."""

    def __init__(self, lexicon: Lexicon, tokenise: Callable[[Sequence[str]], Sequence[str]]) -> None:
        self._by_tokens: dict[tuple[str, ...], str] = {}
        for entry in lexicon:
            tokens = tuple(tokenise(entry.canonical.split()))
            if tokens:
                self._by_tokens.setdefault(tokens, entry.canonical)
        self._lengths: dict[str, set[int]] = {}
        for tokens in self._by_tokens:
            self._lengths.setdefault(tokens[0], set()).add(len(tokens))

    def find_terms(self, tokens: Sequence[str]) -> Iterator[Slot]:
        """The terms in order, none over another. Linear in the tokens, times the lengths of terms."""
        place = 0
        while place < len(tokens):
            for length in sorted(self._lengths.get(tokens[place], ()), reverse=True):
                term = tuple(tokens[place : place + length])
                if len(term) == length and term in self._by_tokens:
                    yield Slot(self._by_tokens[term], place, place + length)
                    place += length
                    break
            else:
                place += 1


def compare_terms(
    reference: Sequence[Slot],
    hypothesis: Sequence[Slot],
    steps: Sequence[Step],
    *,
    texts: tuple[Sequence[str], Sequence[str]],
    stops: Sequence[int],
    write: Callable[[int, int], str],
) -> TermErrors:
    """What became of each term.

    A term is right where the hypothesis has the same term over the same tokens of the alignment. ``texts`` are
    the tokens of both sides, ``stops`` the ends of the reference's segments, ``write`` gives the words of a range of
    hypothesis tokens. Linear time.
    """
    by_term: dict[str, TermCounts] = {}
    errors, totals = [0] * len(stops), [0] * len(stops)
    unpaired = {(slot.first, slot.stop): slot.canonical for slot in hypothesis}
    taken: list[range] = []
    for slot, place in zip(reference, _place_slots(reference, steps, texts[0], texts[1]), strict=True):
        counts = by_term.setdefault(slot.canonical, TermCounts())
        segment = bisect_right(stops, slot.first)
        totals[segment] += 1
        if place and unpaired.get((place.start, place.stop)) == slot.canonical:
            del unpaired[place.start, place.stop]
            counts.right += 1
            continue
        errors[segment] += 1
        if place:
            counts.wrong += 1
            counts.heard[write(place.start, place.stop)] += 1
            taken.append(place)
        else:
            counts.missed += 1
    for slot in _leave_out(unpaired, sorted(taken, key=lambda place: place.stop)):
        by_term.setdefault(slot.canonical, TermCounts()).spurious += 1
        errors[_find_segment(slot.first, steps, stops)] += 1
    return TermErrors(by_term, tuple(errors), tuple(totals))


def _place_slots(
    slots: Sequence[Slot], steps: Sequence[Step], reference: Sequence[str], hypothesis: Sequence[str]
) -> Iterator[range]:
    """The hypothesis tokens that stand for each slot; empty where it was deleted.

    The alignment pairs words by their number, not by their sound: ``dask dataframes`` heard as ``das data frames``. So
    where a stretch around the slot is wrong, the words of it that look most like the term are taken, if any do.
    """
    index = 0
    for slot in slots:
        while steps[index].stop <= slot.first:
            index += 1
        last = index
        while last + 1 < len(steps) and steps[last + 1].first < slot.stop:
            last += 1
        start = steps[_widen(steps, index, -1)].hypothesis_first
        stop = steps[_widen(steps, last, 1)].hypothesis_stop
        mapped = range(_map_token(steps[index], slot.first), _map_token(steps[last], slot.stop))
        if steps[index].kind == steps[last].kind == "equal":
            yield mapped
        else:
            near = range(max(start, mapped.start - _REACH), min(stop, mapped.stop + _REACH))
            yield _find_likeliest(hypothesis, near, "".join(reference[slot.first : slot.stop])) or mapped


def _find_likeliest(tokens: Sequence[str], near: range, term: str) -> range | None:
    """The words in this range that look most like the term, spaces apart; None where none look like it."""
    spans = [range(a, b) for a in near for b in range(a + 1, min(a + 4, near.stop) + 1)]
    likeness = {
        span: Levenshtein.normalized_similarity("".join(tokens[span.start : span.stop]), term) for span in spans
    }
    best = max(spans, key=likeness.__getitem__, default=None)
    return best if best and likeness[best] >= _LEAST_LIKENESS else None


def _widen(steps: Sequence[Step], index: int, direction: int) -> int:
    """The farthest step in this direction up to which nothing agrees."""
    while steps[index].kind != "equal" and 0 <= index + direction < len(steps):
        if steps[index + direction].kind == "equal":
            break
        index += direction
    return index


def _map_token(step: Step, token: int) -> int:
    """Where a place in the reference, inside this step, lies in the hypothesis."""
    return min(step.hypothesis_first + token - step.first, step.hypothesis_stop)


def _leave_out(unpaired: dict[tuple[int, int], str], taken: Sequence[range]) -> Iterator[Slot]:
    """The terms of the hypothesis that stand for no term of the reference; ``taken`` is in order of the ends."""
    stops = [place.stop for place in taken]
    for (first, stop), canonical in unpaired.items():
        index = bisect_right(stops, first)
        if index == len(taken) or taken[index].start >= stop:
            yield Slot(canonical, first, stop)


def _find_segment(token: int, steps: Sequence[Step], stops: Sequence[int]) -> int:
    """The segment of the reference that a hypothesis token stands in."""
    index = bisect_right(steps, token, key=lambda step: step.hypothesis_stop)
    step = steps[index]
    place = step.first + (token - step.hypothesis_first if step.kind != "insert" else -1)
    return min(bisect_right(stops, place), len(stops) - 1) if place >= 0 else 0
