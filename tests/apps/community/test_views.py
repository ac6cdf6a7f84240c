"""The community's pages, as a visitor, a member, an editor and an organiser meet them."""

from __future__ import annotations

import pytest
from django.test import Client

from commonplace.apps.community import actions
from commonplace.apps.community.models import PageVersion
from tests.factories import NOW, make_account

pytestmark = pytest.mark.django_db

EDIT = "/organisers/pages/about/en/"
FOR_ORGANISERS = ["/organisers/pages/", EDIT, f"{EDIT}history/"]
NOTICE = "Only organisers see this line"


@pytest.fixture
def organiser(client: Client) -> Client:
    client.force_login(make_account(role="organiser", email="ada@example.org", name="Ada Okafor"))
    return client


@pytest.mark.parametrize("address", ["/about/", "/conduct/"])
def test_every_community_has_the_page_and_links_to_it_from_every_other(client: Client, address: str):
    assert client.get(address).status_code == 200
    assert f'href="{address}"' in client.get("/talks/").content.decode()
    assert client.post(address).status_code == 405


def test_only_organisers_are_told_that_a_page_is_not_theirs_yet(client: Client, organiser: Client):
    assert NOTICE in organiser.get("/about/").content.decode()
    assert NOTICE not in Client().get("/about/").content.decode()


@pytest.mark.parametrize("address", FOR_ORGANISERS)
def test_the_pages_of_organisers_are_nothing_to_anybody_else(address: str):
    assert Client().get(address)["Location"].startswith("/account/sign-in/")
    for role in ("member", "editor"):
        client = Client()
        client.force_login(make_account(role=role))
        assert client.get(address).status_code == 404
        assert client.post(EDIT, {"text": "Mine.", "version": 0}).status_code == 404
        assert client.post(f"{EDIT}history/0/restore/").status_code == 404
    assert not PageVersion.objects.exists()


def test_an_organiser_sees_a_page_before_it_is_saved(organiser: Client):
    answer = organiser.post(EDIT, {"text": "## Boats\n\n<script>x</script>", "version": 0, "preview": "yes"})
    page = answer.content.decode()
    assert "<h2>Boats</h2>" in page
    assert "<script>x" not in page
    assert not PageVersion.objects.exists()


def test_what_an_organiser_saves_is_what_visitors_read(organiser: Client):
    assert organiser.post(EDIT, {"text": "We like **boats**.", "version": 0})["Location"] == "/about/"
    page = Client().get("/about/").content.decode()
    assert "We like <strong>boats</strong>." in page
    assert "edited a page" in organiser.get("/organisers/acts/").content.decode()


def test_the_list_of_pages_says_who_wrote_them_where_that_is_known(organiser: Client):
    organiser.post(EDIT, {"text": "Mine.", "version": 0})
    actions.import_page(name="conduct.en.md", text="Be kind.", now=NOW)
    page = organiser.get("/organisers/pages/").content.decode()
    assert page.count("by Ada Okafor") == 1
    assert page.count("last edited on") == 1
    assert page.count("not written yet") == 2


def test_of_two_organisers_the_second_sees_both_texts_and_then_saves(organiser: Client):
    organiser.post(EDIT, {"text": "Theirs.", "version": 0})
    answer = organiser.post(EDIT, {"text": "Mine.", "version": 0})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Theirs." in page
    assert "Mine." in page
    assert 'name="version" value="1"' in page
    organiser.post(EDIT, {"text": "Both.", "version": 1})
    assert "Both." in Client().get("/about/").content.decode()


def test_an_older_version_is_read_and_brought_back(organiser: Client):
    organiser.post(EDIT, {"text": "First.", "version": 0})
    organiser.post(EDIT, {"text": "Second.", "version": 1})
    assert "<p>First.</p>" in organiser.get(f"{EDIT}history/").content.decode()
    assert organiser.get(f"{EDIT}history/1/restore/").status_code == 405
    organiser.post(f"{EDIT}history/1/restore/")
    assert "First." in Client().get("/about/").content.decode()
    assert organiser.post(f"{EDIT}history/77/restore/").status_code == 404


@pytest.mark.parametrize("address", ["/organisers/pages/imprint/en/", "/organisers/pages/about/xx/"])
def test_a_page_that_is_none_is_not_found(organiser: Client, address: str):
    assert organiser.get(address).status_code == 404
    assert organiser.post(address, {"text": "Mine.", "version": 0}).status_code == 404


def test_an_empty_page_is_not_saved_and_the_answer_says_so(organiser: Client):
    answer = organiser.post(EDIT, {"text": " ", "version": 0})
    assert answer.status_code == 400
    assert "This field is required" in answer.content.decode()
