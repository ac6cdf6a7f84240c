from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.comparison.overlap import ENDS, LEAST_CUT, find_overlap, measure_prefixes


def say(count: int, *, seed: int = 1) -> list[str]:
    """Words as often as people say them: few very often, many once."""
    chance = random.Random(seed)
    return [str(int(3000 * chance.random() ** 3)) for _ in range(count)]


def mishear(words: list[str], share: float, *, seed: int = 2) -> list[str]:
    chance = random.Random(seed)
    heard = []
    for word in words:
        kind = chance.random()
        heard += [word] if kind >= share else chance.choice([[], ["wrong"], [word, "extra"]])
    return heard


TALK = say(9_000)


@given(st.lists(st.sampled_from("abcd"), max_size=12), st.lists(st.sampled_from("abcd"), max_size=12))
def test_distances_to_all_beginnings_are_those_of_the_textbook(pattern: list[str], text: list[str]):
    row = list(range(len(pattern) + 1))
    expected = [row[-1]]
    for token in text:
        following = [row[0] + 1]
        for index, other in enumerate(pattern):
            following.append(min(row[index] + (token != other), row[index + 1] + 1, following[-1] + 1))
        row = following
        expected.append(row[-1])
    assert measure_prefixes(pattern, text) == expected


@pytest.mark.parametrize("ends", ENDS)
@given(words=st.lists(st.sampled_from("the tide comes in and out".split()), max_size=40))
def test_a_text_overlaps_itself_whole(ends, words: list[str]):
    assert find_overlap(words, words, ends=ends) == (0, len(words), 0, len(words))


@given(st.integers(0, 8_000), st.integers(100, 1_000), st.sampled_from([0, 0.1, 0.3]))
def test_an_excerpt_is_found_in_the_whole_talk(start: int, length: int, share: float):
    excerpt = TALK[start : start + length]
    hypothesis = mishear(TALK, share)
    first, stop, there, until = find_overlap(excerpt, hypothesis)
    assert (first, stop) == (0, len(excerpt))
    before = len(mishear(TALK[:start], share))
    assert abs(there - before) <= LEAST_CUT + 5
    assert abs(until - len(mishear(TALK[: start + length], share))) <= LEAST_CUT + 5


def test_excerpts_that_are_offset_are_compared_where_both_have_words():
    assert find_overlap(TALK[:1500], TALK[500:2000]) == (500, 1500, 0, 1000)
    assert find_overlap(TALK[500:2000], TALK[:1500]) == (0, 1000, 500, 1500)


def test_what_a_hypothesis_has_lost_is_not_cut_unless_that_is_asked_for():
    assert find_overlap(TALK[:1500], TALK[:600]) == (0, 1500, 0, 600)
    assert find_overlap(TALK[:1500], TALK[:600], ends="overlap") == (0, 600, 0, 600)
    assert find_overlap(TALK[500:2000], TALK[:1500], ends="whole") == (0, 1500, 0, 1500)


def test_a_few_words_at_an_end_are_errors_and_no_other_excerpt():
    assert find_overlap(TALK[:500], [*"thanks for watching".split(), *TALK[:500], "bye"]) == (0, 500, 0, 504)


def test_what_was_lost_in_the_middle_does_not_part_the_overlap():
    assert find_overlap(TALK[:3000], TALK[:1000] + TALK[1600:3000]) == (0, 3000, 0, 2400)


def test_texts_with_nothing_in_common_are_compared_whole():
    other = [f"other {word}" for word in TALK]
    assert find_overlap(TALK[:500], other) == (0, 500, 0, 9000)
    assert find_overlap([], TALK) == (0, 0, 0, 9000)
    assert find_overlap(TALK[:1000], [*other[:4000], *TALK[400:404], *other]) == (0, 1000, 0, 13_004)


def test_a_talk_of_twelve_hours_is_searched_in_seconds():
    talk = say(110_000)
    started = time.perf_counter()
    first, stop, _there, _until = find_overlap(talk[50_000:60_000], mishear(talk, 0.2))
    assert time.perf_counter() - started < 10
    assert (first, stop) == (0, 10_000)
