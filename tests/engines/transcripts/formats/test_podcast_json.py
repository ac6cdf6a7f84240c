"""Podcasting 2.0 JSON, read and written."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.document import Document
from commonplace.engines.transcripts.formats.podcast_json import FORMAT
from commonplace.engines.transcripts.model import Precision, Transcript, Turn, Words
from tests.engines.transcripts.formats.reading import (
    check_spoilt_sample,
    cues_of,
    first_claim,
    read_sample,
    read_text,
    sample_document,
    samples_of,
    words_of,
)

TEXTS = ["Mind", "the", "step.", "It", "rocks", "a", "little.", "Do", "you", "swim?", "No."]


def make_transcript(precision: Precision) -> Transcript:
    times = [(None, None) if precision == "none" else (index * 500, index * 500 + 300) for index in range(len(TEXTS))]
    return Transcript(
        words=Words.of((text, *time) for text, time in zip(TEXTS, times, strict=True)),
        turns=(Turn("Ada Okafor", 0, 6), Turn(None, 7, 9), Turn("Mei Tanaka", 10, 10)),
        paragraphs=(0, 3, 7, 10),
        precision=precision,
    )


@pytest.mark.parametrize("name", samples_of(FORMAT))
def test_it_is_recognised(name: str):
    assert first_claim(sample_document(FORMAT, name)) == FORMAT.name


def test_segments_of_one_word_time_their_words():
    cues = cues_of(read_sample(FORMAT, "one-word-a-segment.json"))
    assert [word for cue in cues for word in cue.words or ()] == [
        ("Mind", 500, 750),
        ("the", 1000, 1250),
        ("step.", 1500, 2000),
        ("Thanks.", 2250, None),
    ]


def test_a_speaker_left_out_is_the_one_before_and_an_empty_one_is_unknown():
    cues = cues_of(read_sample(FORMAT, "speaker-left-out.json"))
    assert [cue.speaker for cue in cues] == ["Ada Okafor", "Ada Okafor", "Jonas Weber", None]
    assert cues[1].text == "It rocks a little.\nYou get used to it."
    assert cues[1].words is None


@pytest.mark.parametrize("precision", ["word", "cue", "none"])
def test_reading_what_it_wrote_gives_the_same_words_and_speakers(precision: Precision):
    assert FORMAT.write is not None
    items = read_text(FORMAT, FORMAT.write(make_transcript(precision)))
    assert words_of(items) == TEXTS
    assert [speaker for cue in cues_of(items) for speaker in [cue.speaker] * len(cue.text.split())] == [
        *["Ada Okafor"] * 7,
        *[None] * 3,
        "Mei Tanaka",
    ]


def test_words_with_times_are_written_one_a_segment():
    assert FORMAT.write is not None
    text = FORMAT.write(make_transcript("word"))
    assert len(json.loads(text)["segments"]) == len(TEXTS)
    assert [word for cue in cues_of(read_text(FORMAT, text)) for word in cue.words or ()][1] == ("the", 500, 800)


def test_cues_are_written_sentence_by_sentence_and_paragraphs_end_in_a_line_feed():
    assert FORMAT.write is not None
    segments = json.loads(FORMAT.write(make_transcript("cue")))["segments"]
    assert [segment["body"] for segment in segments] == [
        "Mind the step.\n",
        "It rocks a little.\n",
        "Do you swim?\n",
        "No.",
    ]
    assert segments[1]["startTime"] == 1.5
    assert "speaker" not in segments[1]


def test_a_transcript_without_times_or_turns_is_written_without_them():
    assert FORMAT.write is not None
    transcript = Transcript(words=Words.of([("Hello", None, None)]))
    assert json.loads(FORMAT.write(transcript)) == {"version": "1.0.0", "segments": [{"body": "Hello"}]}
    assert json.loads(FORMAT.write(Transcript(words=Words.of([]))))["segments"] == []


def test_other_segments_are_left_alone():
    assert not FORMAT.looks_like(Document('{"segments": [{"start": 0, "text": "a"}]}'))


@given(st.data())
def test_wrong_values_are_read_or_refused_with_a_place(data: st.DataObject):
    check_spoilt_sample(FORMAT, data.draw(st.sampled_from(samples_of(FORMAT))), data.draw)
