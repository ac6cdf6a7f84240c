"""Changelog's Markdown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.document import Document
from commonplace.engines.transcripts.formats.base import Cue, Heading, SetAside
from commonplace.engines.transcripts.formats.changelog_markdown import FORMAT
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


def test_a_time_inside_a_sentence_begins_a_cue_of_the_same_speaker():
    cues = cues_of(read_sample(FORMAT, "times-in-sentences.md"))
    assert [(cue.start_ms, cue.speaker) for cue in cues] == [
        (None, "Ada Okafor"),
        (4_120, "Ada Okafor"),
        (None, "Mei Tanaka"),
        (3_723_500, "Mei Tanaka"),
        (None, "Mei Tanaka"),
        (None, "Jonas Weber"),
    ]


def test_breaks_and_stage_directions_are_no_speech():
    items = read_sample(FORMAT, "times-in-sentences.md")
    assert SetAside("note", "Break", 3_900_000) in [
        item._replace(offset=0) for item in items if isinstance(item, SetAside)
    ]
    assert ("direction", "laughs") in set_aside_of(items)
    assert "waves" not in " ".join(words_of(items))


def test_emphasis_is_taken_off_and_its_words_stay():
    assert "Tonight it is really tides." in [cue.text for cue in cues_of(read_sample(FORMAT, "times-in-sentences.md"))]


def test_front_matter_and_headings_are_no_speech():
    items = read_sample(FORMAT, "labels-without-times.md")
    assert set_aside_of(items)[0] == ("note", "title: Tides")
    assert Heading("Part one") in items
    assert {cue.speaker for cue in cues_of(items)} == {"Priya Raman", "Ada Okafor"}


def test_one_bold_remark_in_a_text_is_no_speaker():
    assert not FORMAT.looks_like(Document("**Note:** read this.\n\nA text.\n\nAnd more.\n"))


def test_escaped_names_are_names():
    cues = [item for item in read_sample(FORMAT, "labels-with-escapes.md") if isinstance(item, Cue)]
    assert [(cue.speaker, cue.start_ms) for cue in cues] == [("SPEAKER_00", 0), ("ada okafor [host]", 4000)]
