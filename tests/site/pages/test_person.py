from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import make_person, make_talk

pytestmark = pytest.mark.django_db


def test_a_person_is_shown_with_their_talks(client: Client):
    links = [{"title": "Notes", "url": "https://mei.example/"}]
    make_person(biography="Looks after *search*.", links=links, other_names=["田中 芽衣"])
    make_talk("Forty questions")
    make_talk("Somebody else's", speakers=("Jonas Weber",), hosts=())
    page = client.get("/people/mei-tanaka/").content.decode()
    for text in ("Looks after <em>search</em>.", 'href="https://mei.example/"', "田中 芽衣", "Forty questions"):
        assert text in page
    assert "Somebody else" not in page


def test_an_unpublished_talk_is_not_among_a_persons_talks(client: Client):
    make_person()
    make_talk("Not yet", published=False)
    page = client.get("/people/mei-tanaka/").content.decode()
    assert "Not yet" not in page
    assert "No talk with this person" in page


def test_a_hostile_person_is_shown_and_not_run(client: Client):
    make_person("<script>alert(1)</script>", slug="x", biography="<script>alert(2)</script> [x](javascript:alert(3))")
    page = client.get("/people/x/").content.decode()
    assert "<script>alert" not in page
    assert 'href="javascript' not in page


def test_somebody_unknown_is_not_found(client: Client):
    assert client.get("/people/nobody/").status_code == 404
