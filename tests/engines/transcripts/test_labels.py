"""Names before what they say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.labels import find_labels, match_label, split_badges, split_label


def test_names_that_recur_are_labels():
    assert find_labels("Ada Okafor: hello\n\nfiller\n\nAda Okafor: bye\n\nmore\n\nmore\n\nmore") == {"Ada Okafor"}


def test_a_short_file_with_a_speaker_a_line_is_understood():
    assert find_labels("Ada: hello\n\nMei: hi\n\nJonas: good evening") == {"Ada", "Mei", "Jonas"}


@pytest.mark.parametrize(
    "text", ["10:30 Meeting: start", "Note: one\n\nNote: two", "so we said: yes\n\nso we said: no"]
)
def test_a_colon_alone_makes_no_speaker(text: str):
    assert find_labels(text) == frozenset()


def test_one_colon_in_a_long_talk_makes_no_speaker():
    assert find_labels("\n\n".join(["filler words"] * 20) + "\n\nRemember Paris: it rained") == frozenset()


def test_a_name_after_the_mark_of_a_new_speaker_is_a_label():
    assert find_labels("x\n\n" * 40 + ">> Priya Raman: welcome\n\n" + "Result: fine\n\nResult: fine") == {"Priya Raman"}


def test_names_of_other_scripts_and_particles_are_names():
    assert find_labels("田中: こんにちは\n\nLudwig van Beek: hello") == {"田中", "Ludwig van Beek"}


def test_voice_tags_rule_out_labels():
    assert find_labels("<v Ada>Result: one\n\n<v Ada>Result: two\n\nResult: x\n\nResult: y") == frozenset()


def test_a_label_is_matched_with_the_place_where_speech_begins():
    line = "Ada Okafor: hello"
    name, after = match_label(line, frozenset({"Ada Okafor"})) or ("", 0)
    assert (name, line[after:]) == ("Ada Okafor", " hello")
    assert match_label("Result: 12", frozenset({"Ada Okafor"})) is None


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Mei Tanaka: hello", "Mei Tanaka"),
        ("Ludwig van Dijk: hello", "Ludwig van Dijk"),
        ("Speaker 2: hello", "Speaker 2"),
        ("Jonas Weber (Guest): hello", "Jonas Weber (Guest)"),
        ("岡田: こんばんは", "岡田"),
        ("J. O'Neil-Smith:", "J. O'Neil-Smith"),
    ],
)
def test_a_name_before_a_colon_is_a_label(line: str, name: str):
    label = split_label(line)
    assert label is not None
    assert label[0] == name


@pytest.mark.parametrize(
    "line",
    [
        "10:30 Meeting: we begin",
        "see https://example.org",
        "the thing is: it rains",
        "Well. So: no",
        ": hello",
        "no colon",
        "A" * 99 + ":",
    ],
)
def test_other_words_before_a_colon_are_none(line: str):
    assert split_label(line) is None


def test_badges_come_off_and_other_brackets_stay():
    assert split_badges("Mei Tanaka (External) (Guest)") == ("Mei Tanaka", "(External) (Guest)")
    assert split_badges("Mei Tanaka (Harbour ML)") == ("Mei Tanaka (Harbour ML)", "")
    assert split_badges("(Guest)") == ("", "(Guest)")


@given(st.text(max_size=80))
def test_a_label_and_its_speech_are_the_whole_line(line: str):
    label = split_label(line)
    assert label is None or "".join(f"{label[0]}:{label[1]}".split()) == "".join(line.split())
