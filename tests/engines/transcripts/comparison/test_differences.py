from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.comparison import NORMALISERS
from commonplace.engines.transcripts.comparison.alignment import align_tokens, split_steps
from commonplace.engines.transcripts.comparison.differences import Piece, walk_differences
from commonplace.engines.transcripts.comparison.segments import stop_tokens


def show(reference: str, hypothesis: str, *, stops: list[int] | None = None, rules: str = "basic"):
    mine, theirs = reference.split(), hypothesis.split()
    tokens = [NORMALISERS[rules].tokenise(words) for words in (mine, theirs)]
    steps = align_tokens(tokens[0].texts, tokens[1].texts)
    segments = split_steps(steps, stop_tokens(tokens[0], stops or [len(mine)], 0))
    return list(walk_differences(segments, mine, tokens[0], theirs, tokens[1]))


def test_what_agrees_and_what_differs_stand_in_turn():
    assert show("So, Dask is fast here.", "so desk is very fast here") == [
        (
            Piece("So,", "so", agrees=True),
            Piece("Dask", "desk", agrees=False),
            Piece("is", "is", agrees=True),
            Piece("", "very", agrees=False),
            Piece("fast here.", "fast here", agrees=True),
        )
    ]


def test_a_word_of_which_a_part_differs_differs_whole():
    assert show("try scikit-learn today", "try scikit learning today")[0][1] == Piece(
        "scikit-learn", "scikit learning", agrees=False
    )


def test_words_that_are_left_out_agree_with_anything():
    assert show("we — sail", "um we sail uh", rules="whisper-english")[0] == (
        Piece("we — sail", "um we sail uh", True),
    )


def test_each_sentence_has_its_own_pieces():
    lines = show("One boat. Two tides.", "one goat two tides", stops=[2, 4])
    assert [[piece.hypothesis for piece in line] for line in lines] == [["one", "goat"], ["two tides"]]


def test_a_line_without_spaces_is_shown_by_its_characters():
    (line,) = show("海がきれいです。港 boat", "海がきれいね港 boat")
    wrong = [(piece.reference, piece.hypothesis) for piece in line if not piece.agrees]
    assert wrong == [("で", "ね"), ("す。", "")]
    assert "".join(" " * piece.is_spaced + piece.hypothesis for piece in line).strip() == "海がきれいね港 boat"
    assert "".join(" " * piece.is_spaced + piece.reference for piece in line).strip() == "海がきれいです。港 boat"


text = st.lists(
    st.sampled_from(["the", "tide-boat", "tide", "boat", "—", "uh", "Twenty", "one", "won't", "not"]),
    max_size=25,
)


@given(text.filter(bool), text, st.sampled_from(list(NORMALISERS)), st.data())
def test_every_word_of_both_sides_stands_in_one_piece(mine, theirs, rules: str, data: st.DataObject):
    stops = sorted({*data.draw(st.lists(st.integers(1, len(mine)), max_size=4)), len(mine)})
    pieces = [piece for line in show(" ".join(mine), " ".join(theirs), stops=stops, rules=rules) for piece in line]
    assert " ".join(piece.reference for piece in pieces if piece.reference) == " ".join(mine)
    assert " ".join(piece.hypothesis for piece in pieces if piece.hypothesis) == " ".join(theirs)
