from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.comparison.bootstrap import FEWEST_SEGMENTS, MOST_UNITS, Resampling, SegmentErrors


def simulate(segments: int, share: float, *, seed: int, length: int = 12) -> SegmentErrors:
    chance = random.Random(seed)
    errors = tuple(sum(chance.random() < share for _ in range(length)) for _ in range(segments))
    return SegmentErrors(errors, (length,) * segments)


def test_intervals_cover_the_rate_they_estimate_about_as_often_as_they_say():
    covered = 0
    for seed in range(200):
        interval = Resampling(60, seed=seed).estimate_interval(simulate(60, 0.1, seed=seed))
        assert interval
        covered += interval.low <= 0.1 <= interval.high
    assert 0.89 <= covered / 200 <= 0.99


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 9)), min_size=FEWEST_SEGMENTS, max_size=40))
def test_an_interval_is_ordered_and_inside_the_rates_of_segments(segments: list[tuple[int, int]]):
    errors, totals = zip(*segments, strict=True)
    interval = Resampling(len(segments), seed=1).estimate_interval(SegmentErrors(errors, totals))
    assert interval
    rates = [error / total for error, total in segments]
    assert min(rates) - 1e-9 <= interval.low <= interval.high <= max(rates) + 1e-9


def test_the_same_seed_gives_the_same_interval_and_another_one_another():
    measured = simulate(40, 0.2, seed=1)
    one, same, other = (Resampling(40, seed=seed).estimate_interval(measured) for seed in (1, 1, 2))
    assert one == same != other


def test_a_difference_that_is_in_every_sentence_is_certain():
    better, worse = SegmentErrors((1,) * 30, (10,) * 30), SegmentErrors((2,) * 30, (10,) * 30)
    difference = Resampling(30, seed=1).compare(better, worse)
    assert difference
    assert (round(difference.difference, 6), difference.probability) == (-0.1, 1.0)
    assert round(difference.interval.high, 6) == -0.1


def test_a_hypothesis_does_not_differ_from_itself():
    measured = simulate(40, 0.2, seed=1)
    difference = Resampling(40, seed=1).compare(measured, measured)
    assert difference
    assert (difference.difference, difference.probability) == (0, 0.5)


def test_neighbours_of_a_very_long_talk_are_drawn_together_and_nothing_is_left_out():
    long = simulate(2 * MOST_UNITS + 1, 0.1, seed=1)
    interval = Resampling(2 * MOST_UNITS + 1, seed=1).estimate_interval(long)
    assert interval
    assert interval.low < (long.rate or 0) < interval.high
    assert interval.high - interval.low < 0.02


def test_too_few_segments_or_nothing_to_divide_by_give_no_interval():
    few = simulate(FEWEST_SEGMENTS - 1, 0.2, seed=1)
    assert Resampling(FEWEST_SEGMENTS - 1, seed=1).estimate_interval(few) is None
    assert Resampling(FEWEST_SEGMENTS - 1, seed=1).compare(few, few) is None
    nothing = SegmentErrors((0,) * 20, (0,) * 20)
    assert Resampling(20, seed=1).estimate_interval(nothing) is None
    assert nothing.rate is None
