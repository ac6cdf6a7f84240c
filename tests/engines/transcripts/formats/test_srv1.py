"""YouTube's oldest XML."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.errors import MalformedCaptions
from commonplace.engines.transcripts.formats.srv1 import FORMAT
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


def test_text_escaped_twice_is_unescaped_twice_and_line_feeds_are_spaces():
    items = read_sample(FORMAT, "double-escaped.xml")
    assert times_and_texts(items) == [
        (500, 4700, "welcome to Harbour ML's evening"),
        (3250, 6250, "where Ada & Mei talk about tides"),
    ]
    assert all("\n" not in cue.text for cue in cues_of(items))


def test_font_tags_and_empty_lines_say_nothing():
    items = read_sample(FORMAT, "font-tags-and-no-duration.xml")
    assert times_and_texts(items) == [
        (12000, None, "so the model learns"),
        (17001, 19001, "the harbour's tides"),
    ]


def test_text_outside_the_lines_is_set_aside():
    items = read_text(FORMAT, '<transcript>a stray<!-- note --><text start="1">word</text></transcript>')
    assert set_aside_of(items) == [("note", "a stray"), ("note", " note ")]


@pytest.mark.parametrize("start", ["", 'start="soon"', 'start="nan"', 'start="1" dur="long"'])
def test_a_time_that_is_none_is_refused_with_its_line(start: str):
    with pytest.raises(MalformedCaptions) as caught:
        read_text(FORMAT, f"<transcript>\n<text {start}>word</text></transcript>")
    assert (caught.value.line, caught.value.column) == (2, 1)


def test_declared_entities_are_refused():
    bomb = '<!DOCTYPE t [<!ENTITY a "haha">]><transcript><text start="1">&a;</text></transcript>'
    with pytest.raises(MalformedCaptions, match="refused"):
        read_text(FORMAT, bomb)


def test_broken_xml_is_refused_where_it_breaks():
    with pytest.raises(MalformedCaptions, match="not well-formed") as caught:
        read_text(FORMAT, '\n<transcript>\n<text start="1">salt & water</text></transcript>')
    assert (caught.value.line, caught.value.column) == (3, 23)


def test_an_empty_duration_is_none():
    cues = times_and_texts(read_sample(FORMAT, "duration-left-empty.xml"))
    assert cues == [(0, None, "good evening"), (2500, None, "harbour")]
