"""YouTube's timed text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.errors import MalformedCaptions
from commonplace.engines.transcripts.formats.srv3 import FORMAT
from tests.engines.transcripts.formats.damage import check_damaged_sample
from tests.engines.transcripts.formats.reading import (
    cues_of,
    first_claim,
    read_sample,
    read_text,
    sample_document,
    samples_of,
    times_and_texts,
)


@pytest.mark.parametrize("name", samples_of(FORMAT))
def test_it_is_recognised(name: str):
    assert first_claim(sample_document(FORMAT, name)) == FORMAT.name


@given(st.data())
def test_a_damaged_file_is_read_or_refused_with_a_place(data: st.DataObject):
    check_damaged_sample(FORMAT, data)


def test_words_count_from_their_line_and_parts_of_words_are_joined():
    cues = cues_of(read_sample(FORMAT, "words-and-padding.xml"))
    assert [(word.text, word.start_ms) for word in cues[0].words or ()] == [
        ("hello", 5040),
        ("and", 5520),
        ("welcome", 5740),
    ]
    assert cues[1].words == (("everybody", 8640, None),)


def test_padding_and_windows_say_nothing():
    items = read_sample(FORMAT, "words-and-padding.xml")
    assert len(items) == len(cues_of(items)) == 2


def test_lines_without_words_have_no_timed_words():
    cues = cues_of(read_sample(FORMAT, "lines-without-words.xml"))
    assert [cue.words for cue in cues] == [None, None]
    assert cues[0].text == "Mei shows the harbour\nand its lamps."


def test_the_older_form_is_read_in_milliseconds_too():
    assert times_and_texts(read_sample(FORMAT, "older-srv2.xml"))[1] == (1900, 2800, "of file")


@pytest.mark.parametrize("line", ["<p>a</p>", '<p t="1.5">a</p>', '<p t="1" d="x">a</p>', '<p t="1"><s t="">a</s></p>'])
def test_a_time_that_is_no_whole_number_is_refused(line: str):
    with pytest.raises(MalformedCaptions) as caught:
        read_text(FORMAT, f"<timedtext><body>\n{line}</body></timedtext>")
    assert caught.value.line == 2
