"""Transcripts of every shape, drawn by hypothesis."""

from hypothesis import strategies as st

from commonplace.engines.transcripts import PRECISIONS, Chapter, Correction, Loop, Source, Transcript, Turn, Words

texts = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=8)
times = st.none() | st.integers(0, 10**7)
confidences = st.none() | st.floats(0, 1)
wide_texts = st.text(st.characters(exclude_categories=["C"]), max_size=20)


@st.composite
def transcripts(draw):
    words = draw(st.lists(st.tuples(texts, times, times), max_size=30))
    count = len(words)
    indices = st.integers(0, max(0, count - 1))
    spans = st.tuples(indices, indices).map(sorted)
    cuts = sorted(draw(st.sets(indices))) if count else []
    first_words = sorted({0, *draw(st.sets(indices))}) if count and draw(st.booleans()) else []
    afters = [*first_words[1:], count]
    made = {
        "turns": [
            Turn(draw(st.none() | texts), a, b - 1, draw(confidences))
            for a, b in zip(first_words, afters, strict=False)
        ],
        "chapters": draw(st.lists(st.builds(Chapter, times, wide_texts, st.none() | indices if count else st.none()))),
        "corrections": [
            Correction(a, b, draw(wide_texts), draw(wide_texts), draw(confidences), draw(wide_texts))
            for a, b in (draw(st.lists(spans, max_size=3)) if count else [])
        ],
        "paragraphs": sorted({0, *cuts}) if cuts else [],
        "loops": [Loop(a, b, b - a + 1) for a, b in (draw(st.lists(spans, max_size=2)) if count else [])],
    }
    return Transcript(
        words=Words.of(words),
        language=draw(st.sampled_from([None, "en", "ja"])),
        title=draw(st.none() | texts),
        duration_ms=draw(times),
        precision=draw(st.sampled_from(PRECISIONS)),
        source=Source("webvtt", "talk.vtt", "0" * 64),
        **{name: tuple(values) for name, values in made.items()},
    )
