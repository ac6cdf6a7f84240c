"""json3: words with their own times, typed lines without, and events that say nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.document import Document
from commonplace.engines.transcripts.errors import MalformedCaptions
from commonplace.engines.transcripts.formats.json3 import FORMAT
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


def test_words_start_at_their_event_plus_their_offset():
    first = cues_of(read_sample(FORMAT, "recognised-words.json"))[0]
    assert first.words == (("welcome", 1200, None), ("to", 1600, None), ("harbour", 1760, None), ("ML", 2200, None))
    assert (first.start_ms, first.end_ms) == (1200, 6000)


def test_a_segment_without_a_space_continues_the_word_and_a_line_of_one_word_is_timed():
    _, second, third = cues_of(read_sample(FORMAT, "recognised-words.json"))
    assert second.words == (("tonight", 3410, None),)
    assert third.words == (("we", 4000, None), ("lighthouse", 4300, None), ("keepers", 4700, None))


def test_events_without_segments_and_padding_events_say_nothing():
    assert len(cues_of(read_sample(FORMAT, "recognised-words.json"))) == 3


def test_typed_lines_keep_their_line_breaks_and_claim_no_word_times():
    first, second = cues_of(read_sample(FORMAT, "typed-lines.json"))
    assert first.text == "Ada opens the evening\nand counts the chairs."
    assert first.words is None
    assert (second.start_ms, second.end_ms) == (3000, 5000)


def test_a_speaker_mark_leaves_its_time_to_the_word_behind_it():
    items = read_sample(FORMAT, "speakers-and-masked-words.json")
    assert words_of(items) == [">>", "who", "broke", "the", "[", "__", "]", "kettle", "[Music]"]
    words = cues_of(items)[0].words
    assert words is not None
    assert words[1] == ("who", 100, None)


def test_a_wrong_time_is_refused_with_its_place():
    with pytest.raises(MalformedCaptions) as caught:
        read_value(FORMAT, {"events": [{"tStartMs": "soon", "segs": [{"utf8": "hi"}]}]})
    assert 'events[0].tStartMs is "soon"' in str(caught.value)
    assert (caught.value.line, caught.value.column) == (1, 26)


def test_other_json_with_events_is_left_alone():
    assert not FORMAT.looks_like(Document('{"events": [{"title": "Harbour ML"}]}'))


@given(st.data())
def test_wrong_values_are_read_or_refused_with_a_place(data: st.DataObject):
    check_spoilt_sample(FORMAT, data.draw(st.sampled_from(samples_of(FORMAT))), data.draw)
