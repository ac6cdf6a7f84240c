"""Segment time marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.document import Document
from commonplace.engines.transcripts.errors import MalformedCaptions
from commonplace.engines.transcripts.formats.stm import FORMAT
from tests.engines.transcripts.formats.reading import (
    cues_of,
    first_claim,
    read_sample,
    read_text,
    refusal_of,
    sample_document,
    samples_of,
    set_aside_of,
    times_and_texts,
    words_of,
)


@pytest.mark.parametrize("name", samples_of(FORMAT))
def test_it_is_recognised(name: str):
    assert first_claim(sample_document(FORMAT, name)) == FORMAT.name


def test_segments_are_cues_with_speakers_and_labels_are_no_words():
    items = read_sample(FORMAT, "segments-with-labels.stm")
    assert times_and_texts(items) == [
        (900, 3200, "so the first boat leaves at noon"),
        (4000, 5100, "and the last one never"),
    ]
    assert [cue.speaker for cue in cues_of(items)] == ["Ada_Okafor", "Jonas_Weber"]


def test_comments_and_gaps_are_set_aside():
    assert set_aside_of(read_sample(FORMAT, "segments-with-labels.stm")) == [
        ("note", 'CATEGORY "0" "" ""'),
        ("note", 'LABEL "F0" "Baseline" ""'),
        ("note", ""),
        ("note", "ignore_time_segment_in_scoring"),
    ]


def test_of_alternatives_the_first_is_kept_and_fillers_are_set_aside():
    items = read_sample(FORMAT, "alternatives-and-fillers.stm")
    assert words_of(items) == ["um", "hello", "there", "it", "is", "late"]
    assert set_aside_of(items) == [
        ("note", "uh"),
        ("direction", "<unk>"),
        ("direction", "{BREATH}"),
        ("note", "really"),
    ]


def test_braces_around_several_words_without_alternatives_lose_no_word():
    assert words_of(read_text(FORMAT, "a 1 b 0 1 {two words} more\n")) == ["two", "words", "more"]


def test_a_line_of_other_fields_is_refused_with_its_line():
    with pytest.raises(MalformedCaptions) as caught:
        read_text(FORMAT, "evening 1 Ada 0 1 one\nevening 1 Ada two\n")
    assert (caught.value.line, caught.value.excerpt) == (2, "evening 1 Ada two")


def test_long_runs_of_spaces_and_braces_cost_no_more_than_their_length():
    text = "a 1 b 0 1 x" + " " * 200_000 + "{" + "/" * 200_000 + " y\n"
    assert words_of(read_text(FORMAT, text))[0] == "x"


def test_prose_is_left_alone():
    assert not FORMAT.looks_like(Document("We met 3 people at 7 8 times.\nThen we left.\n"))


@given(st.lists(st.text("ab 019.;<>{}/@,-\t", max_size=30), max_size=6))
def test_any_lines_are_read_or_refused_with_a_place(lines: list[str]):
    document = Document("\n".join(["a 1 b 0 1 c", *lines]))
    FORMAT.looks_like(document)
    error = refusal_of(FORMAT, document)
    assert error is None or error.line is not None
