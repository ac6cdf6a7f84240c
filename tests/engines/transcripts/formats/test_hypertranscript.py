"""Hypertranscripts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.errors import MalformedCaptions
from commonplace.engines.transcripts.formats.base import Heading
from commonplace.engines.transcripts.formats.hypertranscript import FORMAT
from tests.engines.transcripts.formats.damage import check_damaged_sample
from tests.engines.transcripts.formats.reading import (
    cues_of,
    first_claim,
    read_sample,
    read_text,
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


def test_words_have_times_and_unfinished_ones_are_joined():
    cue = cues_of(read_sample(FORMAT, "speakers-and-headings.html"))[0]
    assert cue.text == "Welcome to the harbour."
    assert cue.words == (("Welcome", 120, 360), ("to", 360, None), ("the", None, None), ("harbour.", 700, 800))


def test_speakers_may_change_inside_a_paragraph():
    cues = cues_of(read_sample(FORMAT, "speakers-and-headings.html"))
    assert [(cue.speaker, cue.begins_turn) for cue in cues] == [("Ada", True), ("Ada", False), ("Mei", True)]


def test_a_heading_has_its_time():
    assert Heading("Setting up", 0) in read_sample(FORMAT, "speakers-and-headings.html")


def test_untimed_words_are_kept_and_menus_set_aside():
    items = read_sample(FORMAT, "careless.html")
    assert words_of(items) == "one untimed two and a paragraph without times".split()
    assert set_aside_of(items) == [("note", "Home page")]


def test_a_time_that_is_none_is_refused():
    with pytest.raises(MalformedCaptions, match="data-m='soon'"):
        read_text(FORMAT, '<p><span data-m="soon">word</span></p>')


def test_older_pages_time_links():
    assert words_of(read_sample(FORMAT, "links-for-words.html")) == ["Good", "evening"]
