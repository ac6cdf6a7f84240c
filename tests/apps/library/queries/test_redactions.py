"""Finding a passage by its words."""

from __future__ import annotations

import pytest

from commonplace.apps.library import queries
from commonplace.apps.library.models import Paragraph, RedactionRequest, Transcript
from tests.factories import VISITOR, make_talk

pytestmark = pytest.mark.django_db


@pytest.fixture
def first() -> Paragraph:
    make_talk(sentences=3)
    row = Paragraph.objects.first()
    assert row is not None
    return row


def words_of(transcript: Transcript) -> list[str]:
    return queries.load_transcript(transcript).words.texts


@pytest.mark.parametrize(
    ("passage", "begins", "ends"),
    [
        ("welcome back", "Welcome", "back"),
        ("  Welcome\n back ", "Welcome", "back"),
        ("come ba", "Welcome", "back"),
        ("Welcome … everyone.", "Welcome", "everyone."),
        ("everyone. Sentence number 1", "everyone.", "1"),
        ("number 2 ... number 3", "number", "3"),
    ],
)
def test_words_are_found_whatever_their_case_and_white_space(first, passage: str, begins: str, ends: str):
    span = queries.find_passage(first, passage)
    assert span is not None
    words = words_of(first.transcript)
    assert (words[span[0]], words[span[1]]) == (begins, ends)


@pytest.mark.parametrize("passage", ["", "…", "… … …", "nobody said this", "everyone. … Welcome"])
def test_what_was_not_said_is_not_found(first, passage: str):
    assert queries.find_passage(first, passage) is None


def test_a_passage_is_looked_for_from_its_paragraph_on(first):
    last = Paragraph.objects.order_by("-position").first()
    assert last != first
    assert queries.find_passage(last, "Welcome back") is None
    begins, _ = queries.find_passage(last, "is about boats.")
    assert begins >= last.first_word


def test_times_of_words_lead_back_to_the_words(first):
    start, end = queries.time_of_words(first.transcript, 3, 8)
    assert queries.find_words_said(first.transcript, start, end) == (3, 8)


def test_visitors_have_no_list_and_no_count():
    assert queries.count_redaction_requests_for(VISITOR) == 0
    with pytest.raises(RedactionRequest.DoesNotExist):
        queries.list_redaction_requests_for(VISITOR)
