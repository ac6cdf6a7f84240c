import json
import uuid
from datetime import datetime
from xml.etree.ElementTree import Element

import feedparser
import pytest
from defusedxml import ElementTree
from django.test import Client

from commonplace.apps.library.models import Chapter
from tests.factories import make_account, make_person, make_talk

pytestmark = pytest.mark.django_db

AUDIO = "https://recordings.example/boats.mp3"
HOSTILE = "</title><script>alert('x')</script> ]]> & \x0b\x1b \ufffe"
PODCAST = {"podcast": "https://podcastindex.org/namespace/1.0", "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd"}


def read_rss(client: Client, **query: str) -> feedparser.FeedParserDict:
    """The feed as an independent reader takes it, which must find nothing wrong with it."""
    response = client.get("/talks/feed.xml", query)
    assert response.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    feed = feedparser.parse(response.content)
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.version == "rss20"
    return feed


def read_item(client: Client) -> Element:
    item = ElementTree.fromstring(client.get("/talks/feed.xml").content).find("channel/item")
    assert item is not None
    return item


def read_json(client: Client, **query: str) -> dict:
    response = client.get("/talks/feed.json", query)
    assert response.headers["Content-Type"] == "application/feed+json"
    return json.loads(response.content)


def test_rss_says_whose_it_is_and_where(client: Client):
    feed = read_rss(client).feed
    assert (feed.title, feed.link, feed.language) == ("Commonplace", "http://testserver/talks/", "en")
    assert [link.href for link in feed.links if link.rel == "self"] == ["http://testserver/talks/feed.xml"]
    assert uuid.UUID(feed.podcast_guid).version == 5


def test_a_talk_with_a_file_is_an_episode(client: Client):
    make_talk("Boats", recording=AUDIO, topics=("water",), description="About boats & sails.")
    (entry,) = read_rss(client).entries
    assert (entry.title, entry.summary) == ("Boats", "About boats & sails.")
    assert (entry.link, entry.id) == ("http://testserver/talks/boats/",) * 2
    assert entry.published_parsed[:3] == (2026, 5, 4)
    assert [(file.href, file.type) for file in entry.enclosures] == [(AUDIO, "audio/mpeg")]
    assert [tag.term for tag in entry.tags] == ["water"]


def test_an_episode_has_its_transcripts_chapters_and_people(client: Client):
    make_person()
    talk = make_talk(language="en")
    Chapter.objects.create(transcript=talk.transcripts.get(), position=0, title="Boats", start_ms=0)
    item = read_item(client)
    transcripts = item.findall("podcast:transcript", PODCAST)
    types = ["text/vtt", "application/x-subrip", "application/json"]
    assert [(element.get("type"), element.get("language")) for element in transcripts] == [
        (kind, "en") for kind in types
    ]
    people = [(person.text, person.get("role")) for person in item.findall("podcast:person", PODCAST)]
    assert people == [("Mei Tanaka", "guest"), ("Ada Okafor", "host")]
    for address in [*transcripts, item.find("podcast:chapters", PODCAST)]:
        assert client.get(address.get("url").removeprefix("http://testserver")).status_code == 200
    assert item.find("podcast:person", PODCAST).get("href") == "http://testserver/people/mei-tanaka/"
    assert int(item.findtext("itunes:duration", namespaces=PODCAST)) > 0


def test_a_video_elsewhere_is_linked_to_and_not_an_enclosure(client: Client):
    make_talk(recording="https://youtu.be/abcdefghijk")
    assert read_rss(client).entries[0].enclosures == []
    assert "attachments" not in read_json(client)["items"][0]


def test_a_talk_without_a_day_has_that_of_its_page(client: Client):
    make_talk(date=None)
    assert read_rss(client).entries[0].published_parsed[:3] == (2026, 11, 22)


def test_json_feed_holds_what_its_version_asks_for(client: Client):
    make_talk("Boats", recording=AUDIO, topics=("water",), language="en")
    feed = read_json(client)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == "http://testserver/talks/feed.json"
    (item,) = feed["items"]
    assert item["id"] == item["url"] == "http://testserver/talks/boats/"
    assert datetime.fromisoformat(item["date_published"]).utcoffset() is not None
    assert item["authors"][0]["name"] == "Mei Tanaka"
    assert {"title", "content_text", "tags", "language"} <= set(item)
    assert item["attachments"] == [{"url": AUDIO, "mime_type": "audio/mpeg", "duration_in_seconds": 30}]


@pytest.mark.parametrize("field", ["title", "description", "event"])
def test_hostile_text_stays_text(client: Client, field: str):
    make_talk(**{"title": "Fine", field: HOSTILE, "topics": (HOSTILE,), "speakers": (HOSTILE,), "recording": AUDIO})
    (entry,) = read_rss(client).entries
    assert len(entry.tags) == 1
    assert read_item(client).find("script") is None
    assert read_json(client)["items"][0]["tags"] == [HOSTILE]


@pytest.mark.parametrize("address", ["/talks/feed.xml", "/talks/feed.json"])
def test_nobody_gets_an_unpublished_talk_out_of_a_feed(client: Client, address: str):
    make_talk("Secret boats", published=False)
    client.force_login(make_account(is_staff=True))
    assert "Secret" not in client.get(address).content.decode()


@pytest.mark.parametrize(
    "read", [lambda *a, **k: read_rss(*a, **k).entries, lambda *a, **k: read_json(*a, **k)["items"]]
)
def test_a_feed_is_narrowed_as_the_list_is(client: Client, read):
    make_talk("Boats", event="Summer")
    make_talk("Tides", event="Winter")
    assert [entry["title"] for entry in read(client, event="Winter")] == ["Tides"]
    assert len(read(client)) == 2


@pytest.mark.parametrize("address", ["/talks/feed.xml", "/talks/feed.json", "/sitemap.xml"])
def test_whoever_has_the_feed_is_told_that_nothing_changed(client: Client, address: str):
    make_talk("Boats")
    tag = client.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    make_talk("Tides")
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("address", ["/talks/feed.xml", "/talks/feed.json"])
def test_a_feed_takes_the_same_queries_however_long_it_is(client: Client, django_assert_num_queries, address: str):
    for number in range(3):
        make_talk(f"Talk {number}")
        with django_assert_num_queries(7):
            client.get(address)
