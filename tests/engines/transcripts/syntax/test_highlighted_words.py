import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts import read_captions
from commonplace.engines.transcripts.syntax.times import write_clock

words = st.lists(st.sampled_from(["tides", "go", "out", "in.", "&amp;", "a:"]), min_size=2, max_size=6)


def write_lines(lines, *, kind="srt"):
    """What openai-whisper writes: each line once a word, 400 ms a word, a pause of 100 ms after every second one."""
    blocks, now = [], 0

    def show(text, length):
        nonlocal now
        separator = "," if kind == "srt" else "."
        counter = f"{len(blocks) + 1}\n" if kind == "srt" else ""
        blocks.append(f"{counter}{write_clock(now, separator)} --> {write_clock(now + length, separator)}\n{text}\n")
        now += length

    for line in lines:
        for place, word in enumerate(line):
            show(" ".join([*line[:place], f"<u>{word}</u>", *line[place + 1 :]]), 400)
            if place % 2 and place < len(line) - 1:
                show(" ".join(line), 100)
    return ("" if kind == "srt" else "WEBVTT\n\n") + "\n".join(blocks)


@pytest.mark.parametrize("kind", ["srt", "vtt"])
@given(lines=st.lists(words, min_size=1, max_size=4))
def test_a_line_shown_once_a_word_is_read_once_and_every_word_is_counted(kind, lines):
    reading = read_captions(write_lines(lines, kind=kind).encode(), f"talk.{kind}")
    report = reading.report
    assert report.words_in == report.words_out + report.duplicates_collapsed + report.words_set_aside
    assert report.words_out + report.words_set_aside == sum(map(len, lines))


@pytest.mark.parametrize("kind", ["srt", "vtt"])
def test_each_word_has_the_time_at_which_it_was_underlined(kind):
    reading = read_captions(write_lines([["Tides", "go", "out."], ["Boats", "wait."]], kind=kind).encode())
    words = reading.transcript.words
    assert list(zip(words.texts, words.starts_ms, strict=True)) == [
        ("Tides", 0),
        ("go", 400),
        ("out.", 900),
        ("Boats", 1300),
        ("wait.", 1700),
    ]
    assert (reading.transcript.precision, reading.report.duplicates_collapsed) == ("word", 11)


@pytest.mark.parametrize(
    "text",
    [
        "1\n00:00:00,000 --> 00:00:01,000\nla <u>la</u>\n\n2\n00:00:01,000 --> 00:00:02,000\nla <u>la</u>\n",
        "1\n00:00:00,000 --> 00:00:01,000\n<u>la</u> la\n\n2\n00:00:09,000 --> 00:00:10,000\nla <u>la</u>\n",
        "1\n00:00:00,000 --> 00:01,000\n<u>la</u> <u>la</u>\n\n2\n00:01,000 --> 00:02,000\n<u>la</u> <u>la</u>\n",
        "1\n00:00:00,000 --> 0:0:0:75,000\n<u>la</u> la\n\n2\n00:00:01,000 --> 00:00:02,000\nla <u>la</u>\n",
        "1\n00:00:00,000 --> 00:00:01,000\n<u>la</u> la\n\n2\n00:00:01,000 --> 00:00:02,000\nla la\n",
        "1\n00:00:00,000 --> nobody\n<u>la</u> la\n\n2\n00:00:01,000 --> 00:00:02,000\nla <u>la</u>\n",
    ],
)
def test_a_line_that_is_said_twice_stays_twice(text):
    reading = read_captions(text.encode(), "talk.srt")
    assert [word for word in reading.transcript.words.texts if word == "la"] == ["la"] * 4


def test_a_line_with_a_speakers_label_keeps_its_speaker():
    text = write_lines([["[SPEAKER_00]:", "Tides", "go", "out."]] * 2).replace("<u>[SPEAKER_00]:</u>", "[SPEAKER_00]:")
    reading = read_captions(text.encode(), "talk.srt")
    assert reading.transcript.words.texts == ["Tides", "go", "out."] * 2
    assert {turn.speaker for turn in reading.transcript.turns} == {"SPEAKER_00"}
