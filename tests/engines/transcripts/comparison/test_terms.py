from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.comparison.alignment import align_tokens
from commonplace.engines.transcripts.comparison.terms import TermCounts, TermErrors, TermIndex, compare_terms
from commonplace.engines.transcripts.lexicon import Entry, Lexicon

LEXICON = Lexicon(map(Entry, ["Dask", "git", "scikit learn", "scikit learn contrib", "New York", "York"]))
INDEX = TermIndex(LEXICON, lambda words: [word.lower() for word in words])


def compare(reference: str, hypothesis: str) -> TermErrors:
    mine, theirs = reference.split(), hypothesis.split()
    return compare_terms(
        list(INDEX.find_terms(mine)),
        list(INDEX.find_terms(theirs)),
        align_tokens(mine, theirs),
        texts=(mine, theirs),
        stops=[len(mine) // 2, len(mine)],
        write=lambda first, stop: " ".join(theirs[first:stop]),
    )


def test_the_longest_term_is_found_and_none_over_another():
    found = INDEX.find_terms("in new york use scikit learn contrib and york git".split())
    assert [slot.canonical for slot in found] == ["New York", "scikit learn contrib", "York", "git"]


def test_an_entry_that_leaves_no_tokens_is_never_found():
    assert list(TermIndex(LEXICON, lambda words: []).find_terms(["dask"])) == []


def test_what_was_heard_instead_is_counted_as_it_was_written():
    errors = compare("we use dask and git with dask here", "we use desk and git with tusk here").by_term
    assert errors["Dask"] == TermCounts(wrong=2, heard=Counter(desk=1, tusk=1))
    assert errors["git"] == TermCounts(right=1)
    assert (errors["Dask"].reference, errors["Dask"].errors) == (2, 2)


def test_a_term_of_several_words_is_right_only_as_a_whole():
    errors = compare(
        "try scikit learn now and scikit learn then", "try scikit learn now and psychic learn then"
    ).by_term
    assert errors["scikit learn"] == TermCounts(right=1, wrong=1, heard=Counter({"psychic learn": 1}))


def test_a_term_that_was_torn_apart_is_heard_as_all_its_pieces():
    assert compare("so dask is fast", "so das ki is fast").by_term["Dask"].heard in ({"das ki": 1}, {"das": 1})


def test_the_words_that_look_like_the_term_are_what_was_heard():
    errors = compare("call dask dataframes now", "call uh das data frames now").by_term
    assert errors["Dask"].heard == {"das": 1}


def test_a_term_that_nobody_wrote_is_missed_and_one_nobody_said_is_spurious():
    errors = compare("we like dask a lot", "we like a lot of git")
    assert errors.by_term == {"Dask": TermCounts(missed=1), "git": TermCounts(spurious=1)}
    assert (sum(errors.segment_errors), sum(errors.segment_totals)) == (2, 1)


def test_a_term_in_the_place_of_another_is_one_error():
    assert compare("open york now", "open git now").by_term == {"York": TermCounts(wrong=1, heard=Counter(git=1))}


words = st.lists(st.sampled_from("we use dask git scikit learn new york".split()), min_size=1, max_size=30)


@given(words)
def test_all_terms_of_the_same_text_are_right(text: list[str]):
    errors = compare(" ".join(text), " ".join(text))
    assert all(counts.errors == 0 for counts in errors.by_term.values())
    assert sum(errors.segment_errors) == 0


@given(words, words)
def test_every_term_of_the_reference_is_counted_once(mine: list[str], theirs: list[str]):
    errors = compare(" ".join(mine), " ".join(theirs))
    said = Counter(slot.canonical for slot in INDEX.find_terms(mine))
    assert {name: counts.reference for name, counts in errors.by_term.items() if counts.reference} == said
    assert sum(counts.errors for counts in errors.by_term.values()) == sum(errors.segment_errors)
    written = Counter(slot.canonical for slot in INDEX.find_terms(theirs))
    for name, counts in errors.by_term.items():
        assert counts.right + counts.spurious <= written[name]
