import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.syntax.cue_tags import strip_tags, unescape_text


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("<i>so</i> <c.yellow>it</c> <00:00:01.400>is", "so it is"),
        (r"{\an8}up here\Ndown there", "up here\ndown there"),
        ('<font color="#fff">white</font><br/>next', "white\nnext"),
        ("a < b and c > d", "a < b and c > d"),
        ("List<int> stays, <unknown> too", "List<int> stays, <unknown> too"),
    ],
)
def test_only_tags_that_captions_use_are_dropped(marked: str, plain: str):
    assert strip_tags(marked) == plain


@given(st.text(max_size=40))
def test_what_was_escaped_once_is_given_back(text: str):
    if "&" not in text:
        assert unescape_text(html.escape(text)) == text


def test_what_was_escaped_twice_is_given_back():
    assert unescape_text("it&amp;#39;s &amp;quot;on&amp;quot;") == 'it\'s "on"'
