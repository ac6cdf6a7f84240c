from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonplace.engines.transcripts.model import Words
from commonplace.engines.transcripts.revision import (
    align_words,
    join_words,
    merge_words,
    place_words,
    revise_words,
)

few = st.lists(st.sampled_from("the tide boat comes in and out again".split()), max_size=14)
"""Few different words, so that repeats are the rule."""


def timed(texts: list[str], *, pace: int = 400, start: int = 1_000) -> Words:
    return Words.of((text, start + pace * n, start + pace * n + pace - 50) for n, text in enumerate(texts))


@st.composite
def timed_words(draw: st.DrawFn) -> Words:
    """Words in order of time, some without a time."""
    words, clock = [], 0
    for text in draw(few):
        clock += draw(st.integers(0, 500))
        end = clock + draw(st.integers(0, 500))
        words.append((text, clock, end) if draw(st.integers(0, 9)) else (text, None, None))
    return Words.of(words)


@given(timed_words(), few)
def test_the_words_are_those_of_the_new_text(words: Words, new: list[str]):
    assert revise_words(words, "  ".join(new)).words.texts == new


@given(timed_words(), few)
def test_an_unchanged_word_keeps_its_times(words: Words, new: list[str]):
    revised = revise_words(words, " ".join(new))
    placement = place_words(revised.changes, len(words))
    for index, kept in enumerate(placement.kept):
        if kept:
            assert revised.words[placement.place[index]] == words[index]


bounds = st.none() | st.integers(0, 5_000)


@given(timed_words(), few, bounds, bounds)
@settings(max_examples=1000)
def test_times_stay_in_order_and_within_what_surrounds_them(words: Words, new: list[str], earliest, latest):
    revised = revise_words(words, " ".join(new), earliest_ms=earliest, latest_ms=latest).words
    known = [*words.starts_ms, *words.ends_ms, *(time for time in (earliest, latest) if time is not None)]
    starts = [time for time in revised.starts_ms if time >= 0]
    assert all(a <= b for a, b in pairwise(starts))
    assert all(word.start_ms <= word.end_ms for word in revised if word.start_ms is not None)
    assert all(0 <= time <= max(known) for time in starts)


@given(timed_words())
def test_the_same_text_changes_nothing_and_an_empty_one_leaves_nothing(words: Words):
    assert revise_words(words, " ".join(words.texts)).words == words
    assert revise_words(words, " \n ").words == Words.of(())


def test_a_word_that_replaces_another_takes_its_times():
    revised = revise_words(timed(["the", "kegel", "boat"]), "the Kaggle boat").words
    assert list(revised) == [("the", 1_000, 1_350), ("Kaggle", 1_400, 1_750), ("boat", 1_800, 2_150)]


def test_one_word_in_the_place_of_two_takes_the_time_of_both():
    assert revise_words(timed(["a", "data", "set", "b"]), "a dataset b").words[1] == ("dataset", 1_400, 2_150)


def test_an_inserted_word_stands_in_the_pause_and_takes_no_more_of_it_than_it_needs():
    words = Words.of([("one", 0, 300), ("two", 9_000, 9_300)])
    assert revise_words(words, "one and two").words[1] == ("and", 300, 700)
    assert revise_words(words, "so one two", earliest_ms=0).words[0] == ("so", 0, 0)
    assert revise_words(words, "one two three", latest_ms=9_500).words[2] == ("three", 9_300, 9_500)


def test_without_any_time_a_new_word_gets_none():
    assert list(revise_words(Words.of([("one", None, None)]), "one two").words)[1] == ("two", None, None)


@given(few, few)
def test_what_is_not_named_as_a_change_is_the_same(old: list[str], new: list[str]):
    rebuilt, done = [], 0
    for change in align_words(old, new):
        rebuilt += old[done : change.old_first] + new[change.new_first : change.new_stop]
        done = change.old_stop
    assert rebuilt + old[done:] == new


@given(few, few, st.data())
def test_a_span_is_found_again_only_where_all_its_words_stand_side_by_side(old: list[str], new: list[str], data):
    if not old:
        return
    placement = place_words(align_words(old, new), len(old))
    first, last = sorted([data.draw(st.integers(0, len(old) - 1)), data.draw(st.integers(0, len(old) - 1))])
    span = placement.find_span(first, last)
    assert span is None or new[span[0] : span[1] + 1] == old[first : last + 1]


@given(few, few, few, few, st.data())
@settings(max_examples=400)
def test_a_span_moves_with_its_words_or_is_given_up(head, old, new, tail, data):
    """The revised words stand between others, as a paragraph does between its neighbours."""
    before, after = [*head, *old, *tail], [*head, *new, *tail]
    if not before:
        return
    placement = place_words(align_words(old, new), len(old))
    first, last = sorted(data.draw(st.integers(0, len(before) - 1)) for _ in range(2))
    span = placement.move_span(first, last, offset=len(head))
    assert span is None or after[span[0] : span[1] + 1] == before[first : last + 1]
    assert span is not None or old != new
    moved = placement.move_word(first, offset=len(head))
    assert 0 <= moved <= len(after)
    if first >= len(head) + len(old):
        assert len(after) - moved == len(before) - first


@given(few, few)
def test_one_editor_alone_is_never_disputed(base: list[str], mine: list[str]):
    for left, right in ((mine, base), (base, mine), (mine, mine)):
        merge = merge_words(base, timed(left), timed(right))
        assert merge.is_clean
        assert merge.words.texts == mine


@given(few, few, few)
def test_each_side_of_a_merge_holds_that_editor_s_words_where_only_they_changed_them(base, mine, theirs):
    merge = merge_words(base, timed(mine), timed(theirs))
    mirrored = merge_words(base, timed(theirs), timed(mine))
    assert merge.is_clean == mirrored.is_clean
    assert join_words(piece.theirs for piece in merge.pieces).texts == mirrored.words.texts
    if merge.is_clean:
        assert merge.words.texts == mirrored.words.texts


@pytest.mark.parametrize(
    ("mine", "theirs", "merged"),
    [
        ("A b c d e", "a b c d E", "A b c d E"),
        ("a b d e", "a b c d e f", "a b d e f"),
        ("a x b c d e", "a b c y d e", "a x b c y d e"),
        ("a B c d e", "a B c d e", "a B c d e"),
        ("a B c d e", "a bb c d e", None),
        ("a B c d e", "a b C d e", None),
        ("a b c d e x", "a b c d e y", None),
        ("", "a b c d E", None),
    ],
)
def test_two_editors_are_merged_where_an_unchanged_word_parts_them(mine: str, theirs: str, merged: str | None):
    merge = merge_words("a b c d e".split(), timed(mine.split()), timed(theirs.split(), start=9_000))
    assert (" ".join(merge.words.texts) if merge.is_clean else None) == merged


def test_a_talk_of_forty_thousand_words_is_revised_within_seconds():
    texts = [f"word{n % 997}" if n % 3 else "the" for n in range(40_000)]
    new = texts.copy()
    new[10:20] = ["other"]
    new[39_000:39_000] = ["more"]
    begun = time.process_time()
    revised = revise_words(timed(texts), " ".join(new)).words
    assert time.process_time() - begun < 10
    assert revised[-1] == timed(texts)[-1]
