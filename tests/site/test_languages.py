"""Pages come in the reader's language: what the browser prefers, or what the switch at the foot of a page chose."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import make_talk

pytestmark = pytest.mark.django_db
COOKIE = "django_language"


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("ja", "ja"), ("ja-JP,ja;q=0.9,en;q=0.5", "ja"), ("en-GB,ja;q=0.1", "en"), ("fi", "en"), ("", "en")],
)
def test_a_page_comes_in_the_language_that_the_browser_prefers(client: Client, accepted: str, language: str):
    answer = client.get("/talks/", headers={"accept-language": accepted})
    assert f'<html lang="{language}"' in answer.text
    assert answer.headers["Content-Language"] == language


def test_a_choice_outweighs_the_browser_and_leads_back(client: Client):
    address = "/talks/?year=2026&topic=a%26b"
    answer = client.post("/language/", {"language": "ja", "next": address}, headers={"accept-language": "en"})
    assert (answer.status_code, answer.headers["Location"]) == (302, address)
    assert '<html lang="ja"' in client.get("/", headers={"accept-language": "en"}).text


def test_the_choice_is_kept_for_a_year_and_from_scripts(client: Client):
    cookie = client.post("/language/", {"language": "ja"}).cookies[COOKIE]
    assert (cookie["max-age"], cookie["httponly"], cookie["samesite"]) == (365 * 24 * 3600, True, "Lax")


@pytest.mark.parametrize("language", ["fi", "", "../ja", "ja'"])
def test_a_language_that_is_not_offered_is_not_chosen(client: Client, language: str):
    client.post("/language/", {"language": language})
    assert '<html lang="en"' in client.get("/").text


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_a_choice_leads_nowhere_else(client: Client, elsewhere: str):
    answer = client.post("/language/", {"language": "ja", "next": elsewhere})
    assert answer.headers["Location"] == "/"


def test_looking_at_the_address_chooses_nothing(client: Client):
    answer = client.get("/language/", {"language": "ja"})
    assert answer.status_code == 405
    assert COOKIE not in answer.cookies


def test_every_page_offers_the_other_language_by_its_own_name_and_comes_back_to_itself(client: Client):
    text = client.get("/talks/?year=2026").text
    assert '<button type="submit" name="language" value="ja" lang="ja">日本語</button>' in text
    assert '<input type="hidden" name="next" value="/talks/?year=2026">' in text
    assert '<b lang="en" aria-current="true">English</b>' in text


@pytest.mark.parametrize("address", ["/", "/talks/", "/talks/words-with-times/", "/nowhere/"])
def test_a_cache_keeps_the_languages_of_a_page_apart(client: Client, address: str):
    make_talk()
    varied = {name.strip().lower() for name in client.get(address).headers["Vary"].split(",")}
    assert {"accept-language", "cookie"} <= varied
