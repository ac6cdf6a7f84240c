from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import make_talk

pytestmark = pytest.mark.django_db


def test_the_first_page_of_an_empty_site_says_how_to_begin(client: Client):
    page = client.get("/").content.decode()
    assert "No talk has been published here yet." in page
    assert "commonplace publish" in page


def test_the_first_page_leads_to_the_latest_talk_and_five_before_it(client: Client):
    for day in range(1, 9):
        make_talk(f"Talk {day}", date=f"2026-05-{day:02}")
    response = client.get("/")
    assert response.context["latest"].title == "Talk 8"
    assert [row.title for row in response.context["earlier"]] == ["Talk 7", "Talk 6", "Talk 5", "Talk 4", "Talk 3"]
    assert "8 talks" in response.content.decode()


def test_the_first_page_keeps_unpublished_talks_to_itself(client: Client):
    make_talk("Not yet", published=False)
    assert "Not yet" not in client.get("/").content.decode()
