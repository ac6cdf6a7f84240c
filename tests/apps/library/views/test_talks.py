from __future__ import annotations

import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from commonplace.apps.library import actions
from commonplace.apps.library.models import Talk
from tests.factories import NOW, make_account, make_details, make_person, make_talk

pytestmark = pytest.mark.django_db

HOSTILE = """<script>alert("x")</script>'"><img src=x onerror=alert(1)>"""


def read_page(client: Client, talk: Talk) -> str:
    response = client.get(reverse("talk", args=[talk.slug]))
    assert response.status_code == 200
    return response.content.decode()


def publish(captions: str, **details: object) -> Talk:
    return actions.publish_captions(data=captions.encode(), name="talk", details=make_details(**details), now=NOW)


def test_the_list_shows_talks_by_year_the_newest_first(client: Client):
    for title, date in (("Older", "2025-03-01"), ("Newest", "2026-03-01"), ("Undated", None)):
        make_talk(title, date=date)
    page = client.get("/talks/").content.decode()
    places = [page.index(text) for text in (">2026<", "Newest", ">2025<", "Older", "Without a date", "Undated")]
    assert places == sorted(places)


def test_the_list_of_nothing_says_how_to_add_the_first_talk(client: Client):
    page = client.get("/talks/").content.decode()
    assert "commonplace publish" in page
    assert "commonplace import" in page


def test_the_list_is_cut_into_pages(client: Client):
    for number in range(31):
        make_talk(f"Talk {number}", sentences=1)
    assert 'href="?page=2"' in client.get("/talks/").content.decode()
    last = client.get("/talks/?page=2").content.decode()
    assert 'href="?page=1"' in last
    assert last.count('class="row-title"') == 1


@pytest.mark.parametrize("number", ["", "x", "-1", "1.5", "٣", "9" * 400])
def test_a_page_that_is_no_number_is_not_found(client: Client, number: str):
    assert client.get("/talks/", {"page": number}).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_the_same_queries_however_long_it_is(client: Client, django_assert_num_queries, rows: int):
    for number in range(rows):
        make_talk(f"Talk {number}")
    with django_assert_num_queries(5):
        client.get("/talks/")


def test_a_stranger_does_not_find_an_unpublished_talk(client: Client):
    talk = make_talk(published=False)
    assert client.get(reverse("talk", args=[talk.slug])).status_code == 404
    assert client.get(reverse("download", args=[talk.slug, "vtt"])).status_code == 404
    assert talk.title not in client.get("/talks/").content.decode()


def test_staff_and_the_speaker_find_an_unpublished_talk(client: Client):
    mei = make_person()
    talk = make_talk(published=False)
    for account in (make_account(is_staff=True), make_account(mei)):
        client.force_login(account)
        assert talk.title in read_page(client, talk)


def test_every_paragraph_has_its_own_address(client: Client):
    page = read_page(client, make_talk(sentences=40))
    assert 'id="t=0"' in page
    assert 'href="#t=10"' in page


def test_a_speaker_whom_we_know_is_linked(client: Client):
    make_person()
    page = read_page(client, make_talk())
    assert '<p class="turn" dir="auto"><a href="/people/mei-tanaka/">Mei Tanaka</a></p>' in page


@pytest.mark.parametrize("field", ["title", "event", "description"])
def test_hostile_details_are_shown_and_not_run(client: Client, field: str):
    talk = make_talk(**{"title": "Fine", field: HOSTILE})
    for address in (reverse("talk", args=[talk.slug]), "/talks/", "/"):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<img" not in page


def test_hostile_names_and_words_are_shown_and_not_run(client: Client):
    captions = f"1\n00:00:01,000 --> 00:00:04,000\nIt said {HOSTILE} out loud.\n"
    page = read_page(client, publish(captions, speakers=(HOSTILE,), topics=(HOSTILE,)))
    assert "<script>alert" not in page
    assert "<img" not in page


def test_a_talk_without_times_says_so_and_counts_its_paragraphs(client: Client):
    page = read_page(client, publish("Ada: Welcome back.\n\nMei: Thank you.\n\nAda: Begin.\n\nMei: I will.\n"))
    assert "times of this transcript are unknown" in page
    assert 'href="#p=1">1</a>' in page


def test_a_loop_is_folded_and_the_words_around_it_are_not(client: Client):
    lines = ["It begins well.", *["Thank you."] * 12, "And it goes on well."]
    cues = [f"[00:00:{4 * n:02}.000 --> 00:00:{4 * n + 3:02}.000]   {line}" for n, line in enumerate(lines)]
    page = read_page(client, publish("\n".join(cues)))
    folded = page[page.index("<details>") : page.index("</details>")]
    assert "Repeated by the recogniser" in folded
    assert folded.count("Thank you.") == 12
    assert "well." not in folded


