"""Whisper's TSV: whole milliseconds between tabs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.document import Document
from commonplace.engines.transcripts.errors import MalformedCaptions
from commonplace.engines.transcripts.formats.whisper_tsv import FORMAT
from tests.engines.transcripts.formats.reading import (
    cues_of,
    first_claim,
    read_sample,
    read_text,
    refusal_of,
    sample_document,
    samples_of,
    times_and_texts,
)


@pytest.mark.parametrize("name", samples_of(FORMAT))
def test_it_is_recognised(name: str):
    assert first_claim(sample_document(FORMAT, name)) == FORMAT.name


def test_rows_are_cues_in_milliseconds():
    assert times_and_texts(read_sample(FORMAT, "rows.tsv")) == [
        (0, 4000, "And so the boats came in,"),
        (4000, 7480, "one after the other."),
    ]


def test_tabs_in_the_text_and_rows_without_text_lose_nothing():
    assert times_and_texts(read_sample(FORMAT, "tabs-and-empty-rows.tsv")) == [
        (0, 900, "A tab"),
        (900, 1000, ""),
        (1000, 2000, "No newline at the end"),
    ]


def test_seconds_with_a_fraction_are_refused_with_their_line():
    with pytest.raises(MalformedCaptions) as caught:
        read_text(FORMAT, "start\tend\ttext\n0\t400\tgood\n0.5\t1.0\tbad\n")
    assert (caught.value.line, caught.value.column, caught.value.excerpt) == (3, 1, "0.5\t1.0\tbad")
    assert "whole milliseconds" in caught.value.expected


def test_a_table_of_something_else_is_left_alone():
    assert not FORMAT.looks_like(Document("start\tfinish\ttext\n0\t1\ta\n"))


@given(st.lists(st.text("0123456789\t-ab \n", max_size=20)))
def test_any_rows_are_read_or_refused_with_a_place(rows: list[str]):
    error = refusal_of(FORMAT, Document("start\tend\ttext\n" + "\n".join(rows)))
    assert error is None or error.line is not None


def test_whisper_cpp_and_whisperx_write_relatives():
    assert [cue.text.strip() for cue in cues_of(read_sample(FORMAT, "whisper-cpp.csv"))] == [
        "Good evening, harbour.",
        'She said "yes", yeah yeah.',
    ]
    assert [(cue.speaker, cue.text) for cue in cues_of(read_sample(FORMAT, "speakers.csv"))] == [
        ("Speaker 0", "Good evening."),
        ("Speaker 1", 'Thanks, "Ada".'),
    ]
    labels = cues_of(read_sample(FORMAT, "labels-for-audacity.aud"))
    assert [(cue.start_ms, cue.speaker) for cue in labels] == [(500, "SPEAKER_00"), (3000, "SPEAKER_01")]


def test_a_broken_label_far_below_is_refused_with_its_place():
    text = "0.5\t2.25\tyeah\n" * 8_000 + "broken\n"
    refusal = refusal_of(FORMAT, Document(text))
    assert refusal is not None
    assert refusal.line == 8_001


def test_a_table_of_numbers_is_no_captions():
    assert not FORMAT.looks_like(Document("1\t2\t3\n4\t5\t6\n"))
    assert not FORMAT.looks_like(Document("3\t2\tboats\n"))
