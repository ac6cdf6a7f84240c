"""Time-marked conversations."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.document import Document
from commonplace.engines.transcripts.errors import MalformedCaptions
from commonplace.engines.transcripts.formats.ctm import FORMAT
from tests.engines.transcripts.formats.reading import (
    cues_of,
    first_claim,
    read_sample,
    read_text,
    refusal_of,
    sample_document,
    samples_of,
    set_aside_of,
    words_of,
)


@pytest.mark.parametrize("name", samples_of(FORMAT))
def test_it_is_recognised(name: str):
    assert first_claim(sample_document(FORMAT, name)) == FORMAT.name


def test_a_word_ends_its_duration_after_its_start():
    items = read_sample(FORMAT, "words-with-confidences.ctm")
    assert [word for cue in cues_of(items) for word in cue.words or ()] == [
        ("hello", 100, 400),
        ("7", 400, 650),
        ("boats", 650, 1000),
    ]
    assert set_aside_of(items) == [("note", "made for a rehearsal")]


def test_of_alternatives_the_first_is_kept():
    items = read_sample(FORMAT, "alternatives.ctm")
    assert words_of(items) == ["um", "yes", "sure", "fine", "good", "thanks"]
    assert set_aside_of(items) == [("note", "uh")]


def test_sounds_are_set_aside_and_speakers_kept():
    items = read_sample(FORMAT, "types-and-speakers.ctm")
    assert [(cue.text, cue.speaker) for cue in cues_of(items)] == [("hello", "Ada"), ("yes", None)]
    assert set_aside_of(items) == [("direction", "<laugh>")]


def test_a_second_recording_is_refused_with_its_line():
    with pytest.raises(MalformedCaptions, match="a second recording, 'b'") as caught:
        read_text(FORMAT, "a 1 0 1 one\nb 1 0 1 two\n")
    assert (caught.value.line, caught.value.column) == (2, 1)


def test_a_line_of_other_fields_is_refused_with_its_line():
    with pytest.raises(MalformedCaptions) as caught:
        read_text(FORMAT, "a 1 0 1 one\na 1 0 long two\n")
    assert caught.value.line == 2
    assert "duration" in caught.value.expected


def test_segments_of_stm_are_left_alone():
    assert not FORMAT.looks_like(Document("evening 1 Ada 0.0 1.0 hello there\n"))


@given(st.lists(st.text("ab 019.;<>*@-\t", max_size=30), max_size=6))
def test_any_lines_are_read_or_refused_with_a_place(lines: list[str]):
    document = Document("\n".join(["a 1 0 1 c", *lines]))
    FORMAT.looks_like(document)
    error = refusal_of(FORMAT, document)
    assert error is None or error.line is not None
