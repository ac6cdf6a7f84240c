"""Google Meet's documents."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.document import Document
from commonplace.engines.transcripts.formats.base import Details
from commonplace.engines.transcripts.formats.meet import FORMAT
from tests.engines.transcripts.formats.damage import check_damaged_sample
from tests.engines.transcripts.formats.reading import (
    cues_of,
    first_claim,
    read_sample,
    sample_document,
    samples_of,
    set_aside_of,
    words_of,
)


@pytest.mark.parametrize("name", samples_of(FORMAT))
def test_it_is_recognised(name: str):
    assert first_claim(sample_document(FORMAT, name)) == FORMAT.name


@given(st.data())
def test_a_damaged_file_is_read_or_refused_with_a_place(data: st.DataObject):
    check_damaged_sample(FORMAT, data)


def test_a_time_alone_is_the_time_of_the_turn_below():
    cues = cues_of(read_sample(FORMAT, "attendees-and-times.txt"))
    assert [(cue.start_ms, cue.speaker) for cue in cues] == [
        (0, "Ada Okafor"),
        (None, "Mei Tanaka"),
        (None, "Mei Tanaka"),
        (300_000, "Ada Okafor"),
    ]


def test_attendees_and_trailers_are_notes():
    items = read_sample(FORMAT, "attendees-and-times.txt")
    assert ("note", "Ada Okafor, Mei Tanaka") in set_aside_of(items)
    assert Details(duration_ms=372_000) in items
    assert "computer" not in words_of(items)


def test_a_pasted_youtube_transcript_is_left_alone():
    assert not FORMAT.looks_like(Document("0:00\nwelcome\n0:04\nto the harbour\n"))
