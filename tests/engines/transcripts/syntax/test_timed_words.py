"""Words from timed pieces."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.items import Cue, SetAside, TimedWord
from commonplace.engines.transcripts.syntax.timed_words import (
    join_broken_words,
    join_markup,
    join_pieces,
    time_single_words,
    time_words,
)
from tests.engines.transcripts.formats.reading import cues_of, words_of

PIECES = st.lists(st.text(" ab.", max_size=4), max_size=12).map(
    lambda texts: [TimedWord(text, index * 10, index * 10 + 9) for index, text in enumerate(texts)]
)


def timed(*texts: str) -> list[TimedWord]:
    return [TimedWord(text, index * 10, index * 10 + 9) for index, text in enumerate(texts)]


@given(PIECES)
def test_joining_loses_no_character_and_keeps_times_in_order(pieces: list[TimedWord]):
    words = join_pieces(pieces)
    assert "".join(word.text for word in words) == "".join("".join(piece.text.split()) for piece in pieces)
    starts = [word.start_ms for word in words if word.start_ms is not None]
    assert starts == sorted(starts)


@given(PIECES)
def test_the_text_decides_where_words_end(pieces: list[TimedWord]):
    text = "".join(piece.text for piece in pieces)
    words = time_words(text, pieces)
    assert words is not None
    assert [word.text for word in words] == text.split()


def test_a_word_starts_with_its_first_piece_and_ends_with_its_last():
    assert time_words(" light house.", timed(" li", "ght", " house", ".")) == (("light", 0, 19), ("house.", 20, 39))


def test_a_time_inside_a_piece_is_left_unknown():
    assert time_words("two words", timed(" two words")) == (("two", 0, None), ("words", None, 9))


def test_pieces_without_any_leading_space_are_words():
    assert join_pieces(timed("two", "words")) == (("two", 0, 9), ("words", 10, 19))


def test_pieces_of_another_text_give_their_times_where_the_counts_agree():
    assert time_words("Two words!", timed("two", "words")) == (("Two", 0, 9), ("words!", 10, 19))


def test_of_pieces_and_text_that_differ_the_longer_is_kept():
    assert time_words("one two three", timed("one")) is None
    assert time_words("one", timed("two", "three")) == (("two", 0, 9), ("three", 10, 19))


@given(st.lists(st.text(" aB.[]", max_size=6), max_size=12))
def test_joining_cues_loses_no_character(texts: list[str]):
    cues = [Cue(index, index + 1, text) for index, text in enumerate(texts)]
    assert "".join(words_of(join_broken_words(cues))) == "".join("".join(text.split()) for text in texts)


def test_a_new_sentence_without_its_space_is_not_glued_to_the_last():
    cues = [Cue(0, 1, " We wait."), Cue(1, 2, "Nobody comes"), Cue(2, 3, "(laughter)"), Cue(3, 4, "again")]
    assert [cue.text for cue in cues_of(join_broken_words(cues))] == [cue.text for cue in cues]


def test_a_new_speaker_or_turn_is_not_glued_to_the_last():
    cues = [Cue(0, 1, " yes"), Cue(1, 2, "no", begins_turn=True), Cue(2, 3, "so", speaker="Ada")]
    assert len(cues_of(join_broken_words(cues))) == 3


def test_timed_words_are_glued_with_their_times():
    cues = [
        Cue(0, 9, " a row", words=tuple(timed(" a", " row"))),
        Cue(10, 30, "boat is", words=tuple(timed("boat", "is"))),
    ]
    first, second = cues_of(join_broken_words(cues))
    assert first.words is not None
    assert first.words[1] == (" rowboat", 10, 9)
    assert second.words == (("is", 10, 19),)


def test_a_word_without_end_does_not_grow_for_ever():
    cues = [Cue(0, 1, " a"), *(Cue(index, index + 1, "a") for index in range(1, 1000))]
    joined = cues_of(join_broken_words(cues))
    assert max(len(cue.text) for cue in joined) <= 101
    assert sum(cue.text.count("a") for cue in joined) == 1000


def test_single_words_take_their_cues_times_and_other_items_pass():
    items = [Cue(0, 5, "Mind"), SetAside("note", "x"), Cue(5, 9, "me\n")]
    assert [cue.words for cue in cues_of(time_single_words(items))] == [(("Mind", 0, 5),), (("me", 5, 9),)]
    assert SetAside("note", "x") in list(time_single_words(items))
    assert cues_of(time_single_words([Cue(0, 5, "Alone")]))[0].words is None


@given(PIECES)
def test_the_white_space_between_elements_decides_where_words_end(pieces: list[TimedWord]):
    text = "".join(piece.text for piece in pieces)
    joined, words = join_markup(pieces)
    assert joined == text.strip()
    assert [word.text for word in words or ()] == text.split()


def test_punctuation_outside_the_timed_element_keeps_its_words_times():
    pieces = [TimedWord("“", None), TimedWord("light", 0, 9), TimedWord(". ", None), TimedWord("two words", 10, 19)]
    assert join_markup(pieces)[1] == (("“light.", 0, 9), ("two", 10, None), ("words", None, 19))


def test_elements_without_any_time_leave_the_words_to_the_cue():
    assert join_markup([TimedWord("two ", None), TimedWord("words", None)]) == ("two words", None)
