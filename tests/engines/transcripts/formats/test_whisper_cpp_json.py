"""whisper.cpp's JSON: segments, and in the full form tokens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.document import Document
from commonplace.engines.transcripts.errors import MalformedCaptions
from commonplace.engines.transcripts.formats.base import Details
from commonplace.engines.transcripts.formats.whisper_cpp_json import FORMAT
from tests.engines.transcripts.formats.reading import (
    check_spoilt_sample,
    cues_of,
    first_claim,
    read_sample,
    read_value,
    sample_document,
    samples_of,
    times_and_texts,
)


@pytest.mark.parametrize("name", samples_of(FORMAT))
def test_it_is_recognised(name: str):
    assert first_claim(sample_document(FORMAT, name)) == FORMAT.name


def test_segments_are_cues_and_the_language_is_kept():
    items = read_sample(FORMAT, "short.json")
    assert items[0] == Details(language="en")
    assert times_and_texts(items)[:2] == [(0, 4000, "And so the boats came in,"), (4000, 7500, "one after the other.")]


def test_clock_times_with_commas_serve_where_offsets_are_missing():
    assert times_and_texts(read_sample(FORMAT, "clock-times-only.json")) == [(1250, 2750, "Only clocks here.")]


def test_tokens_make_timed_words_and_special_tokens_none():
    first = cues_of(read_sample(FORMAT, "full-with-tokens.json"))[0]
    assert first.words == (("The", 0, 200), ("lighthouse", 200, 800), ("keeper", 800, 1300), ("sleeps.", 1300, 1900))


def test_characters_cut_between_tokens_are_taken_from_the_segment():
    second = cues_of(read_sample(FORMAT, "full-with-tokens.json"))[1]
    assert second.words == (("Señor", 2000, 2400), ("café", None, 2900))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("one-piece-a-segment.json", [("Twelve", 0, 300), ("chairs.", 300, 720)]),
        ("one-token-a-segment.json", [("Twelve", 10, 300), ("chairs", 300, 690)]),
    ],
)
def test_pieces_without_a_leading_space_continue_the_word(name: str, words: list[tuple[str, int, int]]):
    assert [word for cue in cues_of(read_sample(FORMAT, name)) for word in cue.words or ()] == words


def test_a_speaker_turn_begins_with_the_next_segment():
    assert [cue.begins_turn for cue in cues_of(read_sample(FORMAT, "tinydiarize.json"))] == [False, True]


def test_a_clock_that_is_none_is_refused_with_its_key():
    with pytest.raises(MalformedCaptions, match=r"transcription\[0\]\.timestamps\.to is"):
        read_value(FORMAT, {"transcription": [{"timestamps": {"from": "00:00:01,000", "to": "late"}, "text": " a"}]})


def test_other_json_is_left_alone():
    assert not FORMAT.looks_like(Document('{"transcription": [{"text": "a"}]}'))
    assert not FORMAT.looks_like(Document('{"transcription": []}'))


@given(st.data())
def test_wrong_values_are_read_or_refused_with_a_place(data: st.DataObject):
    check_spoilt_sample(FORMAT, data.draw(st.sampled_from(samples_of(FORMAT))), data.draw)
