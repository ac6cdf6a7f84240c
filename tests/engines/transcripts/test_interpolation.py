from array import array

from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.interpolation import Span, interpolate_times

UNKNOWN = -1


def interpolate(
    texts: list[str], spans: list[Span], known: dict[int, int] | None = None
) -> tuple[list[int], list[int], int]:
    starts, ends = array("q", [UNKNOWN] * len(texts)), array("q", [UNKNOWN] * len(texts))
    for index, time in (known or {}).items():
        starts[index] = time
    count = interpolate_times(texts, starts, ends, spans)
    return list(starts), list(ends), count


def test_words_share_their_cue_by_length():
    assert interpolate(["a", "bbb"], [Span(0, 2, 0, 600)]) == ([0, 200], [200, 600], 2)


def test_a_cue_without_an_end_runs_to_the_next_one():
    starts, ends, _ = interpolate(["aa", "bb", "cc"], [Span(0, 2, 0, UNKNOWN), Span(2, 3, 1000, UNKNOWN)])
    assert (starts, ends) == ([0, 500, 1000], [500, 1000, 1400])


def test_a_long_silence_is_not_filled_with_slow_words():
    _, ends, _ = interpolate(["aa", "bb"], [Span(0, 1, 0, UNKNOWN), Span(1, 2, 600_000, UNKNOWN)])
    assert ends[0] == 1000


def test_cues_that_all_overlap_end_where_the_next_begins():
    _, ends, _ = interpolate(list("abc"), [Span(n, n + 1, n * 1000, n * 1000 + 1900) for n in range(3)])
    assert ends == [1000, 2000, 3900]


def test_one_true_overlap_keeps_its_time():
    spans = [Span(0, 1, 0, 5000), Span(1, 2, 1000, 1500), Span(2, 3, 6000, 7000), Span(3, 4, 8000, 9000)]
    assert interpolate(list("abcd"), spans)[1] == [5000, 1500, 7000, 9000]


def test_a_word_without_a_time_lies_between_its_neighbours():
    starts, _, count = interpolate(["in", "2014", "we"], [Span(0, 3, 0, 900)], known={0: 0, 2: 600})
    assert (starts[0], starts[2], count) == (0, 600, 1)
    assert 0 <= starts[1] < 600


def test_without_any_time_nothing_is_made_up():
    assert interpolate(["a", "b"], [Span(0, 2, UNKNOWN, UNKNOWN)]) == ([-1, -1], [-1, -1], 0)


@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 4000), st.integers(1, 6)), min_size=1, max_size=20))
def test_times_stay_in_their_cue_and_never_go_back_in_it(cues: list[tuple[int, int, int]]):
    spans, place, time = [], 0, 0
    for gap, length, words in cues:
        time += gap
        spans.append(Span(place, place + words, time, time + length))
        place += words
    starts, ends, count = interpolate(["word"] * place, spans)
    assert count == place
    for span in spans:
        inside = starts[span.first : span.stop]
        assert inside == sorted(inside)
        assert span.start_ms <= inside[0]
        assert all(start <= end <= span.end_ms for start, end in zip(inside, ends[span.first : span.stop], strict=True))
