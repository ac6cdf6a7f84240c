"""Whisper's JSON and the shapes that its family and home-made scripts give it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.document import Document
from commonplace.engines.transcripts.errors import MalformedCaptions
from commonplace.engines.transcripts.formats.base import Details
from commonplace.engines.transcripts.formats.whisper_json import FORMAT
from tests.engines.transcripts.formats.reading import (
    check_spoilt_sample,
    cues_of,
    first_claim,
    read_sample,
    read_text,
    read_value,
    sample_document,
    samples_of,
    times_and_texts,
    words_of,
)

NETS = (("All", 0, 400), ("nine", 400, 900), ("nets.", 900, 1400))


@pytest.mark.parametrize("name", samples_of(FORMAT))
def test_it_is_recognised(name: str):
    assert first_claim(sample_document(FORMAT, name)) == FORMAT.name


def test_seconds_become_milliseconds():
    items = read_sample(FORMAT, "openai-whisper.json")
    assert items[0] == Details(language="en")
    assert times_and_texts(items) == [(0, 4000, "And so the boats came in,"), (4000, 7480, "one after the other.")]


def test_a_piece_without_a_leading_space_continues_the_word():
    (cue,) = cues_of(read_sample(FORMAT, "word-times.json"))
    assert cue.words == (("Bring", 0, 400), ("the", 400, 500), ("co-op's", 500, 1000), ("kettle.", 1000, 1600))


@pytest.mark.parametrize("name", ["faster-whisper-word-arrays.json", "stripped-words.json"])
def test_home_made_words_are_timed(name: str):
    assert [cue.words for cue in cues_of(read_sample(FORMAT, name))] == [NETS]


def test_a_list_of_segments_is_enough():
    items = read_sample(FORMAT, "faster-whisper-list.json")
    assert times_and_texts(items) == [(0, 2500, "Jonas counts the nets."), (2500, 4000, "All nine.")]


def test_words_listed_once_for_the_file_time_the_segments_text():
    items = read_sample(FORMAT, "speech-api-verbose.json")
    assert items[0] == Details(duration_ms=3200)
    first, second = cues_of(items)
    assert first.words == (("Hello,", 0, 500), ("harbour.", 500, 1100))
    assert second.words == (("Mind", 1600, 1900), ("the", 1900, 2000), ("step.", 2000, 2500))


def test_a_text_alone_has_no_times():
    assert times_and_texts(read_sample(FORMAT, "speech-api-text.json")) == [
        (None, None, "Nothing but words, and no time at all.")
    ]


def test_words_without_segments_time_the_text():
    words = [{"word": "Mind", "start": 0.5, "end": 0.7}, {"word": "me", "start": 0.8, "end": 1}]
    (cue,) = cues_of(read_value(FORMAT, {"text": "Mind me!", "words": words}))
    assert cue.words == (("Mind", 500, 700), ("me!", 800, 1000))


def test_chunks_have_pairs_of_times_and_the_last_end_may_be_missing():
    assert times_and_texts(read_sample(FORMAT, "pipeline-chunks.json")) == [
        (0, 2000, "The tide turns."),
        (2000, None, "We wait."),
    ]


def test_chunks_of_a_word_each_are_timed_words():
    cues = cues_of(read_sample(FORMAT, "pipeline-words.json"))
    assert [word for cue in cues for word in cue.words or ()] == [
        ("The", 0, 300),
        ("tide", 300, 800),
        ("turns.", 800, 1300),
    ]


@pytest.mark.parametrize("pair", [5, [1], [1, 2, 3], ["a", 1]])
def test_a_pair_that_is_none_is_refused(pair: object):
    with pytest.raises(MalformedCaptions, match="timestamp"):
        read_value(FORMAT, {"chunks": [{"timestamp": pair, "text": "a"}]})


def test_a_pair_that_is_null_says_no_times():
    assert times_and_texts(read_value(FORMAT, {"chunks": [{"timestamp": None, "text": "a"}]})) == [(None, None, "a")]


def test_a_duration_serves_where_there_is_no_end():
    assert times_and_texts(read_sample(FORMAT, "start-and-duration.json"))[0] == (1000, 3500, "hello from the pier")


@pytest.mark.parametrize("start", ['"soon"', "NaN", "1e999", "[0]", "true", "{}"])
def test_a_start_that_is_no_number_is_refused_with_its_segment(start: str):
    with pytest.raises(MalformedCaptions) as caught:
        read_text(FORMAT, f'[{{"start": 0, "text": "a"}},\n {{"start": {start}, "text": "b"}}]')
    assert "[1].start is" in caught.value.problem
    assert (caught.value.line, caught.value.column) == (2, 12)
    assert "seconds" in caught.value.expected


def test_a_text_that_is_no_text_is_refused():
    with pytest.raises(MalformedCaptions, match=r"segments\[0\]\.text is 7"):
        read_value(FORMAT, {"segments": [{"start": 0, "end": 1, "text": 7}]})


def test_words_that_are_no_list_are_refused():
    with pytest.raises(MalformedCaptions, match=r"\[0\]\.words is \"a\""):
        read_value(FORMAT, [{"start": 0, "end": 1, "text": "a", "words": "a"}])


def test_words_of_the_whole_file_that_do_not_fit_leave_the_segments_as_they_are():
    value = {
        "segments": [{"start": 0, "end": 1, "text": "one two"}],
        "words": [{"word": "one", "start": 0}],
        "text": "",
    }
    (cue,) = cues_of(read_value(FORMAT, value))
    assert (cue.text, cue.words) == ("one two", None)


def test_an_empty_text_says_nothing():
    assert cues_of(read_value(FORMAT, {"text": " "})) == []


def test_negative_times_stay_as_given():
    assert cues_of(read_value(FORMAT, [{"start": -0.5, "end": 1, "text": "a"}]))[0].start_ms == -500


@pytest.mark.parametrize(
    "text", ['{"text": "a", "title": "b"}', '[{"text": "a"}]', "[]", "{}", '["a"]', "not JSON", '{"segments": 3}']
)
def test_other_json_is_left_alone(text: str):
    assert not FORMAT.looks_like(Document(text))


@given(st.data())
def test_wrong_values_are_read_or_refused_with_a_place(data: st.DataObject):
    whole = [name for name in samples_of(FORMAT) if name.endswith(".json")]
    check_spoilt_sample(FORMAT, data.draw(st.sampled_from(whole)), data.draw)


@pytest.mark.parametrize("name", ["an-object-a-line.jsonl", "arrays.json"])
def test_dumps_of_every_shape_say_the_same(name: str):
    assert times_and_texts(read_sample(FORMAT, name)) == [(0, 2000, "Good evening,"), (2000, 4000, "harbour.")]


def test_a_list_of_words_is_read_word_by_word():
    words = [word for cue in cues_of(read_sample(FORMAT, "words-alone.json")) for word in cue.words or ()]
    assert [(word.text, word.start_ms) for word in words] == [("Good", 0), ("evening,", 500)]


def test_references_from_youtubes_xml_are_decoded():
    assert words_of(read_sample(FORMAT, "youtube-dump-with-references.json")) == "we're here good evening".split()
