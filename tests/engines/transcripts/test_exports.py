"""Reading our own export gives the same words, whatever the words are."""

import pytest
from hypothesis import given

from commonplace.engines.transcripts import (
    FORMATS,
    Format,
    Transcript,
    Turn,
    Words,
    read_captions,
    split_paragraphs,
    write_markdown,
    write_text,
)

from .strategies import transcripts

WRITTEN = [format_ for format_ in FORMATS if format_.write]


def read_back(text: str) -> Transcript:
    reading = read_captions(text.encode())
    report = reading.report
    assert report.words_in == report.words_out + report.duplicates_collapsed + report.words_set_aside
    return reading.transcript


def export(format_: Format, transcript: Transcript) -> str:
    assert format_.write
    return format_.write(transcript)


@pytest.mark.parametrize("format_", WRITTEN, ids=lambda format_: format_.name)
@given(transcript=transcripts())
def test_an_export_reads_back_as_the_same_words(format_: Format, transcript: Transcript):
    assert read_back(export(format_, transcript)).words.texts == transcript.words.texts


@pytest.mark.parametrize("format_", WRITTEN, ids=lambda format_: format_.name)
@given(transcript=transcripts())
def test_an_export_is_recognised_as_what_it_is(format_: Format, transcript: Transcript):
    assert read_captions(export(format_, transcript).encode()).report.format == format_.name


@given(transcript=transcripts())
def test_markdown_reads_back_as_the_same_words(transcript: Transcript):
    assert read_back(write_markdown(split_paragraphs(transcript))).words.texts == transcript.words.texts


@given(transcript=transcripts())
def test_plain_text_holds_the_words_and_nothing_else(transcript: Transcript):
    assert write_text(split_paragraphs(transcript)).split() == transcript.words.texts


@pytest.mark.parametrize("name", ["webvtt", "srt", "podcast-json", "transcript-json"])
@given(transcript=transcripts())
def test_speakers_come_back_with_their_words(name: str, transcript: Transcript):
    format_ = next(format_ for format_ in FORMATS if format_.name == name)
    again = read_back(export(format_, transcript))
    assert speaking(again) == speaking(transcript)


def speaking(transcript: Transcript) -> list[str | None]:
    return [turn.speaker for turn in transcript.turns for _ in range(turn.first_word, turn.last_word + 1)]


@pytest.mark.parametrize("format_", WRITTEN, ids=lambda format_: format_.name)
def test_words_that_look_like_speakers_stay_words(format_: Format):
    texts = "Result: one. Result: two. Result: three.".split()
    words = Words.of((text, 900 * n, 900 * n + 800) for n, text in enumerate(texts))
    transcript = Transcript(words=words, turns=(Turn(None, 0, 1), Turn(None, 2, 3), Turn(None, 4, 5)), precision="word")
    assert read_back(export(format_, transcript)).words.texts == texts
