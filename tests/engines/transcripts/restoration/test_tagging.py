import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from commonplace.engines.transcripts.restoration.tagging import strip_word, tag_words


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from("a the search engine finds pytorch don't 3.11 ♪ 検索 x".split()), max_size=600))
def test_every_word_has_its_tags(words: list[str]):
    tags = tag_words(words)
    assert tags.marks.shape == tags.casings.shape == (len(words), 4)
    assert len(tags.ends) == len(tags.hosts) == len(words)
    assert np.isfinite(tags.marks).all()


def test_casing_and_marks_are_not_looked_at():
    plain, dressed = tag_words(["hello", "there", "ada"]), tag_words(["Hello,", "THERE", "Ada!"])
    assert np.allclose(plain.marks, dressed.marks, atol=1e-4)


def test_a_word_far_from_the_edges_of_all_windows_is_tagged_the_same_in_a_longer_text():
    words = "and then we looked at the logs and found that people type two words at most".split() * 40
    short, long = tag_words(words[:300]).marks[:100], tag_words(words).marks[:100]
    assert (short.argmax(axis=1) == long.argmax(axis=1)).mean() > 0.97


def test_marks_around_a_word_are_taken_off():
    assert [strip_word(text) for text in ('"Hello,"', "C++", "C#", "node.js", "♪")] == [
        "Hello",
        "C++",
        "C#",
        "node.js",
        "♪",
    ]
