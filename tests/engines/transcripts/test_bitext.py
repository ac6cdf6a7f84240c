from __future__ import annotations

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from commonplace.engines.transcripts import (
    Transcript,
    Turn,
    Words,
    align_paragraphs,
    split_paragraphs,
    split_paragraphs_beside,
)

from .strategies import transcripts

TIMES = st.lists(st.none() | st.integers(0, 3_600_000), max_size=40)


@given(left=TIMES, right=TIMES)
@example(left=[], right=[])
@example(left=[None], right=[0])
@example(left=[0, 0, 0], right=[0])
@example(left=[None, 5], right=[3, None])
def test_every_paragraph_stands_in_one_row_and_in_its_order(left: list[int | None], right: list[int | None]):
    rows = align_paragraphs(left, right)
    assert [index for mine, _ in rows for index in mine] == list(range(len(left)))
    assert [index for _, others in rows for index in others] == list(range(len(right)))


@given(left=TIMES.filter(bool), right=TIMES.filter(bool))
def test_no_side_of_a_row_is_empty_where_both_have_something_to_say(left: list[int | None], right: list[int | None]):
    assert all(len(mine) and len(others) for mine, others in align_paragraphs(left, right))


@given(left=TIMES, right=TIMES)
def test_it_does_not_matter_which_one_stands_left(left: list[int | None], right: list[int | None]):
    mirrored = tuple((others, mine) for mine, others in align_paragraphs(right, left))
    assert align_paragraphs(left, right) == mirrored


@given(times=st.lists(st.integers(0, 3_600_000), unique=True).map(sorted), data=st.data())
def test_paragraphs_that_begin_together_share_a_row(times: list[int], data: st.DataObject):
    # A translation begins each paragraph when the talk does, give or take less than half the shortest paragraph.
    room = min((after - before for before, after in pairwise(times)), default=2) // 2 - 1
    shifts = data.draw(st.lists(st.integers(0, max(0, room)), min_size=len(times), max_size=len(times)))
    shifted = [time + shift for time, shift in zip(times, shifts, strict=True)]
    assert align_paragraphs(times, shifted) == tuple((range(n, n + 1), range(n, n + 1)) for n in range(len(times)))


@given(times=TIMES, count=st.integers(0, 40))
def test_without_times_as_many_paragraphs_stand_beside_each_other_in_their_order(times: list[int | None], count: int):
    assert align_paragraphs([None] * count, [None] * count) == tuple(
        (range(n, n + 1), range(n, n + 1)) for n in range(count)
    )
    assert align_paragraphs([None] * len(times), times) == tuple(
        (range(n, n + 1), range(n, n + 1)) for n in range(len(times))
    )


def test_a_long_paragraph_stands_beside_the_short_ones_of_its_time():
    assert align_paragraphs([0, 60_000], [0, 20_000, 41_000, 59_000, 90_000]) == (
        (range(1), range(3)),
        (range(1, 2), range(3, 5)),
    )


def test_a_paragraph_without_a_time_stays_with_the_one_before_it():
    assert align_paragraphs([0, None, 60_000], [0, 60_000]) == ((range(2), range(1)), (range(2, 3), range(1, 2)))


def test_a_time_that_goes_back_does_not_turn_the_order():
    assert align_paragraphs([0, 50_000, 10_000], [0, 10_000, 50_000]) == (
        (range(1), range(2)),
        (range(1, 3), range(2, 3)),
    )


def say(*starts: int | None, text: str = "word", turns: tuple[Turn, ...] = ()) -> Transcript:
    return Transcript(words=Words.of([(text, start, start) for start in starts]), precision="cue", turns=turns)


@given(transcript=transcripts(), starts=TIMES)
def test_split_beside_another_a_transcript_says_the_same_words_in_the_same_turns(
    transcript: Transcript, starts: list[int | None]
):
    split = split_paragraphs_beside(transcript, starts)
    assert (split.words, split.turns) == (transcript.words, transcript.turns)
    assert {turn.first_word for turn in split.turns} <= set(split.paragraphs)


def test_a_paragraph_begins_with_the_word_nearest_to_the_one_beside_it():
    assert split_paragraphs_beside(say(0, 9_000, 21_000, 30_000), [0, 20_000]).paragraphs == (0, 2)


def test_a_paragraph_would_rather_begin_with_a_sentence():
    words = Words.of([("One", 0, 100), ("two.", 16_000, 17_000), ("Three", 18_000, 19_000), ("four", 20_000, 21_000)])
    assert split_paragraphs_beside(Transcript(words=words), [0, 20_000]).paragraphs == (0, 2)


def test_where_nothing_is_said_near_the_paragraph_beside_it_none_begins():
    assert split_paragraphs_beside(say(0, 40_000, 80_000), [0, 20_000, 60_000, 80_000]).paragraphs == (0, 2)


def test_a_turn_begins_a_paragraph_wherever_the_other_does():
    split = split_paragraphs_beside(say(0, 40_000, turns=(Turn("Ada", 0, 0), Turn("Mei", 1, 1))), [0])
    assert split.paragraphs == (0, 1)


def test_without_times_a_transcript_is_split_as_if_it_stood_alone():
    timeless, timed = say(*[None] * 400, text="word."), say(*range(0, 400_000, 1_000), text="word.")
    assert split_paragraphs_beside(timeless, [0, 5_000]) == split_paragraphs(timeless)
    assert split_paragraphs_beside(timed, [None]) == split_paragraphs(timed)
