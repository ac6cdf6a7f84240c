"""Zoom's WebVTT."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.document import Document
from commonplace.engines.transcripts.formats.zoom_vtt import FORMAT
from tests.engines.transcripts.formats.damage import check_damaged_sample
from tests.engines.transcripts.formats.reading import (
    cues_of,
    first_claim,
    read_sample,
    sample_document,
    samples_of,
    words_of,
)


@pytest.mark.parametrize("name", samples_of(FORMAT))
def test_it_is_recognised(name: str):
    assert first_claim(sample_document(FORMAT, name)) == FORMAT.name


@given(st.data())
def test_a_damaged_file_is_read_or_refused_with_a_place(data: st.DataObject):
    check_damaged_sample(FORMAT, data)


def test_names_are_speakers_and_times_in_titles_are_not():
    cues = cues_of(read_sample(FORMAT, "names-and-colons.vtt"))
    assert [cue.speaker for cue in cues] == ["Mei Tanaka", "Mei Tanaka", "Ada Okafor"]
    assert cues[1].text.strip() == "10:30 Meeting: that is what it says"


def test_numbers_of_cues_are_no_words():
    assert words_of(read_sample(FORMAT, "names-and-colons.vtt"))[:3] == ["hello", "there", "10:30"]


def test_webvtt_without_names_is_left_alone():
    assert not FORMAT.looks_like(Document("WEBVTT\n\n1\n00:01.000 --> 00:02.000\nhello\n"))


def test_a_name_that_recurs_is_a_name_however_it_is_written():
    cues = cues_of(read_sample(FORMAT, "names-as-people-type-them.vtt"))
    assert [cue.speaker for cue in cues] == [*["Mei Tanaka (she/her)", "jonas's phone"] * 2, "jonas's phone"]
    assert [cue.text for cue in cues[2:]] == ["the thing is: it floats", "right", "Note: it sinks as well\n"]
