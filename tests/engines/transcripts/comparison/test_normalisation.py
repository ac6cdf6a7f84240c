from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonplace.engines.transcripts.comparison import NORMALISERS
from commonplace.engines.transcripts.comparison.normalisation import join_tokens, uses_no_spaces

hard = "twenty one hundred thousand and a half point five $3 per cent double oh [ ] ( won't 's ½ 海が、"
letters = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp")), min_size=1, max_size=8)
talk = st.lists(letters | st.sampled_from(hard.split()), max_size=120).map(lambda words: " ".join(words).split())


def tokens(rules: str, text: str) -> list[str]:
    return list(NORMALISERS[rules].tokenise(text.split()).texts)


@pytest.mark.parametrize("rules", NORMALISERS)
@given(words=talk)
@settings(deadline=None)
def test_each_token_knows_the_words_it_was_made_of(rules: str, words: list[str]):
    made = NORMALISERS[rules].tokenise(words)
    assert len(made.texts) == len(made.firsts) == len(made.lasts)
    assert list(made.firsts) == sorted(made.firsts)
    assert list(made.lasts) == sorted(made.lasts)
    assert all(0 <= first <= last < len(words) for first, last in zip(made.firsts, made.lasts, strict=True))
    assert all(made.texts)


@pytest.mark.parametrize("rules", NORMALISERS)
def test_no_words_leave_no_tokens(rules: str):
    assert NORMALISERS[rules].tokenise([]).texts == ()


def test_none_takes_words_as_they_stand():
    assert tokens("none", "Well, — U.S. 海が、きれい。") == ["Well,", "—", "U.S.", "海", "が、", "き", "れ", "い。"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Well, “yes”! —", "well yes"),
        ("scikit-learn and/or node.js…", "scikit learn and or node.js"),
        ("the U.S., e.g. Ph.D.", "the us eg ph.d"),
        ("it’s O'Neil's", "it's o'neil's"),
        ("$3,000.50 3.5% 10:30 C++ C# #tag", "$3000.50 3.5% 10:30 c++ c# tag"),
        ("wait...what?Yes", "wait what yes"),
        ("STRASSE straße Ｆｕｌｌ", "strasse strasse full"),
        ("海が、きれい。", "海 が き れ い"),
    ],
)
def test_basic_leaves_out_casing_and_marks(text: str, expected: str):
    assert tokens("basic", text) == expected.split()


@given(talk)
def test_basic_applied_twice_changes_nothing(words: list[str]):
    once = NORMALISERS["basic"].tokenise(words).texts
    assert NORMALISERS["basic"].tokenise(once).texts == once


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Um, I won't pay twenty one dollars", "i will not pay $21"),
        ("the colour of licences, hmm", "the color of licenses"),
        ("fifty per cent [laughs] Mr. Weber", "50% mister weber"),
    ],
)
def test_whisper_english_follows_the_rules_of_whisper(text: str, expected: str):
    assert tokens("whisper-english", text) == expected.split()


def test_a_joined_number_was_made_of_all_its_words():
    made = NORMALISERS["whisper-english"].tokenise("we have twenty one boats".split())
    assert list(zip(made.texts, made.firsts, made.lasts, strict=True))[2] == ("21", 2, 3)


def test_a_talk_is_normalised_as_its_sentences_are():
    sentence = "Um so we counted two hundred and five boats, it's fifty percent more than in nineteen ninety nine"
    alone = tokens("whisper-english", sentence)
    assert tokens("whisper-english", " ".join([sentence] * 40)) == alone * 40


def test_tokens_are_joined_as_their_script_is_written():
    assert join_tokens(["海", "が", "gpu", "で", "two", "boats"]) == "海が gpu で two boats"
    assert (uses_no_spaces("a 海 b"), uses_no_spaces("a b")) == (True, False)


def test_what_stands_in_brackets_is_left_out_wherever_it_stands():
    note = "(she opens the panel on the left and shows what the scheduler is doing now)"
    text = " ".join(f"{'word ' * length}{note}" for length in range(40, 60))
    assert set(tokens("whisper-english", text)) == {"word"}


def test_a_number_that_never_ends_is_cut():
    assert tokens("whisper-english", " ".join(["one thousand"] * 3000))
