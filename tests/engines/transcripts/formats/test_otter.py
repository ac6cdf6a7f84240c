"""Otter's text export."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.document import Document
from commonplace.engines.transcripts.formats.otter import FORMAT
from tests.engines.transcripts.formats.damage import check_damaged_sample
from tests.engines.transcripts.formats.reading import (
    cues_of,
    first_claim,
    read_sample,
    sample_document,
    samples_of,
    set_aside_of,
)


@pytest.mark.parametrize("name", samples_of(FORMAT))
def test_it_is_recognised(name: str):
    assert first_claim(sample_document(FORMAT, name)) == FORMAT.name


@given(st.data())
def test_a_damaged_file_is_read_or_refused_with_a_place(data: st.DataObject):
    check_damaged_sample(FORMAT, data)


def test_turns_have_names_and_times_and_lines_go_on():
    cues = cues_of(read_sample(FORMAT, "speakers-and-trailer.txt"))
    assert [(cue.start_ms, cue.speaker) for cue in cues] == [
        (5_000, "Ada Okafor"),
        (12_000, None),
        (3_601_000, "Speaker 2"),
        (None, "Speaker 2"),
    ]


def test_an_unknown_speaker_begins_a_turn_of_nobody():
    items = read_sample(FORMAT, "speakers-and-trailer.txt")
    assert ("label", "Unknown Speaker") in set_aside_of(items)
    assert cues_of(items)[1].begins_turn


def test_the_advertisement_is_set_aside():
    items = read_sample(FORMAT, "speakers-and-trailer.txt")
    assert set_aside_of(items)[-1] == ("note", "Transcribed by https://otter.ai")


def test_a_sentence_that_ends_with_a_time_is_no_turn():
    assert not FORMAT.looks_like(Document("we meet at 10:30\nand then at\n"))
