"""Names before a colon."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.speaker_names import split_badges, split_label


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
