"""Our own format: nothing is lost on the way out and back, and nothing broken is let in."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.document import Document
from commonplace.engines.transcripts.errors import MalformedCaptions
from commonplace.engines.transcripts.formats.transcript_json import FORMAT
from commonplace.engines.transcripts.model import (
    PRECISIONS,
    Chapter,
    Correction,
    Loop,
    Source,
    Transcript,
    Turn,
    Words,
)
from tests.engines.transcripts.formats.reading import (
    check_spoilt_sample,
    first_claim,
    read_sample,
    read_text,
    sample_document,
    samples_of,
)

TIMES = st.none() | st.integers(0, 2**53 - 1)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
WORDS = TEXT.filter(str.strip)
CONFIDENCES = st.none() | st.floats(0, 1) | st.integers(0, 1)


@st.composite
def transcripts(draw: st.DrawFn) -> Transcript:
    words = Words.of(draw(st.lists(st.tuples(WORDS, TIMES, TIMES), min_size=1, max_size=12)))
    index = st.integers(0, len(words) - 1)
    spans = st.tuples(index, index).map(sorted)
    breaks = sorted(draw(st.sets(index)) | {0})
    ends = [*(first - 1 for first in breaks[1:]), len(words) - 1]
    return Transcript(
        words=words,
        turns=tuple(Turn(draw(st.none() | TEXT), a, b, draw(CONFIDENCES)) for a, b in zip(breaks, ends, strict=True)),
        chapters=tuple(draw(st.lists(st.builds(Chapter, TIMES, TEXT, st.none() | index), max_size=3))),
        corrections=tuple(
            Correction(*draw(spans), draw(TEXT), draw(TEXT), draw(CONFIDENCES), draw(TEXT)) for _ in range(2)
        ),
        paragraphs=tuple(draw(st.sampled_from([(), breaks]))),
        loops=tuple(Loop(*span, 1) for span in draw(st.lists(spans, max_size=2))),
        language=draw(st.sampled_from([None, "en", "ja", "pt-BR"])),
        title=draw(st.none() | TEXT),
        duration_ms=draw(TIMES),
        precision=draw(st.sampled_from(PRECISIONS)),
        source=draw(st.builds(Source, TEXT, TEXT, TEXT)),
    )


def write(transcript: Transcript) -> str:
    assert FORMAT.write is not None
    return FORMAT.write(transcript)


def read_one(text: str) -> Transcript:
    (transcript,) = read_text(FORMAT, text)
    assert isinstance(transcript, Transcript)
    return transcript


def spoilt(**keys: Any) -> str:
    """Three words and these keys, a key a line."""
    value = {"version": 1, "words": [{"text": text} for text in ("Mind", "the", "step.")]} | keys
    return json.dumps(value, indent=0)


@pytest.mark.parametrize("name", samples_of(FORMAT))
def test_it_is_recognised(name: str):
    assert first_claim(sample_document(FORMAT, name)) == FORMAT.name


@given(transcripts())
def test_reading_what_was_written_gives_the_same_value_and_the_same_bytes(transcript: Transcript):
    text = write(transcript)
    assert read_one(text) == transcript
    assert write(read_one(text)) == text


@pytest.mark.parametrize("name", ["everything.json", "without-times.json"])
def test_the_written_form_stays_as_it_is(name: str):
    text = sample_document(FORMAT, name).text
    assert write(read_one(text)) == text


def test_each_word_has_a_line_of_its_own():
    lines = sample_document(FORMAT, "everything.json").text.splitlines()
    assert '  {"text": "Kaggle", "start_ms": 800, "end_ms": 1150},' in lines


def test_an_empty_transcript_is_written_and_read():
    assert read_one(write(Transcript(words=Words.of([])))) == Transcript(words=Words.of([]))


def test_words_alone_are_one_turn_of_nobody_known():
    (transcript,) = read_sample(FORMAT, "only-words.json")
    assert isinstance(transcript, Transcript)
    assert transcript.turns == (Turn(None, 0, 2),)
    assert transcript.precision == "word"
    assert read_one(spoilt()).precision == "none"
    assert read_one(json.dumps({"version": 1, "words": []})).turns == ()


@pytest.mark.parametrize(
    ("keys", "problem", "expected"),
    [
        ({"version": 2}, "version is 2", "1, the version"),
        ({"version": True}, "version is true", "1, the version"),
        ({"words": {}}, "words is an object", "a list"),
        ({"words": ["Mind"]}, 'words[0] is "Mind"', "an object"),
        ({"words": [{"text": " "}]}, 'words[0].text is " "', "a word"),
        ({"words": [{"start_ms": 5}]}, "words[0] has no text", "text"),
        ({"words": [{"text": "a", "start_ms": -5}]}, "words[0].start_ms is -5", "from 0"),
        ({"words": [{"text": "a", "end_ms": 1.5}]}, "words[0].end_ms is 1.5", "a whole number of milliseconds"),
        ({"words": [{"text": "a", "speaker": "Ada"}]}, "words[0].speaker is a key", "text"),
        ({"words": [{"text": "\ud83d"}]}, "words[0].text is", "whole characters"),
        ({"tilte": "x"}, "tilte is a key", "only the keys version"),
        ({"title": 7}, "title is 7", "text"),
        ({"precision": "second"}, 'precision is "second"', "one of word, cue"),
        ({"duration_ms": "long"}, 'duration_ms is "long"', "milliseconds"),
        ({"source": "talk.vtt"}, 'source is "talk.vtt"', "an object"),
        ({"source": {"file": "talk.vtt"}}, "source has no format", "text"),
        ({"turns": [{"speaker": None, "first_word": 1, "last_word": 2}]}, "turns[0].first_word is 1", "0, the word"),
        ({"turns": [{"speaker": "A", "first_word": 0, "last_word": 3}]}, "turns[0].last_word is 3", "from 0 to 2"),
        ({"turns": [{"speaker": "A", "first_word": 0, "last_word": 1}]}, "the turns end at word 1", "indices"),
        ({"turns": [{"speaker": 1, "first_word": 0, "last_word": 2}]}, "turns[0].speaker is 1", "text"),
        ({"turns": [{"first_word": 0, "last_word": 2, "confidence": 2}]}, "turns[0].confidence is 2", "from 0 to 1"),
        ({"chapters": [{"start_ms": 0}]}, "chapters[0] has no title", "text"),
        ({"chapters": [{"title": "a", "first_word": 9}]}, "chapters[0].first_word is 9", "from 0 to 2"),
        ({"corrections": [{"first_word": 2, "last_word": 1}]}, "corrections[0].last_word is 1", "from 2 to 2"),
        ({"corrections": [{"first_word": 0, "last_word": 0, "from": "a"}]}, "corrections[0] has no to", "text"),
        ({"paragraphs": [1]}, "paragraphs[0] is 1", "0, the first word"),
        ({"paragraphs": [0, 2, 2]}, "paragraphs[2] is 2", "index of a word"),
        ({"paragraphs": [0, 3]}, "paragraphs[1] is 3", "from 1 to 2"),
        ({"loops": [{"first_word": 0, "last_word": 1}]}, "loops[0] has no repeats", "how many times"),
        ({"loops": None}, "loops is null", "a list"),
    ],
)
def test_what_is_broken_is_refused_by_its_key_path(keys: dict[str, Any], problem: str, expected: str):
    with pytest.raises(MalformedCaptions) as caught:
        read_one(spoilt(**keys))
    assert caught.value.problem.startswith(problem)
    assert expected in caught.value.expected
    assert caught.value.advice


def test_an_error_points_at_its_line_and_column():
    with pytest.raises(MalformedCaptions) as caught:
        read_one('{"version": 1,\n "words": [\n  {"text": "a", "start_ms": "now"}\n]}')
    assert (caught.value.line, caught.value.column) == (3, 29)


def test_other_json_with_words_is_left_alone():
    assert not FORMAT.looks_like(Document('{"words": [{"text": "a"}]}'))


@given(st.data())
def test_wrong_values_are_read_or_refused_with_a_place(data: st.DataObject):
    check_spoilt_sample(FORMAT, data.draw(st.sampled_from(samples_of(FORMAT))), data.draw)
