from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts import read_file_name


@pytest.mark.parametrize(
    ("name", "title", "date", "language"),
    [
        ("2026-05-04_words-with-times.en.vtt", "Words with times", "2026-05-04", "en"),
        ("Words with times [dQw4w9WgXcQ].ja.vtt", "Words with times", None, "ja"),
        ("GMT20260504-170000_Recording.transcript.vtt", "", "2026-05-04", None),
        ("Tides (part 2).srt", "Tides (part 2)", None, None),
        ("Boats and tides subtitles.srt", "Boats and tides", None, None),
        ("C:\\fakepath\\harbour.vtt", "Harbour", None, None),
        ("../../etc/passwd", "Passwd", None, None),
        ("海の話.ja.vtt", "海の話", None, "ja"),
        ("2026-13-40 tides.vtt", "2026-13-40 tides", None, None),
        ("tides.pt-BR.srt", "Tides", None, "pt-BR"),
        (".vtt", "", None, None),
        ("", "", None, None),
    ],
)
def test_a_name_tells_title_day_and_language(name: str, title: str, date: str | None, language: str | None):
    parts = read_file_name(name)
    assert (parts.title, parts.date, parts.language) == (title, date, language)


@given(st.text(max_size=300))
def test_any_name_can_be_read_and_the_title_stands_on_one_line(name: str):
    title = read_file_name(name).title
    assert title == " ".join(title.split())
