"""Passages that were taken out stay out, whatever transcript comes next."""

from __future__ import annotations

from array import array
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts import (
    Chapter,
    Correction,
    InconsistentTranscript,
    Loop,
    Redaction,
    Transcript,
    Turn,
    Words,
    redact_again,
)
from commonplace.engines.transcripts.document import Document
from commonplace.engines.transcripts.formats import transcript_json


def make_transcript(count: int = 10, *, timed: bool = True, **values) -> Transcript:
    starts = [number * 1000 if timed else -1 for number in range(count)]
    ends = [number * 1000 + 900 if timed else -1 for number in range(count)]
    words = Words([f"word{number}" for number in range(count)], array("q", starts), array("q", ends))
    return Transcript(words=words, **values)


def test_the_words_said_in_that_time_go_and_a_mark_stands_where_they_stood():
    redacted = redact_again(make_transcript(), [Redaction(0, 3000, 5900)])
    assert redacted.words.texts == ["word0", "word1", "word2", "word6", "word7", "word8", "word9"]
    assert redacted.redactions == (Redaction(3, 3000, 5900),)


def test_doing_it_twice_changes_nothing_more():
    once = redact_again(make_transcript(), [Redaction(0, 3000, 5900)])
    assert redact_again(once, [Redaction(0, 3000, 5900)]) == once


def test_everything_that_counts_words_still_means_the_same_words():
    transcript = make_transcript(
        turns=(Turn("Ada", 0, 3), Turn("Mei", 4, 5), Turn("Ada", 6, 9)),
        chapters=(Chapter(None, "late", 8),),
        corrections=(Correction(4, 4, "wird4", "word4"), Correction(7, 7, "wird7", "word7")),
        loops=(Loop(5, 6, 2), Loop(8, 9, 2)),
        paragraphs=(0, 4, 6),
    )
    redacted = redact_again(transcript, [Redaction(0, 4000, 5900)])
    assert [(turn.first_word, turn.last_word) for turn in redacted.turns] == [(0, 3), (4, 7)]
    assert redacted.words.texts[redacted.chapters[0].first_word] == "word8"
    assert [one.before for one in redacted.corrections] == ["wird7"]
    assert redacted.words.texts[redacted.corrections[0].first_word] == "word7"
    assert redacted.loops == (Loop(6, 7, 2),)
    assert redacted.paragraphs == (0, 4)


@given(st.integers(0, 12_000), st.integers(0, 12_000))
def test_no_word_whose_middle_lies_in_a_redaction_is_left(first: int, length: int):
    redacted = redact_again(make_transcript(), [Redaction(0, first, first + length)])
    assert all(not first <= number * 1000 + 450 <= first + length for number in map(_number, redacted.words.texts))
    assert len(redacted.redactions) == 1


def _number(word: str) -> int:
    return int(word.removeprefix("word"))


def test_all_words_may_go():
    redacted = redact_again(make_transcript(turns=(Turn("Ada", 0, 9),), paragraphs=(0,)), [Redaction(0, 0, 10_000)])
    assert not len(redacted.words)
    assert redacted.turns == redacted.paragraphs == ()


@pytest.mark.parametrize(("timed", "redaction"), [(False, Redaction(3, 3000, 5900)), (True, Redaction(3))])
def test_a_transcript_in_which_the_passage_cannot_be_found_is_refused(timed: bool, redaction: Redaction):
    with pytest.raises(InconsistentTranscript, match="taken out"):
        redact_again(make_transcript(timed=timed), [redaction])
    carried = make_transcript(timed=timed, redactions=(redaction,))
    assert redact_again(carried, [redaction]).redactions == (redaction,)


def test_a_mark_beyond_the_words_is_refused():
    with pytest.raises(InconsistentTranscript, match="redaction 0"):
        make_transcript(redactions=(Redaction(11),))


def test_marks_go_through_transcript_json_and_a_transcript_without_any_is_written_as_before():
    marked = make_transcript(redactions=(Redaction(3, 3000, 5900), Redaction(10)), turns=(Turn(None, 0, 9),))
    text = transcript_json.write(marked)
    assert next(iter(transcript_json.read(Document(text, "a.json")))).redactions == marked.redactions
    assert "redactions" not in transcript_json.write(replace(marked, redactions=()))
