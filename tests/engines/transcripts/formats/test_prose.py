"""Prose without times."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.document import Document
from commonplace.engines.transcripts.formats.base import Details, Heading
from commonplace.engines.transcripts.formats.prose import FORMAT
from tests.engines.transcripts.formats.damage import check_damaged_sample
from tests.engines.transcripts.formats.reading import (
    cues_of,
    first_claim,
    read_sample,
    read_text,
    sample_document,
    samples_of,
    set_aside_of,
    words_of,
)


@pytest.mark.parametrize("name", samples_of(FORMAT))
def test_it_is_recognised(name: str):
    assert first_claim(sample_document(FORMAT, name)) == FORMAT.name


@given(st.data())
def test_a_damaged_file_is_read_or_refused_with_a_place(data: st.DataObject):
    check_damaged_sample(FORMAT, data)


def test_every_readable_word_is_speech_and_markup_is_set_aside():
    items = read_sample(FORMAT, "markdown.md")
    assert "We measured for a year, 2 * 3 times; see the data and tide_table." in [cue.text for cue in cues_of(items)]
    assert "1. Boats & moons" in [cue.text for cue in cues_of(items)]
    assert ("note", "not yet said") in set_aside_of(items)
    assert ("markup", "harbour /harbour.svg") in set_aside_of(items)


def test_headings_of_both_kinds_are_headings():
    items = read_sample(FORMAT, "markdown.md")
    assert [item for item in items if isinstance(item, Heading)] == [Heading("Tides"), Heading("What we learnt")]


@pytest.mark.parametrize(
    "text",
    [
        "body { color: red; }\n.p { margin: 0 }",
        "import os\n\ndef f(x):\n    return os.path(x)\n",
        "name,city,age\nMei,Kyoto,34\nJonas,Ulm,33",
        '{"a": "hello there"}',
        "<feed><entry>hello there</entry></feed>",
        "1;2;3\n4;5;6",
        "\x00\x01 hello \x02",
        "x = 1\ny = 2\nprint(x + y)",
    ],
)
def test_what_is_no_language_is_left_alone(text: str):
    assert not FORMAT.looks_like(Document(text))


@pytest.mark.parametrize(
    "text", ["hello", "Привет, как дела?", "สวัสดีครับ ผมชื่อเมย์", "今日は。", "Ada: 3 of 5, well.\n\nMei: yes!"]
)
def test_every_language_is_recognised(text: str):
    assert FORMAT.looks_like(Document(text))


@given(st.lists(st.from_regex(r"[a-z]{1,8}[.,]?", fullmatch=True), min_size=1, max_size=40))
def test_no_word_of_plain_text_is_lost(words: list[str]):
    assert words_of(read_text(FORMAT, " ".join(words))) == words


def test_a_line_without_end_is_read_in_parts():
    cues = cues_of(read_text(FORMAT, "tide " * 100_000))
    assert len(cues) > 1
    assert sum(len(cue.text.split()) for cue in cues) == 100_000


def test_front_matter_gives_the_title():
    items = read_text(FORMAT, '---\ntitle: "Small models at sea"\ntags: [x]\n---\nWe went out in the morning.\n')
    assert Details(title="Small models at sea") in items
