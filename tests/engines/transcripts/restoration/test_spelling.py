import pytest

from commonplace.engines.transcripts.restoration.spelling import (
    capitalise,
    ends_sentence,
    fold_word,
    has_mark,
    takes_mark,
    write_word,
)

LOWER, CAPITALISED, UPPER, MIXED = range(4)


@pytest.mark.parametrize(
    ("text", "casing", "written"),
    [
        ("hamburg", CAPITALISED, "Hamburg"),
        ("api", UPPER, "API"),
        ("i'm", LOWER, "I'm"),
        ("pytorch", MIXED, "PyTorch"),
        ("github's", CAPITALISED, "GitHub's"),
        ("unheardof", MIXED, "Unheardof"),
        ("cfos", MIXED, "CFOs"),
        ('"well', CAPITALISED, '"Well'),
        ("iPad", LOWER, "iPad"),
        ("straße", UPPER, "straße"),
        ("https://example.org/a", CAPITALISED, "https://example.org/a"),
        ("ada@example.org", CAPITALISED, "ada@example.org"),
        ("run.py", UPPER, "run.py"),
        ("3.11", UPPER, "3.11"),
    ],
)
def test_a_word_takes_the_casing_of_its_kind(text: str, casing: int, written: str):
    assert write_word(text, casing, begins=False) == written


def test_a_small_word_is_large_only_where_a_sentence_begins():
    assert write_word("but", CAPITALISED, begins=False) == "but"
    assert write_word("but", CAPITALISED, begins=True) == "But"


def test_a_sentence_begins_with_a_large_letter():
    assert write_word("harbour", LOWER, begins=True) == "Harbour"
    assert write_word("3d", LOWER, begins=True) == "3d"


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("We left. Then", True),
        ("Really? Yes", True),
        ('"Go." She', True),
        ("e.g. soup", False),
        ("U.S. law", False),
        ("J. Weber", False),
        ("node.js is", False),
        ("3.11 is", False),
        ("Well, then", False),
        ("soup, etc. Then", True),
        ("at 5 p.m. we", False),
    ],
)
def test_a_stop_that_belongs_to_a_word_ends_no_sentence(text: str, ends: bool):
    words = text.split()
    assert ends_sentence(words, len(words) - 2) is ends


def test_marks_are_seen_behind_quotation_marks():
    assert has_mark('said,"')
    assert not has_mark("node.js")


def test_no_mark_is_put_after_signs_that_are_a_part_of_a_name():
    assert [takes_mark(text) for text in ("C#", "C++", "♪", "C", '"well"')] == [False, False, False, True, True]


def test_letters_whose_large_form_is_longer_stay_small():
    assert capitalise("ßa") == "ßa"
    assert fold_word("HARBOUR") == "harbour"
