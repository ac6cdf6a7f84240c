"""SegLST: segments of speakers who may overlap."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.document import Document
from commonplace.engines.transcripts.errors import MalformedCaptions
from commonplace.engines.transcripts.formats.seglst import FORMAT
from tests.engines.transcripts.formats.reading import (
    check_spoilt_sample,
    cues_of,
    first_claim,
    read_sample,
    read_value,
    sample_document,
    samples_of,
    times_and_texts,
)


@pytest.mark.parametrize("name", samples_of(FORMAT))
def test_it_is_recognised(name: str):
    assert first_claim(sample_document(FORMAT, name)) == FORMAT.name


def test_segments_are_cues_with_speakers():
    items = read_sample(FORMAT, "segments.json")
    assert times_and_texts(items) == [(0, 1500, "so who starts"), (1200, 2500, "I will start")]
    assert [cue.speaker for cue in cues_of(items)] == ["Ada", "Mei"]


def test_seconds_in_quotation_marks_are_read():
    assert times_and_texts(read_sample(FORMAT, "seconds-as-text.json")) == [(11000, 11370, "So, um")]


def test_a_second_session_is_refused_with_its_place():
    segments = [{"session_id": name, "start_time": 0, "end_time": 1, "words": "a"} for name in ("one", "two")]
    with pytest.raises(MalformedCaptions, match=r'\[1\]\.session_id is "two"') as caught:
        read_value(FORMAT, segments)
    assert "one recording a file" in caught.value.expected


def test_other_lists_are_left_alone():
    assert not FORMAT.looks_like(Document('[{"words": "a"}]'))
    assert not FORMAT.looks_like(Document('[{"start_time": 0, "text": "a"}]'))


@given(st.data())
def test_wrong_values_are_read_or_refused_with_a_place(data: st.DataObject):
    check_spoilt_sample(FORMAT, data.draw(st.sampled_from(samples_of(FORMAT))), data.draw)
