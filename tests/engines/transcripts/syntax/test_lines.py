"""Lines with their places."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.syntax.lines import walk_filled_lines, walk_lines

TEXTS = st.text(" \ta\n", max_size=40)


@given(TEXTS)
def test_every_line_stands_at_its_place(text: str):
    found = list(walk_lines(text))
    assert "\n".join(line for line, _ in found) == text.removesuffix("\n")
    assert all(text.startswith(line, offset) for line, offset in found)


@given(TEXTS)
def test_every_line_that_is_not_blank_is_found_at_its_place(text: str):
    found = list(walk_filled_lines(text))
    assert [line.split() for line, _ in found] == [line.split() for line in text.split("\n") if line.strip()]
    assert all(text.startswith(line, offset) for line, offset in found)


def test_a_line_of_spaces_costs_no_more_than_its_length():
    assert list(walk_filled_lines(" " * 1_000_000)) == []
