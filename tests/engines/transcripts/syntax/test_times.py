"""Clock times and decimal seconds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.syntax.times import read_clock, read_seconds, write_clock


@given(st.integers(0, 10**12), st.sampled_from(".,"))
def test_a_written_time_reads_back(time_ms: int, separator: str):
    assert read_clock(write_clock(time_ms, separator)) == time_ms


@pytest.mark.parametrize(
    ("text", "time_ms"),
    [
        ("0:05", 5_000),
        ("1:02:03", 3_723_000),
        ("00:00:01,5", 1_500),
        ("00:01.0625", 1_062),
        ("-0:01.000", -1_000),
        ("100:00:00.000", 360_000_000),
        (" 0:01 ", 1_000),
    ],
)
def test_times_are_read_as_people_and_tools_write_them(text: str, time_ms: int):
    assert read_clock(text) == time_ms


@pytest.mark.parametrize("text", ["", "12", "aa:bb", "00:00:0x,000", "ab:cd:ef,ghi", "1:2:3:4:5", "0:05 hello"])
def test_what_is_no_time_is_none(text: str):
    assert read_clock(text) is None


@given(st.text(st.sampled_from("0123456789:.,- x"), max_size=14))
def test_no_text_breaks_it(text: str):
    assert read_clock(text) is None or isinstance(read_clock(text), int)


@pytest.mark.parametrize(
    ("text", "ms"), [("12.5", 12500), ("0", 0), ("-1.25", -1250), (".5", 500), (" 3. ", 3000), ("1e2", 100000)]
)
def test_decimal_seconds_are_read(text: str, ms: int):
    assert read_seconds(text) == ms


@pytest.mark.parametrize("text", ["", ".", "soon", "nan", "inf", "1:02", "1,5", "1_0", "1e999"])
def test_what_is_no_decimal_number_is_none(text: str):
    assert read_seconds(text) is None


@given(st.integers(-(10**9), 10**9))
def test_every_millisecond_of_decimal_seconds_survives(ms: int):
    assert read_seconds(f"{ms / 1000:.3f}") == ms
