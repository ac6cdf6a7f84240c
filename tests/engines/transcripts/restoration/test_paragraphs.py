from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.restoration.paragraphs import LEAST_WORDS, MOST_WORDS, choose_breaks


@given(st.lists(st.integers(1, 40), min_size=1, max_size=80))
def test_paragraphs_begin_with_sentences(lengths: list[int]):
    ends, place = [], 9
    for length in lengths:
        place += length
        ends.append(place)
    starts = choose_breaks(ends, [0.0] * len(ends), first=10, stop=place + 1)
    assert starts[0] == 10
    assert set(starts[1:]) <= {end + 1 for end in ends}
    assert all(a < b for a, b in pairwise(starts))


def test_paragraphs_have_a_length_that_people_like():
    ends = list(range(14, 15 * 100, 15))
    starts = choose_breaks(ends, [0.0] * len(ends), first=0, stop=ends[-1] + 1)
    lengths = [b - a for a, b in pairwise([*starts, ends[-1] + 1])]
    assert all(LEAST_WORDS <= length <= MOST_WORDS + 15 for length in lengths)


def test_a_break_goes_where_it_is_likeliest():
    ends = list(range(9, 160, 10))
    scores = [2.0 if end == 79 else 0.0 for end in ends]
    assert choose_breaks(ends, scores, first=0, stop=160) == [0, 80]


def test_a_sentence_without_an_end_is_one_paragraph():
    assert choose_breaks([999], [0.0], first=0, stop=1000) == [0]
