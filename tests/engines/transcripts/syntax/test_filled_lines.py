"""Lines with their places."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.syntax.filled_lines import find_lines


@given(st.text(" \ta\n", max_size=40))
def test_every_line_that_is_not_blank_is_found_at_its_place(text: str):
    found = list(find_lines(text))
    assert [line.split() for _, line in found] == [line.split() for line in text.split("\n") if line.strip()]
    assert all(text.startswith(line, offset) for offset, line in found)


def test_a_line_of_spaces_costs_no_more_than_its_length():
    assert list(find_lines(" " * 1_000_000)) == []
