"""Text with times in brackets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.document import Document
from commonplace.engines.transcripts.formats.base import Heading
from commonplace.engines.transcripts.formats.stamped_text import FORMAT
from tests.engines.transcripts.formats.damage import check_damaged_sample
from tests.engines.transcripts.formats.reading import (
    cues_of,
    first_claim,
    read_sample,
    sample_document,
    samples_of,
    set_aside_of,
    times_and_texts,
)


@pytest.mark.parametrize("name", samples_of(FORMAT))
def test_it_is_recognised(name: str):
    assert first_claim(sample_document(FORMAT, name)) == FORMAT.name


@given(st.data())
def test_a_damaged_file_is_read_or_refused_with_a_place(data: st.DataObject):
    check_damaged_sample(FORMAT, data)


def test_a_time_may_follow_the_name():
    items = read_sample(FORMAT, "name-then-time.txt")
    assert times_and_texts(items) == [(5_000, None, "Good evening."), (3_612_000, None, "Hello at (10:30) sharp.")]


def test_a_time_may_stand_before_the_name_and_inside_the_speech():
    cues = cues_of(read_sample(FORMAT, "time-then-name.txt"))
    assert [(cue.start_ms, cue.speaker) for cue in cues] == [
        (5_000, "Ada Okafor"),
        (9_000, "Ada Okafor"),
        (12_000, "Mei Tanaka"),
        (None, "Mei Tanaka"),
        (20_000, "Jonas Weber"),
    ]


def test_a_time_may_follow_the_colon_or_stand_alone_after_the_name():
    cues = cues_of(read_sample(FORMAT, "time-after-the-colon.txt"))
    assert [(cue.start_ms, cue.speaker, cue.text) for cue in cues] == [
        (5_500, "Ada Okafor", "Good evening."),
        (12_000, "Speaker 2", "Hello."),
    ]


def test_prose_that_mentions_a_time_is_left_alone():
    assert not FORMAT.looks_like(Document("We meet in the harbour (10:30) and sail.\n"))


def test_a_name_alone_beside_the_time_says_who_speaks_below():
    items = read_sample(FORMAT, "name-alone-above-the-speech.txt")
    assert [(cue.start_ms, cue.speaker, cue.text) for cue in cues_of(items)] == [
        (5_000, "Ada Okafor", "Hello, everyone. Welcome."),
        (12_100, "Mei Tanaka", "Thanks, happy to be here."),
        (3_723_000, "Ada Okafor", "Yeah yeah."),
    ]
    assert set_aside_of(items) == [("note", "Harbour evening.mp3")]


def test_a_name_beside_the_time_may_be_bold():
    cues = cues_of(read_sample(FORMAT, "time-then-bold-name.md"))
    assert [(cue.speaker, cue.text) for cue in cues] == [("Ada Okafor", "Hello, everyone."), ("Mei Tanaka", "Thanks.")]


@pytest.mark.parametrize("name", [name for name in samples_of(FORMAT) if name.startswith(("bare", "bold"))])
def test_brackets_may_be_missing_where_names_recur_beside_times(name: str):
    assert [(cue.start_ms, cue.speaker, cue.text) for cue in cues_of(read_sample(FORMAT, name))] == [
        (5_000, "Ada Okafor", "Hello, everyone."),
        (12_000, "Mei Tanaka", "Thanks."),
        (3_723_000, "Ada Okafor", "Yeah yeah."),
    ]


def test_a_list_of_chapters_names_nobody():
    assert first_claim(Document("0:00 Introduction\n4:12 Nets\n15:30 Questions\n")) == "youtube-paste"


def test_a_time_may_be_a_link_and_a_heading_is_a_chapter():
    items = read_sample(FORMAT, "times-as-links.md")
    assert [cue.text for cue in cues_of(items)] == ["Hello, everyone.", "Welcome.", "Yeah yeah."]
    assert [text for _, text in set_aside_of(items)] == [f"https://example.org/x?t={time}" for time in (5, 7, 3723)]
    assert Heading("Transcript") in items
