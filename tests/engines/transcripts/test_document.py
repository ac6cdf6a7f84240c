import pytest

from commonplace.engines.transcripts import OversizedCaptions
from commonplace.engines.transcripts.document import JSON_CHARACTERS, Document


def test_a_place_is_a_line_a_column_and_an_excerpt():
    assert Document("one\ntwo three\n").place(8) == (2, 5, "two three")


def test_the_excerpt_of_a_long_line_is_around_the_place():
    line, column, excerpt = Document("x" * 5000 + "HERE" + "y" * 5000).place(5000)
    assert (line, column) == (1, 5001)
    assert "HERE" in excerpt
    assert len(excerpt) <= 72


@pytest.mark.parametrize(
    ("text", "root"),
    [("<?xml version='1.0'?>\n<!-- a > b -->\n<tt:tt xml:lang='en'>", "tt"), ("<DIV class=x>", "div"), ("a < b", "")],
)
def test_the_first_element_is_found(text: str, root: str):
    assert Document(text).root == root


def test_json_is_parsed_once_and_what_is_none_says_where():
    document = Document('{"a": [1,\n 2')
    assert document.json is None
    assert document.json_error is not None
    assert document.json_error.line == 2


def test_text_in_brackets_is_not_taken_for_json():
    assert not Document("[00:00:00.000 --> 00:00:04.000] hello").starts_like_json


def test_deep_nesting_is_refused_not_followed():
    document = Document("[" * 100_000)
    assert document.json is None
    assert document.json_error is not None


def test_json_beyond_the_limit_is_refused_before_it_is_parsed():
    with pytest.raises(OversizedCaptions):
        _ = Document('{"a": "' + "x" * JSON_CHARACTERS + '"}').json


def test_a_number_of_thousands_of_digits_is_refused():
    document = Document('{"start": ' + "9" * 5_000 + "}")
    assert document.json is None
    assert "digits" in str(document.json_error)


def test_the_line_that_the_head_cuts_is_left_out():
    lines = Document("\n".join(["x" * 999] * 100)).lines
    assert len(lines) == 65
    assert set(lines) == {"x" * 999}
