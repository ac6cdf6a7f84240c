"""TTML and DFXP."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.errors import MalformedCaptions
from commonplace.engines.transcripts.formats.base import Details
from commonplace.engines.transcripts.formats.ttml import FORMAT
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


def test_offsets_of_parents_add_up_and_frames_have_the_files_rate():
    items = read_sample(FORMAT, "agents-and-nested-offsets.ttml")
    assert times_and_texts(items) == [(14000, 16000, "hi there"), (17200, 17700, "five frames late")]


def test_agents_title_and_language_are_kept():
    items = read_sample(FORMAT, "agents-and-nested-offsets.ttml")
    assert [cue.speaker for cue in cues_of(items)] == ["Mei Tanaka", None]
    assert Details(title="Tides") in items
    assert Details(language="en") in items


def test_timed_spans_time_words_in_ticks_and_minutes():
    first, second = cues_of(read_sample(FORMAT, "dfxp-with-timed-spans.xml"))
    assert first.words == (("so", 2000, 3000), ("now", 3000, 4000))
    assert second.start_ms == 6000


def test_a_reading_aid_is_set_aside():
    items = read_sample(FORMAT, "ruby.ttml")
    assert [cue.text for cue in cues_of(items)] == ["港へ"]
    assert set_aside_of(items) == [("note", "みなと")]


@pytest.mark.parametrize(
    ("rate", "time", "expected"),
    [
        ("", "00:01:02.5", 62_500),
        ('f:frameRate="24"', "36f", 1_500),
        ('f:frameRate="30" f:frameRateMultiplier="1000 1001"', "00:00:01:15", 1_500),
        ('f:frameRate="30" f:frameRateMultiplier="1000 1001"', "30f", 1_001),
        ('f:frameRate="25" f:subFrameRate="2"', "00:00:00:00.1", 20),
        ('f:tickRate="1000"', "1500t", 1_500),
        ("", "3t", 3_000),
        ("", "0.5h", 1_800_000),
        ("", "250ms", 250),
    ],
)
def test_every_kind_of_time_is_read(rate: str, time: str, expected: int):
    text = f'<tt xmlns:f="urn:x" {rate}><body><div><p begin="{time}">word</p></div></body></tt>'
    assert cues_of(read_text(FORMAT, text))[0].start_ms == expected


@pytest.mark.parametrize("broken", ['<tt><body><p begin="soon">a</p></body></tt>', '<tt frameRate="0"/>'])
def test_times_and_rates_that_are_none_are_refused(broken: str):
    with pytest.raises(MalformedCaptions) as caught:
        read_text(FORMAT, broken)
    assert caught.value.expected