def test_a_talk_of_forty_thousand_words_stays_a_light_page(client: Client, django_assert_max_num_queries):
    talk = make_talk(sentences=6_600)
    with django_assert_max_num_queries(8):
        page = read_page(client, talk)
    assert page.count(" about boats.") == 6_600
    assert page.count("<span") < 20
    assert len(page) < 2.5 * 6_600 * len("Sentence number 1234 is about boats. ")


@pytest.mark.parametrize("kind", ["vtt", "srt", "md", "txt", "json", "podcast-json"])
def test_a_talk_is_to_be_had_as_a_file(client: Client, kind: str):
    talk = make_talk()
    response = client.get(reverse("download", args=[talk.slug, kind]))
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith(f'attachment; filename="{talk.slug}.')
    assert response.content.decode().count("boats") == 3


def test_a_file_may_have_a_japanese_name(client: Client):
    talk = make_talk("検索の評価")
    response = client.get(reverse("download", args=[talk.slug, "vtt"]))
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%E6%A4%9C")


def test_a_file_of_an_unknown_kind_is_not_found(client: Client):
    assert client.get(reverse("download", args=[make_talk().slug, "exe"])).status_code == 404


@pytest.mark.parametrize("address", ["/talks/", "/talks/words-with-times/", "/talks/words-with-times/download/vtt"])
def test_pages_are_read_and_never_written_to(client: Client, address: str):
    make_talk()
    assert client.post(address).status_code == 405
    assert client.head(address).status_code == 200


@pytest.mark.parametrize(
    ("recording", "directive"),
    [
        ("https://youtu.be/abcdefghijk", "frame-src https://www.youtube-nocookie.com"),
        ("https://recordings.example/boats.mp3", "media-src https://recordings.example"),
    ],
)
def test_only_the_page_with_a_player_names_its_host(client: Client, recording: str, directive: str):
    talks = make_talk("With a player", recording=recording), make_talk("Without", recording="https://example.org/tides")
    policies = [client.get(reverse("talk", args=[talk.slug])).headers["Content-Security-Policy"] for talk in talks]
    assert directive in policies[0].split("; ")
    assert "https:" not in policies[1]
    assert "https:" not in client.get("/talks/").headers["Content-Security-Policy"]


def test_a_page_says_its_address_and_title_to_those_who_share_it(client: Client):
    talk = make_talk("検索の評価", description="About boats.", recording="https://youtu.be/abcdefghijk")
    page = read_page(client, talk)
    address = f"http://testserver{reverse('talk', args=[talk.slug])}"
    assert f'<link rel="canonical" href="{address}">' in page
    assert f'<meta property="og:url" content="{address}">' in page
    assert '<meta property="og:title" content="検索の評価">' in page
    assert '<meta property="og:type" content="video.other">' in page


def test_the_canonical_address_forgets_what_was_asked_besides(client: Client):
    address = reverse("talk", args=[make_talk().slug])
    page = client.get(address, {"utm_source": "x"}).content.decode()
    assert f'<link rel="canonical" href="http://testserver{address}">' in page


def test_a_narrowed_list_shows_what_it_is_narrowed_to_and_how_to_widen_it(client: Client):
    for number in range(31):
        make_talk(f"Talk {number}", sentences=1, topics=("boats & sails",), event="Summer", speakers=("Priya Raman",))
    make_talk("Another", speakers=("Mei Tanaka",))
    query = {"topic": "boats & sails", "speaker": "priya-raman"}
    page = client.get("/talks/", query).content.decode()
    assert "31 talks" in page
    assert 'href="?topic=boats+%26+sails"' in page
    assert 'href="?speaker=priya-raman"' in page
    assert 'href="?topic=boats+%26+sails&amp;speaker=priya-raman&amp;page=2"' in page
    assert "Another" not in page


def test_a_series_has_a_page_that_its_talks_lead_to(client: Client):
    talk = make_talk(event="Boats / rivers?\nSummer & winter")
    make_talk("Another")
    address = re.search(r'href="([^"]+/series/[^"]+)"', read_page(client, talk))[1]
    page = client.get(html.unescape(address)).content.decode()
    assert "<title>Boats / rivers?\nSummer &amp; winter" in page
    assert talk.title in page
    assert "Another" not in page


@pytest.mark.parametrize("name", ["speaker", "topic", "year", "event"])
def test_a_hostile_wish_finds_nothing_and_is_not_run(client: Client, name: str):
    make_talk()
    page = client.get("/talks/", {name: HOSTILE + "\x00"}).content.decode()
    assert "No talk is all of that" in page
    assert "<script>alert" not in page
    assert "<img" not in page
