import pytest

from commonplace.engines.transcripts import Transcript, Turn, Words, read_captions
from commonplace.engines.transcripts.formats.base import Cue, Details
from commonplace.engines.transcripts.formats.webvtt import FORMAT, write

from .reading import SAMPLES, cues_of, read_sample, read_text, set_aside_of, times_and_texts


def test_voices_notes_styles_and_identifiers_are_told_apart():
    items = read_sample(FORMAT, "notes-voices-and-settings.vtt")
    assert [cue.speaker for cue in cues_of(items)] == ["Ada Okafor", "Ada Okafor", "Mei Tanaka", None]
    assert Details(language="en-GB") in items
    assert set_aside_of(items) == [
        ("note", "Harbour ML, autumn meeting"),
        ("markup", "::cue { color: white }"),
        ("note", "checked by Mei"),
    ]


def test_words_after_a_stray_blank_line_stay_with_their_cue():
    cues = times_and_texts(read_text(FORMAT, "WEBVTT\n\n00:01.000 --> 00:02.000\nfirst\n\nsecond\n"))
    assert cues == [(1000, 2000, "first"), (None, None, "second")]


def test_a_timing_line_nobody_can_read_costs_no_words():
    items = read_sample(FORMAT, "damaged-timing-and-stray-blank-line.vtt")
    assert ("damage", "00:00:bad --> 00:00:09.000") in set_aside_of(items)
    assert Cue(None, None, "words under a timing line nobody can read", offset=cues_of(items)[2].offset) in items


def test_hours_beyond_a_day_and_a_missing_final_newline_are_read():
    assert times_and_texts(read_sample(FORMAT, "mark-crlf-and-no-final-newline.vtt"))[-1] == (
        90_000_000,
        90_002_000,
        "a day later",
    )


def test_lines_that_roll_without_inline_times_are_read_once():
    report = read_captions((SAMPLES / "webvtt" / "rolling-without-inline-times.vtt").read_bytes()).report
    assert (report.words_out, report.duplicates_collapsed) == (9, 14)


@pytest.mark.parametrize("text", ["WEBVTT", "WEBVTT\n\n", "WEBVTT - empty track\n"])
def test_an_empty_track_is_read_as_no_words(text: str):
    assert len(read_captions(text.encode()).transcript.words) == 0


def test_a_line_in_angle_brackets_that_is_no_tag_stays():
    assert (
        times_and_texts(read_text(FORMAT, "WEBVTT\n\n00:01.000 --> 00:02.000\nuse List<int> &amp; go\n"))[0][2]
        == "use List<int> & go"
    )


def test_speakers_are_written_as_voices():
    words = Words.of([("Hi,", 0, 400), ("R&D.", 400, 900), ("Bye.", 1000, 1400)])
    transcript = Transcript(
        words=words, turns=(Turn("Ada <3", 0, 1), Turn(None, 2, 2)), precision="word", language="en"
    )
    assert write(transcript) == (
        "WEBVTT\nLanguage: en\n\n00:00:00.000 --> 00:00:00.900\n<v Ada &lt;3>Hi, R&amp;D.\n\n"
        "00:00:01.000 --> 00:00:01.833\n&gt;&gt; Bye.\n"
    )


def test_headers_of_files_one_after_another_are_no_speech():
    items = read_sample(FORMAT, "files-one-after-another.vtt")
    assert [text for _, _, text in times_and_texts(items)] == ["good evening", "harbour"]
