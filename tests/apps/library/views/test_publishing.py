"""The buttons that publish and withdraw a talk, and the list of talks that wait."""

from __future__ import annotations

import pytest
from django.test import Client

from commonplace.apps.library.models import Talk
from tests.factories import make_account, make_talk

pytestmark = pytest.mark.django_db

WAITING = "/talks/all/waiting/"


def sign_in(role: str, **values) -> Client:
    client = Client()
    client.force_login(make_account(role=role, email=f"{role}@example.org", **values))
    return client


def test_an_editor_publishes_a_talk_from_its_page_and_takes_it_down_again(client: Client):
    talk = make_talk(published=False)
    address = f"/talks/{talk.slug}/"
    editor = sign_in("editor")
    assert f'action="{address}publish"' in editor.get(address).content.decode()
    assert editor.post(f"{address}publish")["Location"] == address
    assert client.get(address).status_code == 200
    assert f'action="{address}withdraw"' in editor.get(address).content.decode()
    editor.post(f"{address}withdraw")
    assert client.get(address).status_code == 404


def test_a_speaker_sees_that_their_talk_waits_and_has_no_button():
    talk = make_talk(published=False)
    speaker = sign_in("member", person=talk.speakers.get(role="speaker").person)
    page = speaker.get(f"/talks/{talk.slug}/").content.decode()
    assert "This talk is not published" in page
    assert "/publish" not in page
    assert speaker.post(f"/talks/{talk.slug}/publish").status_code == 404
    assert Talk.objects.get().published_at is None


def test_visitors_see_neither_notice_nor_button(client: Client):
    page = client.get(f"/talks/{make_talk().slug}/").content.decode()
    assert "not published" not in page
    assert "/withdraw" not in page


@pytest.mark.parametrize("deed", ["publish", "withdraw"])
def test_a_visitor_and_a_get_change_nothing(client: Client, deed: str):
    talk = make_talk(published=deed == "withdraw")
    before = Talk.objects.get().published_at
    assert client.post(f"/talks/{talk.slug}/{deed}").status_code == 404
    assert sign_in("editor").get(f"/talks/{talk.slug}/{deed}").status_code == 405
    assert sign_in("organiser").post(f"/talks/none/{deed}").status_code == 404
    assert Talk.objects.get().published_at == before


def test_the_list_of_what_waits_is_for_editors(client: Client):
    talk = make_talk("<b>Waits</b>", published=False)
    page = sign_in("editor").get(WAITING).content.decode()
    assert "&lt;b&gt;Waits" in page
    assert f'action="/talks/{talk.slug}/publish"' in page
    assert client.get(WAITING).status_code == 404
    assert sign_in("member").get(WAITING).status_code == 404


@pytest.mark.parametrize("page", ["x", "-1", "1" * 10, "²"])
def test_a_page_that_is_no_number_is_not_found(page: str):
    assert sign_in("editor").get(WAITING, {"page": page}).status_code == 404


def test_an_editor_sees_in_lists_which_talks_are_not_published(client: Client):
    make_talk("Waits", published=False)
    make_talk("Stands")
    page = sign_in("editor").get("/talks/").content.decode()
    assert page.count("<b>not published</b>") == 1
    assert "not published" not in client.get("/talks/").content.decode()


def test_when_nothing_waits_the_list_says_so():
    assert "No talk waits." in sign_in("editor").get(WAITING).content.decode()
