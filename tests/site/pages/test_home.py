from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commonplace.apps.community import actions as community
from tests.factories import NOW, make_account, make_talk

pytestmark = pytest.mark.django_db


def sign_in(role: str) -> Client:
    client = Client()
    client.force_login(make_account(role=role, email=f"{role}@example.org"))
    return client


def test_a_site_that_nobody_organises_says_how_to_become_its_organiser(client: Client):
    page = client.get("/").content.decode()
    assert "No talk has been published here yet." in page
    assert "commonplace invite --organiser" in page


def test_an_organiser_of_an_empty_site_is_led_to_the_next_steps():
    page = sign_in("organiser").get("/").content.decode()
    for address in ("/organisers/pages/about/en/", "/talks/upload/", "/organisers/invitations/"):
        assert f'href="{address}"' in page
    assert "commonplace import" in page


def test_others_of_an_empty_site_are_told_nothing_of_the_server(client: Client):
    organiser = sign_in("organiser")
    for visitor, expected in ((client, "/talks/feed.xml"), (sign_in("member"), "/talks/upload/")):
        page = visitor.get("/").content.decode()
        assert expected in page
        assert "commonplace i" not in page
    assert "Four steps" in organiser.get("/").content.decode()


def test_the_first_page_begins_with_who_the_community_is(client: Client):
    community.import_page(name="about.en.md", text="## Harbour\n\nWe like **boats**.\n\nAnd more.", now=NOW)
    page = client.get("/").content.decode()
    assert "<p>We like <strong>boats</strong>.</p>" in page
    assert "And more." not in page


def test_the_first_page_leads_to_the_latest_talk_and_five_before_it(client: Client):
    for day in range(1, 9):
        make_talk(f"Talk {day}", date=f"2026-05-{day:02}")
    response = client.get("/")
    assert response.context["latest"].title == "Talk 8"
    assert [row.title for row in response.context["earlier"]] == ["Talk 7", "Talk 6", "Talk 5", "Talk 4", "Talk 3"]
    assert "All 8 talks" in response.content.decode()


def test_the_first_page_leads_to_people_topics_and_feeds(client: Client):
    make_talk(topics=("boats & sails",))
    page = client.get("/").content.decode()
    for address in ("/people/mei-tanaka/", "/talks/?topic=boats%20%26%20sails", "/talks/feed.xml", "/talks/feed.json"):
        assert f'href="{address}"' in page
        assert client.get(address.replace("&amp;", "&")).status_code == 200


def test_the_first_page_keeps_unpublished_talks_to_itself(client: Client):
    make_talk("Not yet", published=False, speakers=("Priya Raman",), topics=("secrets",))
    page = client.get("/").content.decode()
    assert not any(word in page for word in ("Not yet", "Priya", "secrets"))


def test_the_first_page_asks_the_database_as_often_for_many_talks_as_for_one(client: Client):
    counts = []
    for number in range(3):
        make_talk(f"Talk {number}", speakers=(f"Speaker {number}",), topics=(f"topic {number}",))
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2]
