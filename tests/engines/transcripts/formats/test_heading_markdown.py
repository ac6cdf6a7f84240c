"""Markdown with times in its headings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.formats.base import Details, Heading
from commonplace.engines.transcripts.formats.heading_markdown import FORMAT
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


def test_every_form_of_a_headings_time_is_read():
    items = read_sample(FORMAT, "preamble-and-forms-of-times.md")
    assert [item for item in items if isinstance(item, Heading)] == [
        Heading("Intro", 0),
        Heading("Set Up", 226_000),
        Heading("Goals", 368_000),
        Heading("Dask", 590_000),
        Heading("Thanks", None),
    ]


def test_what_stands_before_the_transcript_is_a_note():
    items = read_sample(FORMAT, "preamble-and-forms-of-times.md")
    assert Details(title="Mei Tanaka: Tides") in items
    assert ("note", "Slides: here") in set_aside_of(items)
    assert words_of(items)[:2] == ["Welcome,", "all."]


def test_the_length_of_the_video_is_no_chapter():
    assert Details(duration_ms=5_706_000) in read_sample(FORMAT, "preamble-and-forms-of-times.md")


def test_bold_labels_name_speakers_until_the_next():
    cues = cues_of(read_sample(FORMAT, "preamble-and-forms-of-times.md"))
    assert [(cue.speaker, cue.begins_turn) for cue in cues[:3]] == [("Ada", True), ("Ada", False), ("Mei", True)]
    assert "git pull" in cues[0].text


def test_links_keep_their_words_and_pictures_are_set_aside():
    items = read_sample(FORMAT, "preamble-and-forms-of-times.md")
    assert "Two goals, see the site." in [cue.text for cue in cues_of(items)]
    assert {("markup", "https://example.org"), ("markup", "map map.png")} <= set(set_aside_of(items))


def test_without_a_transcript_heading_known_sections_are_the_preamble():
    items = read_sample(FORMAT, "without-a-transcript-heading.md")
    assert [cue.text for cue in cues_of(items)] == ["Ada: Good evening.", "Mei: Hello.", "Mei: It pulls."]
    assert ("note", "Speaker: Mei Tanaka") in set_aside_of(items)
