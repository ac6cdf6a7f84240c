from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.lexicon import Alias, Entry, InconsistentLexicon, Lexicon

DASK = Entry("Dask", "tool", (Alias("dusk", 2), Alias("task", 4)), "the talk of 31 March")
PRIYA = Entry("Priya Raman", "person")


def test_aliases_stand_in_the_order_of_their_counts():
    assert [alias.form for alias in DASK.aliases] == ["task", "dusk"]


@given(st.permutations([DASK, PRIYA, Entry("dask"), Entry("Zurich")]))
def test_a_lexicon_is_the_same_whatever_order_its_entries_came_in(entries: list[Entry]):
    lexicon = Lexicon(entries)
    assert lexicon == Lexicon(reversed(entries))
    assert hash(lexicon) == hash(Lexicon(reversed(entries)))
    assert [entry.canonical for entry in lexicon] == ["Dask", "dask", "Priya Raman", "Zurich"]
    assert (lexicon[0], lexicon[2:]) == (DASK, (PRIYA, lexicon[3]))


def test_a_lexicon_tells_its_size_and_differs_from_anything_else():
    assert repr(Lexicon([DASK])) == "<Lexicon of 1 entries>"
    assert Lexicon() != ()


def test_one_canonical_form_has_one_entry():
    with pytest.raises(InconsistentLexicon, match="'Dask' has two entries"):
        Lexicon([DASK, Entry("Dask", "person")])


@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (lambda: Entry(""), "no canonical form"),
        (lambda: Entry(" Dask"), "white space"),
        (lambda: Entry("scikit  learn"), "white space"),
        (lambda: Entry("a\x00b"), "control characters"),
        (lambda: Entry("x" * 201), "longer than 200"),
        (lambda: Entry("Dask", kind="t" * 201), "longer than 200"),
        (lambda: Entry("Dask", aliases=(Alias("a;b"),)), "cannot be an alias"),
        (lambda: Entry("Dask", aliases=(Alias(""),)), "cannot be an alias"),
        (lambda: Entry("Dask", aliases=(Alias("task", 0),)), "heard 0 times"),
        (lambda: Entry("Dask", aliases=(Alias("task"), Alias("task", 2))), "stands there twice"),
        (lambda: Entry("Dask", aliases=(Alias("Dask"),)), "the canonical form itself"),
    ],
)
def test_an_entry_that_cannot_be_is_refused(make, problem: str):
    with pytest.raises(InconsistentLexicon, match=problem):
        make()
