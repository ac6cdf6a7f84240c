"""faster-whisper's printed lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.document import Document
from commonplace.engines.transcripts.formats.base import Details
from commonplace.engines.transcripts.formats.faster_whisper_lines import FORMAT
from tests.engines.transcripts.formats.reading import (
    cues_of,
    first_claim,
    read_sample,
    sample_document,
    samples_of,
    set_aside_of,
    times_and_texts,
    words_of,
)


@pytest.mark.parametrize("name", samples_of(FORMAT))
def test_it_is_recognised(name: str):
    assert first_claim(sample_document(FORMAT, name)) == FORMAT.name


def test_segments_are_cues_and_the_preamble_names_the_language():
    items = read_sample(FORMAT, "segments.txt")
    assert Details(language="en") in items
    assert set_aside_of(items) == [("note", "Detected language 'en' with probability 0.987654")]
    assert times_and_texts(items) == [(0, 4000, "And so the boats came in,"), (4000, 7480, "one after the other.")]


def test_a_word_a_line_makes_timed_words():
    words = [word for cue in cues_of(read_sample(FORMAT, "words.txt")) for word in cue.words or ()]
    assert words == [("Bring", 0, 400), ("the", 400, 500), ("co-op", 500, 1000), ("kettle.", 1000, 1600)]


def test_units_may_be_missing_and_unstamped_lines_lose_no_word():
    items = read_sample(FORMAT, "without-units.txt")
    assert times_and_texts(items)[0] == (0, 2100, "Mei draws a map.")
    assert words_of(items)[-3:] == ["and", "nobody", "minds"]


def test_long_runs_of_spaces_cost_no_more_than_their_length():
    document = Document("[0.0s -> 1.0s] a\n[0.0" + " " * 200_000 + "x\n")
    assert words_of(FORMAT.read(document))[0] == "a"


def test_other_bracketed_lines_are_left_alone():
    assert not FORMAT.looks_like(Document("[00:00:00.000 --> 00:00:01.000]   a\n"))
    assert not FORMAT.looks_like(Document("[a -> b] c\n"))


@given(
    st.lists(st.sampled_from(["[0.0s -> 1.0s] one", "[1 -> 2]  two", "three", ""]) | st.text(max_size=12), max_size=8)
)
def test_no_word_is_lost_whatever_the_lines(lines: list[str]):
    document = Document("\n".join(lines))
    if FORMAT.looks_like(document):
        items = list(FORMAT.read(document))
        kept = "".join([*words_of(items), *(text for _, text in set_aside_of(items))])
        assert all(kept.count(word) >= lines.count(word) for word in ("one", "two", "three"))
