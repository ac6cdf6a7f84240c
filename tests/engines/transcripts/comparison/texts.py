"""A corrected talk, and comparisons of it."""

from __future__ import annotations

from collections.abc import Iterable

from commonplace.engines.transcripts.comparison import Comparison, compare_transcripts
from commonplace.engines.transcripts.model import Transcript, Turn, Words

SENTENCES = [
    f"In week {number} we said that Dask, boat{number} and tide{number} meet. It's harbour{number}!"
    for number in range(40)
]
REFERENCE = " ".join(SENTENCES)


def transcribe(text: str, *, turns: Iterable[Turn] = ()) -> Transcript:
    """The words of the text, one each 400 ms."""
    words = [(word, 400 * place, 400 * place + 300) for place, word in enumerate(text.split())]
    return Transcript(words=Words.of(words), turns=tuple(turns))


def compare(reference: str, *hypotheses: str, **options) -> Comparison:
    """The comparison of these texts; the hypotheses are recogniser 1, recogniser 2 …"""
    named = {f"recogniser {number}": transcribe(text) for number, text in enumerate(hypotheses, 1)}
    return compare_transcripts(transcribe(reference), named, **options)
