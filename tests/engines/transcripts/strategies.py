"""Random transcripts and captions, for properties that must hold for all of them."""

from __future__ import annotations

import string

from hypothesis import strategies as st

from commonplace.engines.transcripts import Transcript, Turn, Words

LETTERS = string.ascii_letters + "äßéñøΩжя語話" + "0123456789"
PUNCTUATION = st.sampled_from(
    ["", "", "", ",", ".", "?", "!", ":", ";", "'s", "…", "%", "&", "&lt;", "&amp;", "<", "#", "_", "`"]
)

words = st.builds(
    lambda wrap, core, end: wrap.format(core + end),
    st.sampled_from(["{}"] * 8 + ["({})", "({}", "{})", "“{}”"]),
    st.text(LETTERS, min_size=1, max_size=12),
    PUNCTUATION,
)
names = st.sampled_from(["Ada Okafor", "Mei Tanaka", "Jonas Weber", "Priya Raman", None])


@st.composite
def transcripts(draw: st.DrawFn, *, most_words: int = 60) -> Transcript:
    """Transcripts with a time for every word and turns that cover them."""
    texts = draw(st.lists(words, min_size=1, max_size=most_words))
    gaps = draw(st.lists(st.integers(0, 3_000), min_size=len(texts), max_size=len(texts)))
    lengths = draw(st.lists(st.integers(0, 900), min_size=len(texts), max_size=len(texts)))
    time, timed = 0, []
    for text, gap, length in zip(texts, gaps, lengths, strict=True):
        timed.append((text, time + gap, time + gap + length))
        time += gap + length
    firsts = sorted({0, *draw(st.lists(st.integers(0, len(texts) - 1), max_size=5))})
    turns = tuple(
        Turn(draw(names), first, stop - 1) for first, stop in zip(firsts, [*firsts[1:], len(texts)], strict=True)
    )
    return Transcript(words=Words.of(timed), turns=turns, precision="word", duration_ms=time or None)
