from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.restoration.stretches import find_bare_stretches, find_english

ENGLISH = "we talk about how search works when people make mistakes and nobody has the time to look for long".split()
GERMAN = (
    "wir sprechen darüber wie die suche funktioniert wenn leute fehler machen und niemand lange suchen will".split()
)


@given(st.lists(st.sampled_from(["word", "word,", "word."]), max_size=400))
def test_stretches_are_ascending_and_inside(words: list[str]):
    stretches = list(find_bare_stretches(words))
    assert all(0 <= first < stop <= len(words) for first, stop in stretches)
    assert all(a[1] <= b[0] for a, b in pairwise(stretches))


def test_a_bare_stretch_begins_right_after_the_last_mark():
    words = ["one,", "two."] * 60 + ["bare"] * 200 + ["one,", "two."] * 60
    assert list(find_bare_stretches(words)) == [(120, 321)]


def test_a_long_sentence_is_no_bare_stretch():
    words = (["word"] * 20 + ["end."]) * 20
    assert list(find_bare_stretches(words)) == []


def test_a_text_without_any_mark_is_bare_however_short():
    assert list(find_bare_stretches(["hello", "there"])) == [(0, 2)]


def test_english_is_found_among_other_languages():
    words = ENGLISH * 30 + GERMAN * 60
    stretches = list(find_english(words, declared="de"))
    assert stretches[0][0] == 0
    assert abs(stretches[0][1] - 30 * len(ENGLISH)) <= 300


def test_of_a_few_words_the_captions_know_the_language():
    assert list(find_english(["hallo"], declared="de")) == []
    assert list(find_english(["hello"], declared="en-GB")) == [(0, 1)]
    assert list(find_english(["hello"], declared=None)) == [(0, 1)]
