from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts import UnreadableCaptions
from commonplace.engines.transcripts.lexicon import Alias, Entry, Lexicon, read_lexicon, write_lexicon
from tests.engines.transcripts.lexicon.strategies import lexicons
from tests.repository.tree import ROOT

FILE = """\
canonical,kind,aliases,source
Dask,tool,task:4;dusk:2,the talk of 31 March
Priya Raman,person,,speakers
"scikit-learn, the library",tool,psychic learn:1,
"""
LEXICON = Lexicon(
    [
        Entry("Dask", "tool", (Alias("task", 4), Alias("dusk", 2)), "the talk of 31 March"),
        Entry("Priya Raman", "person", source="speakers"),
        Entry("scikit-learn, the library", "tool", (Alias("psychic learn"),)),
    ]
)


def test_a_file_is_read_and_written_as_it_stood():
    assert read_lexicon(FILE.encode()) == LEXICON
    assert write_lexicon(LEXICON) == FILE


@given(lexicons)
def test_what_is_written_is_read_back(lexicon: Lexicon):
    assert read_lexicon(write_lexicon(lexicon).encode()) == lexicon


@given(lexicons)
def test_every_entry_has_its_own_line(lexicon: Lexicon):
    assert write_lexicon(lexicon).count("\n") == len(lexicon) + 1


@pytest.mark.parametrize(
    "data",
    [
        FILE.replace("\n", "\r\n").encode("utf-8-sig"),
        FILE.encode("utf-16"),
        FILE.replace("\n", ",\n\n,,,\n").encode(),
        FILE.replace("canonical", " Canonical ").encode(),
        (
            b'source;canonical;aliases;kind\nthe talk of 31 March;Dask;"dusk : 2;task:4";tool\n'
            b"speakers;Priya Raman;;person\n;scikit-learn, the library;psychic learn;tool\n"
        ),
        (
            b"canonical\tkind\taliases\tsource\nDask\ttool\ttask:4;dusk:2\tthe talk of 31 March\n"
            b"Priya Raman\tperson\t\tspeakers\nscikit-learn, the library\ttool\tpsychic learn\n"
        ),
    ],
    ids=["mark and crlf", "utf-16", "empty lines", "spaces", "semicolons", "tabs"],
)
def test_spreadsheets_write_it_in_their_own_ways(data: bytes):
    assert read_lexicon(data) == LEXICON


def test_the_canonical_forms_alone_are_a_lexicon():
    assert read_lexicon(b"canonical\nDask\n\nJupyter\n") == Lexicon([Entry("Dask"), Entry("Jupyter")])


@pytest.mark.parametrize(
    ("text", "place", "problem"),
    [
        ("", ":1:1", "no header"),
        ("term,kind\nDask,tool\n", ":1:1", "'term' is no column"),
        ("canonical,kind,kind\n", ":1:16", "'kind' stands there twice"),
        ("kind\ntool\n", ":1:1", "no column canonical"),
        ("canonical,kind\nDask,tool,task\n", ":2:11", "3 cells, the header 2"),
        ('canonical\n"Dask\n', ":2:1", "no line of CSV"),
        ("canonical,kind\n,tool\n", ":2:1", "no canonical form"),
        ("canonical,aliases\nDask,task;task\n", ":2:1", "stands there twice"),
        ("canonical\nDask\nJupyter\nDask\n", ":4:1", "entry already, in line 2"),
        ('kind,canonical\ntool,Dask\n"a,b",Dask\n', ":3:7", "entry already, in line 2"),
    ],
)
def test_a_mistake_is_told_with_its_place(text: str, place: str, problem: str):
    with pytest.raises(UnreadableCaptions) as caught:
        read_lexicon(text.encode(), "terms.csv")
    assert str(caught.value).startswith(f"terms.csv{place}: ")
    assert problem in str(caught.value)
    assert "expected:" in str(caught.value)


@given(
    st.one_of(st.binary(max_size=200), st.text(max_size=200).map(lambda text: f"canonical,aliases\n{text}".encode()))
)
def test_anything_is_read_or_refused_with_words(data: bytes):
    with contextlib.suppress(UnreadableCaptions):
        lexicon = read_lexicon(data)
        assert read_lexicon(write_lexicon(lexicon).encode()) == lexicon


def test_a_file_too_large_is_refused():
    with pytest.raises(UnreadableCaptions, match="more than"):
        read_lexicon(b"canonical\n" + b"x" * 9 * 2**20)
    with pytest.raises(UnreadableCaptions, match="one too many"):
        read_lexicon(b"canonical\n" + b"".join(b"%d\n" % number for number in range(50_001)))


def test_fifty_thousand_entries_are_read_in_a_few_seconds():
    data = b"canonical,kind\n" + b"".join(b"term %d,topic\n" % number for number in range(50_000))
    started = time.perf_counter()
    assert len(read_lexicon(data)) == 50_000
    assert time.perf_counter() - started < 10


def test_the_example_of_the_documentation_is_a_lexicon():
    page = (ROOT / "docs" / "how-to" / "compare-recognisers.md").read_text(encoding="utf-8")
    example = page.partition("```text\ncanonical")[2].partition("```")[0]
    lexicon = read_lexicon(f"canonical{example}".encode())
    assert [entry.canonical for entry in lexicon] == ["Dask", "Priya Raman", "scikit-learn"]
    assert lexicon[0].aliases == (Alias("task", 4), Alias("dusk", 2))
