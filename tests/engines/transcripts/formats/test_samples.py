"""What every format promises, tried with every sample there is."""

from pathlib import Path

import pytest

from commonplace.engines.transcripts import (
    FORMATS,
    read_captions,
    split_paragraphs,
    write_transcript_json,
)

from ..test_reading import check_reading
from .reading import SAMPLES

FILES = sorted(path for path in SAMPLES.rglob("*") if path.is_file())


def label(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


@pytest.mark.parametrize("path", FILES, ids=label)
def test_a_sample_is_recognised_by_its_content_alone(path: Path):
    assert read_captions(path.read_bytes(), "captions").report.format == path.parent.name


@pytest.mark.parametrize("path", FILES, ids=label)
def test_every_word_of_a_sample_is_kept_or_counted(path: Path):
    reading = read_captions(path.read_bytes())
    report = reading.report
    assert report.words_out == len(reading.transcript.words)
    assert report.words_in == report.words_out + report.duplicates_collapsed + report.words_set_aside


@pytest.mark.parametrize("path", FILES, ids=label)
def test_a_sample_survives_our_own_format_unchanged(path: Path):
    transcript = split_paragraphs(read_captions(path.read_bytes()).transcript)
    again = read_captions(write_transcript_json(transcript).encode()).transcript
    assert write_transcript_json(again).splitlines()[6:] == write_transcript_json(transcript).splitlines()[6:]
    assert again.words == transcript.words
    assert (again.turns, again.chapters, again.paragraphs) == (
        transcript.turns,
        transcript.chapters,
        transcript.paragraphs,
    )


@pytest.mark.parametrize("path", FILES, ids=label)
def test_a_sample_in_another_encoding_reads_the_same(path: Path):
    data = path.read_bytes()
    text = data.decode("utf-8-sig").replace("\r\n", "\n")
    words = read_captions(data).transcript.words
    assert read_captions(text.replace("\n", "\r\n").encode("utf-16")).transcript.words == words


@pytest.mark.parametrize("path", FILES, ids=label)
def test_a_sample_cut_anywhere_is_read_or_refused_with_advice(path: Path):
    data = path.read_bytes()
    for cut in range(1, len(data), max(1, len(data) // 40)):
        check_reading(data[:cut])


@pytest.mark.parametrize("format_", FORMATS, ids=lambda format_: format_.name)
def test_a_format_has_a_sample(format_):
    assert (SAMPLES / format_.name).is_dir()
