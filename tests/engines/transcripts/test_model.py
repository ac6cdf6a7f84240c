import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts import (
    Correction,
    InconsistentTranscript,
    Loop,
    Transcript,
    Turn,
    Word,
    Words,
    is_language_tag,
)

times = st.none() | st.integers(0, 10**9)
word_lists = st.lists(st.builds(Word, st.text(min_size=1, max_size=6), times, times), max_size=20)


@given(word_lists)
def test_columns_give_back_their_words(words: list[Word]):
    columns = Words.of(words)
    assert list(columns) == words == [columns[index] for index in range(len(words))]
    assert columns == Words.of(columns)


@given(word_lists, st.integers(-25, 25), st.integers(-25, 25))
def test_a_slice_is_the_slice_of_the_words(words: list[Word], first: int, stop: int):
    assert list(Words.of(words)[first:stop]) == words[first:stop]


def test_columns_of_unequal_length_are_refused():
    columns = Words.of([Word("a", 1, 2)])
    with pytest.raises(InconsistentTranscript, match="1 starts"):
        Words([], columns.starts_ms, columns.ends_ms)


TWO = Words.of([("a", 0, 1), ("b", 1, 2)])


@pytest.mark.parametrize(
    "parts",
    [
        {"turns": (Turn(None, 1, 1),)},
        {"turns": (Turn(None, 0, 0),)},
        {"turns": (Turn(None, 0, 0), Turn(None, 0, 1))},
        {"turns": (Turn(None, 0, 2),)},
        {"corrections": (Correction(1, 2, "x", "y"),)},
        {"loops": (Loop(1, 0, 4),)},
        {"paragraphs": (1,)},
        {"paragraphs": (0, 2)},
        {"paragraphs": (0, 1, 1)},
    ],
)
def test_indices_that_contradict_the_words_are_refused(parts: dict):
    with pytest.raises(InconsistentTranscript):
        Transcript(words=TWO, **parts)


def test_words_show_how_they_begin():
    assert repr(Words.of([("word", 0, 1)] * 9)) == "<Words 9: word word word word word word word word …>"


def test_words_are_equal_to_words_alone():
    assert TWO != [("a", 0, 1), ("b", 1, 2)]


@pytest.mark.parametrize("tag", ["en", "ja", "pt-BR", "zh-Hant-TW", "yue"])
def test_a_language_is_a_tag(tag: str):
    assert is_language_tag(tag)


@pytest.mark.parametrize("text", ["english", "e", "en_US", "en-", 'en" onload="x', ""])
def test_what_is_no_tag_is_no_language(text: str):
    assert not is_language_tag(text)
    with pytest.raises(InconsistentTranscript, match="no language tag"):
        Transcript(words=TWO, language=text)
