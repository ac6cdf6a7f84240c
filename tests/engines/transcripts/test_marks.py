import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.marks import has_marks, split_pieces


def pieces(text: str) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text) for piece in split_pieces(text)]


@pytest.mark.parametrize(
    "direction",
    [
        "[Music]",
        "[Applause].",
        "[BLANK_AUDIO]",
        "[_BEG_]",
        "(music)",
        "(laughs softly)",
        "*laughs*",
        "♪♪",
        "[inaudible 00:12]",
        "（拍手）",
    ],
)
def test_directions_are_told_from_words(direction: str):
    assert pieces(f"so {direction} then") == [("word", "so"), ("direction", direction), ("word", "then")]


@pytest.mark.parametrize(
    "words", ["x[0] = 1", "[12] shows", "(which is nice)", "f(x) is", "[docs](https://example.org) say", "2 * 3 * 4"]
)
def test_brackets_that_people_speak_or_write_stay(words: str):
    assert pieces(f"so {words}") == [("word", word) for word in f"so {words}".split()]


def test_what_stands_in_round_brackets_is_judged_by_itself_not_by_its_cue():
    assert pieces("(door slams)") == [("direction", "(door slams)")]
    assert pieces("(so good)") == [("word", "(so"), ("word", "good)")]


def test_a_masked_word_is_one_word():
    assert pieces("what the [ __ ] is") == [("word", "what"), ("word", "the"), ("word", "[__]"), ("word", "is")]


@pytest.mark.parametrize("mark", [">>", "&gt;&gt;", ">>>", "[SPEAKER_TURN]"])
def test_a_new_speaker_is_marked(mark: str):
    assert [kind for kind, _ in pieces(f"{mark} hello")] == ["turn", "word"]


def test_a_mark_glued_to_its_word_still_marks():
    assert pieces(">>hello") == [("turn", ">>"), ("word", "hello")]


@given(st.text(st.sampled_from("ab [](){}<>&gt;*♪_:.,-音楽"), max_size=60))
def test_every_token_is_in_exactly_one_piece(text: str):
    assert sum(piece.tokens for piece in split_pieces(text)) == len(text.split())


@given(st.text(max_size=60))
def test_a_text_without_marks_is_its_words(text: str):
    if not has_marks(text):
        assert [piece.text for piece in split_pieces(text)] == text.split()


def test_a_long_text_in_brackets_is_what_somebody_says():
    said = "[this is a whole sentence that somebody put into brackets]"
    assert [kind for kind, _ in pieces(f"so {said}")] == ["word"] * 11
