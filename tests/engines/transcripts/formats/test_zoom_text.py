"""Zoom's text files."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.formats.zoom_text import FORMAT
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


@pytest.mark.parametrize("name", ["older-transcript.txt", "chat.txt"])
def test_lines_have_a_time_and_a_speaker(name: str):
    first, *_, last = [cue for cue in cues_of(read_sample(FORMAT, name)) if cue.start_ms is not None]
    assert (first.start_ms, first.speaker, first.text) == (5_000, "Mei Tanaka", "hello there")
    assert last.speaker == "Ada Okafor"


def test_a_time_and_a_title_are_no_speaker():
    cue = cues_of(read_sample(FORMAT, "older-transcript.txt"))[1]
    assert (cue.speaker, cue.text) == (None, "10:30 Meeting: so it says")


def test_to_whom_a_message_went_is_set_aside():
    items = read_sample(FORMAT, "chat-to-everyone.txt")
    assert set_aside_of(items) == [("note", "to Everyone"), ("note", "to Mei Tanaka (Direct Message)")]
    assert [(cue.speaker, cue.text) for cue in cues_of(items)] == [
        ("Mei Tanaka", "Where are the slides?"),
        ("Ada Okafor", "In the folder."),
    ]


def test_saved_captions_have_name_and_time_above_the_speech():
    cues = cues_of(read_sample(FORMAT, "captions-saved-by-a-participant.txt"))
    assert [(cue.speaker, cue.text) for cue in cues][::2] == [
        ("Ada Okafor", "Good evening."),
        ("Ada Okafor", "Yeah yeah."),
    ]
    assert cues[1].start_ms == 65_144_000


def test_an_older_chat_names_no_recipient():
    cues = cues_of(read_sample(FORMAT, "chat-before-recipients.txt"))
    assert [cue.speaker for cue in cues] == ["Ada Okafor", "Mei Tanaka"]
    assert cues[1].text == "here: https://example.org/slides"
