"""Microsoft Teams' documents."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.document import Document
from commonplace.engines.transcripts.formats.base import Details
from commonplace.engines.transcripts.formats.teams import FORMAT
from tests.engines.transcripts.formats.damage import check_damaged_sample
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


@given(st.data())
def test_a_damaged_file_is_read_or_refused_with_a_place(data: st.DataObject):
    check_damaged_sample(FORMAT, data)


def test_turns_have_names_without_badges():
    items = read_sample(FORMAT, "header-and-footer.txt")
    assert [(cue.start_ms, cue.speaker) for cue in cues_of(items)] == [
        (5_000, "Ada Okafor"),
        (12_000, "Mei Tanaka"),
        (None, "Mei Tanaka"),
    ]
    assert ("label", "(External) (Guest)") in set_aside_of(items)


def test_header_and_footer_are_no_speech():
    items = read_sample(FORMAT, "header-and-footer.txt")
    assert Details(duration_ms=3_732_000) in items
    assert ("note", "Ada Okafor stopped transcription") in set_aside_of(items)
    assert "transcription" not in words_of(items)


def test_the_form_of_before_2023_has_both_times():
    items = read_sample(FORMAT, "before-2023.txt")
    assert times_and_texts(items) == [(0, 3450, "Good evening."), (3450, 5000, "Hello.")]
    assert [cue.speaker for cue in cues_of(items)] == ["Ada Okafor", "Mei Tanaka"]


@pytest.mark.parametrize(
    "name",
    ["bullets.txt", "copied-with-initials.txt", "copied-with-times-in-words.txt", "names-below-whole-seconds.txt"],
)
def test_every_layout_has_the_same_turns(name: str):
    cues = [(cue.start_ms, cue.speaker, cue.text) for cue in cues_of(read_sample(FORMAT, name))]
    assert cues == [
        (5_000, "Ada Okafor", "Hello, everyone. Welcome."),
        (12_000, "Mei Tanaka", "Thanks, happy to be here."),
        (3_723_000, "Ada Okafor", "Yeah yeah."),
    ]


def test_what_a_page_says_twice_is_set_aside():
    aside = set_aside_of(read_sample(FORMAT, "copied-with-times-in-words.txt"))
    assert aside[:2] == [("label", "0:05"), ("label", "Ada Okafor 0 minutes 5 seconds")]


def test_subtitles_that_happen_to_hold_a_name_are_left_alone():
    text = "00:00:01,000 --> 00:00:02,000\nAda Okafor\n\n00:00:03,000 --> 00:00:04,000\nwelcome\nto all\n"
    assert first_claim(Document(text)) == "srt"
