"""Asking for a passage to be taken out, as visitors, members and editors meet it."""

from __future__ import annotations

import pytest
from django.test import Client

from commonplace.apps.library import actions
from commonplace.apps.library.models import Paragraph, RedactionRequest
from commonplace.apps.people.models import Role
from tests.factories import NOW, make_account, make_talk

pytestmark = pytest.mark.django_db

LIST = "/talks/all/redactions/"


def form_of(talk) -> str:
    row = Paragraph.objects.filter(transcript__talk=talk).first()
    return f"/talks/{talk.slug}/paragraphs/{row.pk}/take-out/"


def make_request(talk, **values) -> RedactionRequest:
    row = Paragraph.objects.filter(transcript__talk=talk).first()
    given = {"reason": "<script>alert(1)</script>", "by": None, "email": "mei@example.org", "sender": "s", "now": NOW}
    return actions.ask_for_redaction(paragraph=row.pk, passage="Sentence number 1", **(given | values))


def signed_in(role: Role) -> Client:
    client = Client()
    client.force_login(make_account(role=role, email=f"{role.value}@example.org"))
    return client


def test_a_visitor_asks_with_an_address_and_waits(client: Client):
    talk = make_talk()
    assert client.get(form_of(talk)).status_code == 200
    answer = client.post(form_of(talk), {"passage": "Sentence number 2", "email": "mei@example.org"})
    assert "We have your request" in answer.content.decode()
    assert RedactionRequest.objects.get().email == "mei@example.org"
    assert "Sentence number 2" in client.get(f"/talks/{talk.slug}/").content.decode()


def test_a_member_needs_no_address():
    talk = make_talk()
    member = signed_in(Role.MEMBER)
    assert b'name="email"' not in member.get(form_of(talk)).content
    member.post(form_of(talk), {"passage": "Sentence number 2"})
    assert RedactionRequest.objects.get().account.role == "member"


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"passage": "Sentence number 2"},
        {"passage": "never said", "email": "a@example.org"},
        {"passage": "Sentence number 2", "email": "a@example.org", "website": "https://example.org"},
    ],
)
def test_what_cannot_be_meant_is_sent_back(client: Client, values: dict[str, str]):
    talk = make_talk()
    assert client.post(form_of(talk), values or {"reason": "x"}).status_code == 400
    assert not RedactionRequest.objects.exists()


def test_the_talk_of_somebody_else_that_is_not_published_has_no_form(client: Client):
    talk = make_talk(published=False)
    assert client.get(form_of(talk)).status_code == 404
    assert client.post(form_of(talk), {"passage": "Sentence", "email": "a@example.org"}).status_code == 404
    assert not RedactionRequest.objects.exists()


@pytest.mark.parametrize("role", [None, Role.MEMBER])
def test_nobody_but_editors_sees_or_decides(role: Role | None):
    visitor = signed_in(role) if role else Client()
    request = make_request(make_talk())
    assert visitor.get(LIST).status_code == 404
    for verb in ("accept", "reject"):
        assert visitor.post(f"{LIST}{request.pk}/{verb}", {"is_sure": "on"}).status_code == 404
    assert RedactionRequest.objects.exists()


def test_an_editor_sees_who_asks_and_why_without_harm():
    make_request(make_talk())
    text = signed_in(Role.EDITOR).get(LIST).content.decode()
    assert "mei@example.org" in text
    assert "Sentence number 1" in text
    assert "<script>alert" not in text


def test_an_editor_must_say_that_it_is_for_good():
    talk = make_talk()
    request = make_request(talk)
    editor = signed_in(Role.EDITOR)
    assert editor.get(f"{LIST}{request.pk}/accept").status_code == 405
    assert editor.post(f"{LIST}{request.pk}/accept").status_code == 409
    assert RedactionRequest.objects.exists()
    assert editor.post(f"{LIST}{request.pk}/accept", {"is_sure": "on"}).status_code == 302
    assert "Sentence number 1" not in editor.get(f"/talks/{talk.slug}/").content.decode()


def test_what_is_decided_cannot_be_decided_again():
    request = make_request(make_talk())
    editor = signed_in(Role.EDITOR)
    assert editor.post(f"{LIST}{request.pk}/reject").status_code == 302
    answer = editor.post(f"{LIST}{request.pk}/accept", {"is_sure": "on"})
    assert (answer.status_code, b"already" in answer.content) == (409, True)


def test_the_list_says_when_nobody_asks():
    assert b"Nobody asks" in signed_in(Role.EDITOR).get(LIST).content
