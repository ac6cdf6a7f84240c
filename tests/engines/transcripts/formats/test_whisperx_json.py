"""WhisperX's JSON: words without times, words with speakers of their own."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.document import Document
from commonplace.engines.transcripts.formats.whisperx_json import FORMAT
from tests.engines.transcripts.formats.reading import (
    check_spoilt_sample,
    cues_of,
    first_claim,
    read_sample,
    read_value,
    sample_document,
    samples_of,
    words_of,
)


@pytest.mark.parametrize("name", samples_of(FORMAT))
def test_it_is_recognised(name: str):
    assert first_claim(sample_document(FORMAT, name)) == FORMAT.name


def test_words_without_times_stay_without():
    (cue,) = cues_of(read_sample(FORMAT, "words-without-times.json"))
    assert cue.words == (("In", 100, 200), ("2014.", None, None), ("we", 900, 1000), ("moved", 1000, 1300))


def test_a_change_of_speaker_inside_a_segment_splits_it():
    cues = cues_of(read_sample(FORMAT, "speaker-changes-inside-a-segment.json"))
    assert [(cue.speaker, cue.text, cue.start_ms, cue.end_ms) for cue in cues] == [
        ("SPEAKER_00", "Ready?", 0, 500),
        ("SPEAKER_01", "Almost. 5 minutes.", 600, 1600),
        ("SPEAKER_00", "Good.", 1700, 2000),
    ]


def test_a_segment_without_words_keeps_its_text_and_speaker():
    items = read_sample(FORMAT, "segment-speaker-only.json")
    assert words_of(items) == ["Nobody", "timed", "me.", "Or", "me"]
    assert {cue.speaker for cue in cues_of(items)} == {"SPEAKER_02"}


def test_a_language_without_spaces_gets_none():
    (cue,) = cues_of(read_sample(FORMAT, "characters-for-words.json"))
    assert cue.words == (("港の灯", 0, 900),)


def test_the_list_of_words_alone_is_enough():
    cues = cues_of(read_sample(FORMAT, "word-segments-only.json"))
    assert [(cue.speaker, cue.text) for cue in cues] == [("SPEAKER_00", "Mind the"), ("SPEAKER_01", "step.")]


def test_no_word_is_lost_where_words_and_text_differ():
    words = [{"word": "one", "start": 0, "end": 1, "score": 1}]
    longer_text = {"segments": [{"start": 0, "end": 1, "text": "one two", "words": words}]}
    assert words_of(read_value(FORMAT, longer_text)) == ["one", "two"]
    longer_words = {"segments": [{"start": 0, "end": 1, "text": "", "words": words}]}
    assert words_of(read_value(FORMAT, longer_words)) == ["one"]


def test_a_list_of_segments_alone_is_enough():
    value = [{"start": 0, "end": 1, "text": "one", "words": [{"word": "one", "start": 0, "end": 1, "score": 1}]}]
    assert FORMAT.looks_like(Document(json.dumps(value)))
    assert cues_of(read_value(FORMAT, value))[0].words == (("one", 0, 1000),)


def test_plain_whisper_is_left_alone():
    document = Document('{"segments": [{"start": 0, "text": " one", "words": [{"word": " one", "probability": 1}]}]}')
    assert not FORMAT.looks_like(document)


@given(st.data())
def test_wrong_values_are_read_or_refused_with_a_place(data: st.DataObject):
    check_spoilt_sample(FORMAT, data.draw(st.sampled_from(samples_of(FORMAT))), data.draw)
