"""A hypothesis beside its reference, in the words of both: what agrees and what differs, stretch by stretch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from .alignment import Step
from .normalisation import Tokens, uses_no_spaces

__all__ = ["Piece", "walk_differences"]


class Piece(NamedTuple):
    """Words of the reference and what the hypothesis has in their place, as each writes them; either may be empty.

    ``is_spaced`` says whether a space parts it from the piece before it.
    """

    reference: str
    hypothesis: str
    agrees: bool
    is_spaced: bool = True


class _Span(NamedTuple):
    """Up to which word of each side a stretch goes, and whether the two agree in it."""

    reference_stop: int
    hypothesis_stop: int
    agrees: bool


def walk_differences(
    segments: Sequence[Sequence[Step]],
    reference_words: Sequence[str],
    reference: Tokens,
    hypothesis_words: Sequence[str],
    hypothesis: Tokens,
) -> Iterator[tuple[Piece, ...]]:
    """The pieces of each segment; every word of both sides stands in one piece. Linear time.

    Words that the normaliser leaves out agree with anything. Where tokens that agree and tokens that differ were made
    of one word, the word differs.
    """
    mine = theirs = 0
    for number, steps in enumerate(segments):
        spans = list(_walk_spans(steps, reference, hypothesis, mine, theirs))
        if number == len(segments) - 1:
            spans.append(_Span(len(reference_words), len(hypothesis_words), agrees=True))
        pieces: list[Piece] = []
        for span in _join(spans):
            words = reference_words[mine : span.reference_stop], hypothesis_words[theirs : span.hypothesis_stop]
            pieces += _refine(Piece(" ".join(words[0]), " ".join(words[1]), span.agrees))
            mine, theirs = max(mine, span.reference_stop), max(theirs, span.hypothesis_stop)
        yield tuple(piece for piece in pieces if piece.reference or piece.hypothesis)


def _refine(piece: Piece) -> Iterator[Piece]:
    """The piece, or its characters where a whole line counts as one word because its script has no spaces."""
    reference, hypothesis = piece.reference, piece.hypothesis
    if piece.agrees or not (uses_no_spaces(reference) and uses_no_spaces(hypothesis)):
        yield piece
        return
    for step in Levenshtein.opcodes(reference, hypothesis):
        parts = reference[step.src_start : step.src_end], hypothesis[step.dest_start : step.dest_end]
        agrees = step.tag == "equal" or not any(map(str.isalnum, "".join(parts)))  # marks alone
        yield Piece(*parts, agrees, is_spaced=not step.src_start and not step.dest_start)


def _walk_spans(
    steps: Sequence[Step], reference: Tokens, hypothesis: Tokens, mine: int, theirs: int
) -> Iterator[_Span]:
    """Token by token: first the words before it that left no token, then its own."""
    span = _Span(mine, theirs, agrees=True)
    for step in steps:
        for place in range(max(step.stop - step.first, step.hypothesis_stop - step.hypothesis_first)):
            first, last = _find_words(reference, step.first, step.stop, place, span.reference_stop)
            their_first, their_last = _find_words(
                hypothesis, step.hypothesis_first, step.hypothesis_stop, place, span.hypothesis_stop
            )
            agrees = step.kind == "equal"
            if first < span.reference_stop or their_first < span.hypothesis_stop:  # the word has been taken already
                agrees &= span.agrees
            else:
                yield span
                yield _Span(first, their_first, agrees=True)
            span = _Span(max(last, span.reference_stop), max(their_last, span.hypothesis_stop), agrees)
    yield span


def _find_words(tokens: Tokens, first: int, stop: int, place: int, taken: int) -> tuple[int, int]:
    """The words of a step's token; none, where the step has no token on this side."""
    return (tokens.firsts[first + place], tokens.lasts[first + place] + 1) if first < stop else (taken, taken)


def _join(spans: Iterable[_Span]) -> Iterator[_Span]:
    """The spans that hold anything, neighbours of one kind as one."""
    last = _Span(0, 0, agrees=True)
    for span in spans:
        if span[:2] != last[:2]:
            if span.agrees != last.agrees:
                yield last
            last = span
    yield last
