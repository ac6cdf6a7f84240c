from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.comparison.assignment import assign_columns


@st.composite
def squares(draw: st.DrawFn) -> list[list[int]]:
    size = draw(st.integers(0, 5))
    return [draw(st.lists(st.integers(0, 9), min_size=size, max_size=size)) for _ in range(size)]


@given(squares())
def test_no_other_assignment_costs_less(costs: list[list[int]]):
    rows = range(len(costs))
    columns = assign_columns(costs)
    assert sorted(columns) == list(rows)
    least = min(
        sum(costs[row][column] for row, column in zip(rows, order, strict=True)) for order in permutations(rows)
    )
    assert sum(costs[row][columns[row]] for row in rows) == least
