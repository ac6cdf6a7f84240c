from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.loops import find_loops

distinct = st.lists(st.text("abcdefgh", min_size=3, max_size=8), min_size=1, max_size=12, unique=True)


def test_people_may_repeat_themselves():
    assert find_loops("no no no yeah yeah I I I mean it is very very very very good".split()) == ()


@given(distinct, st.integers(8, 30))
def test_a_phrase_over_and_over_is_one_loop(phrase: list[str], repeats: int):
    before, after = ["BEFORE", "it", "was", "said"], ["AFTER", "that"]
    (loop,) = find_loops(before + phrase * repeats + after)
    assert (loop.first_word, loop.last_word) == (len(before), len(before) + len(phrase) * repeats - 1)
    assert loop.repeats == repeats


@given(st.lists(st.sampled_from("abc"), max_size=300))
def test_loops_are_in_order_apart_and_truly_repeat(texts: list[str]):
    loops = find_loops(texts)
    assert all(a.last_word < b.first_word for a, b in pairwise(loops))
    for loop in loops:
        stretch = texts[loop.first_word : loop.last_word + 1]
        period = len(stretch) // loop.repeats
        assert any(stretch[p:] == stretch[:-p] for p in range(1, period + 1))


@given(st.lists(st.text("abcdefghij", min_size=1, max_size=3), max_size=200, unique=True))
def test_words_that_never_repeat_are_no_loop(texts: list[str]):
    assert find_loops(texts) == ()


def test_a_loop_in_a_very_long_talk_is_found():
    talk = [f"word{n}" for n in range(400_000)]
    (loop,) = find_loops([*talk, *["thank", "you", "for", "watching"] * 9])
    assert (loop.first_word, loop.repeats) == (400_000, 9)
