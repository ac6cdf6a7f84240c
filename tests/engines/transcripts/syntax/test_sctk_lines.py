"""What stm and ctm share."""

from __future__ import annotations

import re

import pytest

from commonplace.engines.transcripts.document import Document
from commonplace.engines.transcripts.errors import MalformedCaptions
from commonplace.engines.transcripts.formats.base import SetAside
from commonplace.engines.transcripts.syntax.sctk_lines import mostly_match, read_lines

LINE = re.compile(r"\s*(\w+) (\d)\s*")


def test_comments_are_set_aside_with_their_place():
    first, second = read_lines(Document("a 1\n;; two words\n"), LINE, "")
    assert not isinstance(first, SetAside)
    assert second == SetAside("note", "two words", offset=4)


def test_four_lines_of_five_must_match_and_the_first_of_all():
    assert mostly_match(Document(";; x\na 1\na 2\na 3\na 4\nbroken\n"), LINE)
    assert not mostly_match(Document("a 1\nbroken\n"), LINE)
    assert not mostly_match(Document("broken\na 1\na 2\na 3\na 4\na 5\n"), LINE)
    assert not mostly_match(Document(";; only a comment\n"), LINE)


def test_a_line_that_does_not_fit_is_refused_with_what_was_expected():
    with pytest.raises(MalformedCaptions) as caught:
        list(read_lines(Document("a 1\n\nbroken\n"), LINE, "a letter and a digit"))
    assert (caught.value.line, caught.value.expected) == (3, "a letter and a digit")
