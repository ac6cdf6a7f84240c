"""whisper.cpp's text: pieces of words, log lines, its own marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.document import Document
from commonplace.engines.transcripts.formats.whisper_cpp_text import FORMAT
from tests.engines.transcripts.formats.reading import (
    cues_of,
    first_claim,
    read_sample,
    read_text,
    sample_document,
    samples_of,
    set_aside_of,
    times_and_texts,
    words_of,
)


@pytest.mark.parametrize("name", samples_of(FORMAT))
def test_it_is_recognised(name: str):
    assert first_claim(sample_document(FORMAT, name)) == FORMAT.name


def test_stamped_lines_are_cues_and_logged_lines_are_set_aside():
    items = read_sample(FORMAT, "stdout.txt")
    assert times_and_texts(items) == [
        (0, 4000, "And so the boats came in,"),
        (4000, 7500, "one after the other."),
        (7500, 9000, "[BLANK_AUDIO]"),
        (9000, 11000, "(music)"),
    ]
    assert [kind for kind, _ in set_aside_of(items)] == ["note"] * 4


def test_pieces_without_a_leading_space_make_timed_words():
    words = [word for cue in cues_of(read_sample(FORMAT, "one-piece-a-line.txt")) for word in cue.words or ()]
    assert words == [("The", 0, 320), ("lighthouse", 320, 690), ("keeper's", 690, 1150), ("lamp.", 1150, 1620)]


def test_a_word_cut_by_the_end_of_a_line_is_put_together():
    assert [text for _, _, text in times_and_texts(read_sample(FORMAT, "short-lines.txt"))] == [
        "Bring the rowboats",
        "back, he said,",
        "before it rains.",
        "Nobody did.",
    ]


def test_special_tokens_are_set_aside():
    items = read_sample(FORMAT, "special-tokens.txt")
    assert words_of(items) == ["We", "begin", "at", "noon.", "Bring", "a", "cup."]
    assert [text for _, text in set_aside_of(items)] == ["[_BEG_]", "[_TT_100]", "[_TT_100]", "<|endoftext|>"]


def test_a_speaker_turn_begins_with_the_cue_behind_the_mark():
    cues = cues_of(read_sample(FORMAT, "tinydiarize.txt"))
    assert [cue.begins_turn for cue in cues] == [False, True, False]
    assert "SPEAKER" not in "".join(cue.text for cue in cues)


def test_channels_name_speakers_and_the_unknown_one_stays_unknown():
    cues = cues_of(read_sample(FORMAT, "two-channels.txt"))
    assert [cue.speaker for cue in cues] == ["Speaker 0", "Speaker 1", None]
    assert words_of(cues)[:3] == ["Did", "you", "sleep?"]


def test_the_stdout_of_openai_whisper_reads_without_joining_its_lines():
    items = read_sample(FORMAT, "openai-whisper-stdout.txt")
    assert times_and_texts(items) == [
        (0, 4000, "Priya shows the first chart."),
        (4000, 3606500, "It goes up and then it stops."),
    ]


def test_colours_and_unstamped_lines_lose_no_word():
    text = "[00:00:00.000 --> 00:00:01.000]   \x1b[38;5;71mGreen\x1b[0m light\nand more\n"
    assert words_of(read_text(FORMAT, text)) == ["Green", "light", "and", "more"]


def test_cues_know_their_place():
    document = sample_document(FORMAT, "stdout.txt")
    cues = cues_of(FORMAT.read(document))
    assert document.text[cues[1].offset :].startswith("[00:00:04.000")


def test_prose_that_quotes_one_stamp_is_left_alone():
    text = "A line is [00:00:00.000 --> 00:00:01.000] and text.\nWe like it.\nThey do too.\n"
    assert not FORMAT.looks_like(Document(text))


LINES = st.sampled_from(
    ["[00:00:00.000 --> 00:00:01.000]   one", "[00:01.000 --> 00:02.000]  two three", "four", " five", ""]
)


@given(st.lists(LINES | st.text(max_size=12), max_size=8))
def test_no_word_is_lost_whatever_the_lines(lines: list[str]):
    document = Document("\n".join(lines))
    if FORMAT.looks_like(document):
        items = list(FORMAT.read(document))
        kept = "".join([*words_of(items), *(text for _, text in set_aside_of(items))])
        for word in ("one", "two", "three", "four", "five"):
            assert kept.count(word) >= sum(line.split().count(word) for line in lines)
