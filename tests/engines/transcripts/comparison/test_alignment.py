from __future__ import annotations

import random
import time

import jiwer
from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.comparison.alignment import (
    Counts,
    align_tokens,
    count_errors,
    count_steps,
    split_steps,
)

few = st.lists(st.sampled_from("the tide comes in and out".split()), max_size=20)


@given(few)
def test_a_text_has_no_errors_against_itself(words: list[str]):
    assert count_errors(words, words) == Counts(hits=len(words))


@given(few, few)
def test_the_other_way_round_deletions_are_insertions_and_errors_are_as_many(one: list[str], other: list[str]):
    there, back = count_errors(one, other), count_errors(other, one)
    assert there.errors == back.errors
    assert there.deletions - there.insertions == back.insertions - back.deletions == len(one) - len(other)


@given(few.filter(bool), few)
def test_counts_are_those_of_jiwer(reference: list[str], hypothesis: list[str]):
    theirs = jiwer.process_words(" ".join(reference), " ".join(hypothesis))
    ours = count_errors(reference, hypothesis)
    assert ours == Counts(theirs.hits, theirs.substitutions, theirs.deletions, theirs.insertions)
    assert ours.rate == theirs.wer


@given(st.lists(st.booleans(), min_size=1, max_size=60), st.randoms(use_true_random=False))
def test_planted_errors_are_found_exactly(plan: list[bool], chance: random.Random):
    """Every word differs from all others, and errors keep a word between them."""
    hypothesis, expected = [], Counts()
    for number, is_error in enumerate(plan):
        kind = chance.choice(["substitution", "deletion", "insertion"]) if is_error else "hit"
        expected += Counts(1, kind == "substitution", kind == "deletion", kind == "insertion") + (
            Counts(1) if kind in ("hit", "insertion") else Counts()
        )
        hypothesis += {
            "hit": [f"word{number}"],
            "substitution": [f"wrong{number}"],
            "deletion": [],
            "insertion": [f"word{number}", f"extra{number}"],
        }[kind]
        hypothesis.append(f"between{number}")
    reference = [word for number in range(len(plan)) for word in (f"word{number}", f"between{number}")]
    assert count_errors(reference, hypothesis) == expected


def test_there_is_no_rate_without_a_reference():
    assert count_errors([], ["word"]).rate is None


@given(few.filter(bool), few, st.data())
def test_the_steps_of_all_segments_are_the_steps_of_the_whole(reference, hypothesis, data: st.DataObject):
    cuts = data.draw(st.lists(st.integers(0, len(reference)), max_size=5))
    stops = [*sorted(cuts), len(reference)]
    steps = align_tokens(reference, hypothesis)
    segments = split_steps(steps, stops)
    assert sum(map(count_steps, segments), Counts()) == count_steps(steps)
    for start, stop, inside in zip([0, *stops], stops, segments, strict=False):
        assert count_steps(inside).reference == stop - start
    placed = [step.hypothesis_first for inside in segments for step in inside]
    assert placed == sorted(placed)


def test_an_hour_of_talk_is_aligned_at_once():
    chance = random.Random(1)
    reference = [str(int(3000 * chance.random() ** 3)) for _ in range(10_000)]
    hypothesis = [word if chance.random() > 0.2 else "x" for word in reference if chance.random() > 0.05]
    started = time.perf_counter()
    align_tokens(reference, hypothesis)
    assert time.perf_counter() - started < 1
