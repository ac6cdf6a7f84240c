"""Decimal seconds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.syntax.seconds import read_seconds


@pytest.mark.parametrize(
    ("text", "ms"), [("12.5", 12500), ("0", 0), ("-1.25", -1250), (".5", 500), (" 3. ", 3000), ("1e2", 100000)]
)
def test_decimals_are_read(text: str, ms: int):
    assert read_seconds(text) == ms


@pytest.mark.parametrize("text", ["", ".", "soon", "nan", "inf", "1:02", "1,5", "1_0", "1e999"])
def test_anything_else_is_none(text: str):
    assert read_seconds(text) is None


@given(st.integers(-(10**9), 10**9))
def test_every_millisecond_survives(ms: int):
    assert read_seconds(f"{ms / 1000:.3f}") == ms
