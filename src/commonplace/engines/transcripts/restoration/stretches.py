"""Which words need restoring: stretches without punctuation, in English.

Recognisers drop punctuation for minutes and take it up again, so that it is measured around every word. English text
has a mark after every seventh word or so; where there are fewer than three in a hundred, somebody forgot them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby, pairwise
from operator import itemgetter

from .spelling import has_mark

__all__ = ["find_bare_stretches", "find_english"]

_AROUND = 50
"""Words looked at on each side."""

_BARE_PERCENT = 3
_LEAST_WORDS = 12
"""A shorter run without marks is a long sentence, and there is nothing to be measured in a shorter text."""

_JUDGED_WORDS = 40
"""Fewer words say too little about their language, so that what the captions say is believed."""

_LANGUAGE_STRETCH = 300
"""Words whose language is judged together."""


def find_bare_stretches(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The stretches without punctuation, each as its first word and the one after its last; linear time."""
    marked = [has_mark(text) for text in texts]
    sums = [0, *accumulate(marked)]
    count = len(texts)
    bare = []
    for place in range(count):
        first, stop = max(0, place - _AROUND), min(count, place + _AROUND + 1)
        bare.append(100 * (sums[stop] - sums[first]) < _BARE_PERCENT * (stop - first))
    place = 0
    for is_bare, run in groupby(bare):
        first, place = place, place + len(list(run))
        if is_bare:
            yield from _fit_to_marks(texts, marked, first, place)


def _fit_to_marks(texts: Sequence[str], marked: Sequence[bool], first: int, stop: int) -> Iterator[tuple[int, int]]:
    """The stretch, grown over neighbours without a mark: what is measured around a word is blurred at the edges."""
    while first > 0 and not marked[first - 1]:
        first -= 1
    while stop < len(marked) and not marked[stop - 1]:
        stop += 1
    if stop < len(marked):
        stop = _stop_before_capital(texts, first, stop)
    if stop - first >= _LEAST_WORDS or stop - first == len(marked):
        yield first, stop


def _stop_before_capital(texts: Sequence[str], first: int, stop: int) -> int:
    """Where punctuated text begins again: with the first capital of a stretch that had none."""
    blurred = max(first, stop - 2 * _AROUND)
    if any(text[:1].isupper() for text in texts[first:blurred]):
        return stop
    return next((word for word in range(blurred, stop) if texts[word][:1].isupper()), stop)


def find_english(texts: Sequence[str], *, declared: str | None) -> Iterator[tuple[int, int]]:
    """The stretches in English, each as its first word and the one after its last; linear time.

    ``declared`` is the language that the captions name: it decides where there are too few words to judge by.
    """
    if len(texts) < _JUDGED_WORDS:
        if texts and (declared is None or declared.lower().split("-")[0] == "en"):
            yield 0, len(texts)
        return
    edges = [*range(0, max(len(texts) - _JUDGED_WORDS, 1), _LANGUAGE_STRETCH), len(texts)]
    judged = ((first, stop, _sounds_english(texts[first:stop])) for first, stop in pairwise(edges))
    for english, run in groupby(judged, key=itemgetter(2)):
        stretches = list(run)
        if english:
            yield stretches[0][0], stretches[-1][1]


def _sounds_english(texts: Sequence[str]) -> bool:
    from py3langid.langid import classify

    language, _ = classify(" ".join(texts).lower())
    return str(language) in {"en", "pcm"}  # Nigerian Pidgin is what casual English is mistaken for
