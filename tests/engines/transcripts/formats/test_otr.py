"""oTranscribe: HTML typed by hand, with stamps or without."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.document import Document
from commonplace.engines.transcripts.errors import MalformedCaptions
from commonplace.engines.transcripts.formats.otr import FORMAT
from tests.engines.transcripts.formats.reading import (
    check_spoilt_sample,
    cues_of,
    first_claim,
    read_sample,
    read_value,
    sample_document,
    samples_of,
    set_aside_of,
    times_and_texts,
    words_of,
)


@pytest.mark.parametrize("name", samples_of(FORMAT))
def test_it_is_recognised(name: str):
    assert first_claim(sample_document(FORMAT, name)) == FORMAT.name


def test_stamps_begin_cues_and_names_are_speakers():
    items = read_sample(FORMAT, "stamps-and-speakers.json")
    assert [(cue.start_ms, cue.speaker, " ".join(cue.text.split())) for cue in cues_of(items)] == [
        (1500, "Ada Okafor", "Shall we start?"),
        (4250, "Mei Tanaka", "Please do."),
        (6000, "Mei Tanaka", "The tide is turning."),
        (None, "Ada Okafor", "Then we go & see."),
        (None, "Ada Okafor", "Slowly."),
    ]
    assert [kind for kind, _ in set_aside_of(items)] == ["label"] * 3


def test_without_stamps_nothing_has_a_time_and_addresses_are_set_aside():
    items = read_sample(FORMAT, "no-stamps.json")
    assert times_and_texts(items) == [(None, None, "Nobody marked the times."), (None, None, "See the map.")]
    assert set_aside_of(items) == [("markup", "https://harbour.example/map")]


def test_a_stamp_alone_on_its_line_belongs_to_the_next():
    assert times_and_texts(read_sample(FORMAT, "stamp-on-its-own-line.json")) == [(3723000, None, "Late words.")]


def test_a_stamp_that_is_no_time_stays_text():
    markup = '<span class="timestamp" data-timestamp="soon">later</span> we go <!-- so --> 1 < 2 <![x'
    assert words_of(read_value(FORMAT, {"text": markup, "media": ""})) == ["later", "we", "go", "1", "<", "2", "<![x"]


def test_a_name_alone_on_its_line_speaks_the_next_and_other_spans_are_text():
    markup = "<p>Ada Okafor: Yes.</p><p>Mei Tanaka:</p><p><span class='x'>No.</span></p><p>Ada Okafor: So?</p>"
    cues = cues_of(read_value(FORMAT, {"text": markup, "media": ""}))
    assert [(cue.speaker, cue.text.strip()) for cue in cues] == [
        ("Ada Okafor", "Yes."),
        ("Mei Tanaka", "No."),
        ("Ada Okafor", "So?"),
    ]


def test_long_tags_cost_no_more_than_their_length():
    assert read_value(FORMAT, {"text": "<span " + "timestamp " * 100_000, "media": ""})


def test_text_that_is_no_text_is_refused():
    with pytest.raises(MalformedCaptions, match="text is 5"):
        read_value(FORMAT, {"text": 5, "media": ""})


def test_other_json_with_text_is_left_alone():
    assert not FORMAT.looks_like(Document('{"text": "<p>hello</p>"}'))


@given(st.data())
def test_wrong_values_are_read_or_refused_with_a_place(data: st.DataObject):
    check_spoilt_sample(FORMAT, data.draw(st.sampled_from(samples_of(FORMAT))), data.draw)


@given(st.text("<>/!-spanclt&;timestamp\"'= 0\0\n", max_size=60))
def test_any_markup_is_read(markup: str):
    read_value(FORMAT, {"text": markup, "media": ""})
