"""Microsoft Teams' WebVTT."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.formats.teams_vtt import FORMAT
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


def test_badges_are_taken_off_names_and_missing_voices_stay_nameless():
    items = read_sample(FORMAT, "badges-and-missing-voices.vtt")
    assert [cue.speaker for cue in cues_of(items)] == ["Mei Tanaka", "Ada Okafor", None]
    assert set_aside_of(items) == [("label", "(External)")]


def test_identifiers_are_no_words():
    items = read_sample(FORMAT, "badges-and-missing-voices.vtt")
    assert words_of(items) == "hello there good evening somebody laughs".split()
