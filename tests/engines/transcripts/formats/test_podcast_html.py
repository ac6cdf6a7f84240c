"""Podcasting 2.0 transcripts as HTML."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.errors import MalformedCaptions
from commonplace.engines.transcripts.formats.base import Details, Heading
from commonplace.engines.transcripts.formats.podcast_html import FORMAT
from tests.engines.transcripts.formats.damage import check_damaged_sample
from tests.engines.transcripts.formats.reading import (
    cues_of,
    first_claim,
    read_sample,
    read_text,
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


def test_a_name_holds_until_the_next_one_and_a_time_for_one_paragraph():
    cues = cues_of(read_sample(FORMAT, "speaker-only-when-changed.html"))
    assert [(cue.start_ms, cue.speaker, cue.begins_turn) for cue in cues] == [
        (0, "Ada Okafor", True),
        (12_000, "Ada Okafor", False),
        (3_605_000, "Mei Tanaka", True),
        (None, "Mei Tanaka", False),
    ]


def test_addresses_are_set_aside_and_their_words_kept():
    items = read_sample(FORMAT, "speaker-only-when-changed.html")
    assert ("markup", "https://example.org/tides") in set_aside_of(items)
    assert cues_of(items)[-1].text == "And tables."


def test_a_whole_page_gives_title_heading_and_stray_speech():
    items = read_sample(FORMAT, "whole-page.html")
    assert Details(title="Tides") in items
    assert Heading("Beginning") in items
    assert times_and_texts(items)[-1] == (5000, None, "Hello without a paragraph.")


def test_a_time_that_is_none_is_refused():
    with pytest.raises(MalformedCaptions, match="soon"):
        read_text(FORMAT, "<cite>Ada</cite><time>soon</time><p>Hello</p>")
