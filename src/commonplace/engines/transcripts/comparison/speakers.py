"""Who said it: the error rate when each speaker's words are compared with those of one speaker of the other side.

Source: concatenated minimum-permutation word error rate, Watanabe et al., CHiME-6 Challenge (2020), section 4.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from ..model import Turn
from .alignment import Counts, count_errors
from .assignment import assign_columns
from .normalisation import Tokens

__all__ = ["MOST_SPEAKERS", "SpeakerErrors", "compare_speakers", "split_by_speaker"]

MOST_SPEAKERS = 40
"""On one side; every speaker is compared with every other one."""


@dataclass(frozen=True, slots=True)
class SpeakerErrors:
    """The counts over all speakers, and who was taken for whom.

    A pair is a speaker of the reference and one of the hypothesis; None where a side has no counterpart. Words whose
    speaker nobody knows are those of the speaker with the empty name.
    """

    counts: Counts
    pairs: tuple[tuple[str | None, str | None], ...]


def split_by_speaker(tokens: Tokens, turns: Sequence[Turn], offset: int) -> dict[str, list[str]]:
    """Each speaker's tokens, in order; ``offset`` is the transcript's index of the first word that was tokenised."""
    spoken: dict[str, list[str]] = {}
    turn = iter(turns)
    speaker, last_word = "", -1
    for text, first in zip(tokens.texts, tokens.firsts, strict=True):
        while last_word < first + offset:
            current = next(turn)
            speaker, last_word = current.speaker or "", current.last_word
        spoken.setdefault(speaker, []).append(text)
    return spoken


def compare_speakers(
    reference: Mapping[str, Sequence[str]], hypothesis: Mapping[str, Sequence[str]]
) -> SpeakerErrors | None:
    """The errors under the assignment of speakers that has the fewest; names do not matter.

    None above `MOST_SPEAKERS` on a side. A speaker without counterpart counts as deleted, or inserted, word by word.
    """
    size = max(len(reference), len(hypothesis))
    if size > MOST_SPEAKERS:
        return None
    left = [*reference.items(), *[("", ())] * (size - len(reference))]
    right = [*hypothesis.items(), *[("", ())] * (size - len(hypothesis))]
    columns = assign_columns([[Levenshtein.distance(mine, theirs) for _, theirs in right] for _, mine in left])
    counts = Counts()
    pairs: list[tuple[str | None, str | None]] = []
    for row, column in enumerate(columns):
        counts += count_errors(left[row][1], right[column][1])
        pairs.append(
            (left[row][0] if row < len(reference) else None, right[column][0] if column < len(hypothesis) else None)
        )
    return SpeakerErrors(counts, tuple(pairs))
