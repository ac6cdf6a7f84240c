from __future__ import annotations

import json
import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import make_talk

pytestmark = pytest.mark.django_db

HOSTILE = """<script>alert("x")</script>'"><img src=x onerror=alert(1)>"""


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_a_talk_and_the_list_lead_to_the_page_of_their_series(client: Client):
    talk = make_talk(event="日本語読書会 第四回")
    address = reverse("series", args=["日本語読書会-第四回"])
    for page in ("/talks/", reverse("talk", args=[talk.slug])):
        assert f'href="{address}"' in client.get(page).text
    assert "<h1" in client.get(address).text


def test_a_series_can_be_followed_and_is_told_to_programs(client: Client):
    make_talk("Sails", event="Study group", topics=("boats",))
    page = client.get("/talks/series/study-group/").text
    assert "/talks/feed.xml?event=Study%20group" in page
    assert "Sails" in client.get("/talks/feed.xml?event=Study%20group").text
    (told,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert json.loads(told)["hasPart"][0]["url"] == "http://testserver/talks/sails/"
    assert 'rel="canonical" href="http://testserver/talks/series/study-group/"' in page


@pytest.mark.parametrize("address", ["/talks/series/winter/", "/talks/series/study-group/?page=x", "/talks/series/"])
def test_what_is_no_series_is_not_found(client: Client, address: str):
    make_talk(event="Study group")
    assert client.get(address).status_code == 404


def test_a_long_series_is_cut_into_pages(client: Client):
    for number in range(51):
        make_talk(f"Talk {number}", event="Study group", sentences=1)
    page = client.get("/talks/series/study-group/?page=2").text
    assert page.count('class="row-title"') == 1
    assert 'href="?page=1"' in page


def test_hostile_names_are_shown_and_not_run(client: Client):
    talk = make_talk(event=HOSTILE, topics=(HOSTILE,), speakers=(HOSTILE,))
    address = re.search(r'href="([^"]+/series/[^"]+)"', client.get(reverse("talk", args=[talk.slug])).text)[1]
    page = client.get(address).text
    assert "<img" not in page
    assert "<script>alert" not in page


def test_no_talk_takes_the_address_under_which_series_are(client: Client):
    assert make_talk("Series", event="Study group").slug == "series-2"
    assert client.get("/talks/series/study-group/").status_code == 200
