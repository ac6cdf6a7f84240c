"""The published talks as feeds: RSS 2.0 with the iTunes and Podcasting 2.0 namespaces, and JSON Feed 1.1.

Feeds show what a visitor sees, whoever asks. They take the same narrowing as the list of talks, so that a series, a
speaker or a topic can be followed. Whoever sends back the ETag is told in a line that nothing has changed.

Sources: RSS 2.0 specification; podcastindex.org/namespace/1.0; jsonfeed.org/version/1.1.
"""

from __future__ import annotations

import datetime
import mimetypes
import re
import uuid
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.feedgenerator import Enclosure, Rss201rev2Feed
from django.utils.http import urlencode
from django.utils.translation import get_supported_language_variant, gettext, override
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import conditional_page, require_safe

from . import queries

_LENGTH = 300
"""Talks in a feed."""

_PODCAST_NAMESPACE = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""The namespace of podcast:guid, from the Podcasting 2.0 specification."""

_TRANSCRIPT_TYPES = {"vtt": "text/vtt", "srt": "application/x-subrip", "podcast-json": "application/json"}
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@require_safe
@conditional_page
def show_rss(request: HttpRequest) -> HttpResponse:
    """The newest talks as RSS; those with an audio or video file are episodes that podcast apps play."""
    address = request.build_absolute_uri()
    episodes = _list_episodes(request)
    spoken = Counter(episode.talk.language for episode in episodes if episode.talk.language)
    language = max(spoken, key=lambda language: spoken[language], default=settings.LANGUAGE_CODE)
    feed = _PodcastFeed(
        title=_clean(settings.COMMUNITY),
        link=request.build_absolute_uri(reverse("talks")),
        description=_describe_feed(language),
        language=language,
        feed_url=address,
    )
    for episode in episodes:
        feed.add_item(**_describe_item(episode, request))
    return HttpResponse(feed.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")


@require_safe
@conditional_page
def show_json_feed(request: HttpRequest) -> HttpResponse:
    """The newest talks as JSON Feed."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": settings.COMMUNITY,
        "home_page_url": request.build_absolute_uri(reverse("talks")),
        "feed_url": request.build_absolute_uri(),
        "items": [_describe_json_item(episode, request) for episode in _list_episodes(request)],
    }
    return JsonResponse(feed, content_type="application/feed+json")


def _describe_feed(language: str) -> str:
    """What the feed is, in the language of its talks and not of whoever fetches it: many share what one fetched."""
    try:
        written = get_supported_language_variant(language)
    except LookupError:
        written = settings.LANGUAGE_CODE
    with override(written):
        return gettext("What was said at %(community)s") % {"community": _clean(settings.COMMUNITY)}


def _list_episodes(request: HttpRequest) -> tuple[queries.Episode, ...]:
    wishes = {name: request.GET.get(name, "") for name in ("speaker", "topic", "year", "event")}
    return queries.list_episodes(viewer=AnonymousUser(), narrowing=queries.Narrowing(**wishes), limit=_LENGTH)


class _PodcastFeed(Rss201rev2Feed):
    def rss_attributes(self) -> dict[str, str]:
        return super().rss_attributes() | {
            "xmlns:itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
            "xmlns:podcast": "https://podcastindex.org/namespace/1.0",
        }

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        handler.addQuickElement("itunes:author", self.feed["title"])
        handler.addQuickElement("itunes:explicit", "false")
        address = self.feed["feed_url"].partition("://")[2].rstrip("/")
        handler.addQuickElement("podcast:guid", str(uuid.uuid5(_PODCAST_NAMESPACE, address)))
        handler.addQuickElement("podcast:medium", "podcast")

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for name, text, attributes in item["podcast_elements"]:
            handler.addQuickElement(name, text, attributes)


def _describe_item(episode: queries.Episode, request: HttpRequest) -> dict[str, Any]:
    talk, player = episode.talk, episode.player
    address = request.build_absolute_uri(reverse("talk", args=[talk.slug]))
    enclosures = []
    if player and player.kind != "embed":
        # RSS wants the bytes of the file; nobody asks the host for them, and 0 says that they are not known.
        enclosures.append(Enclosure(_clean(player.url), "0", _media_type(player)))
    return {
        "title": _clean(talk.title),
        "link": address,
        "description": _clean(talk.description),
        "unique_id": address,
        "unique_id_is_permalink": True,
        "pubdate": _moment_of(episode),
        "categories": [_clean(topic) for topic in talk.topics],
        "enclosures": enclosures,
        "podcast_elements": _describe_podcast(episode, request),
    }


def _describe_podcast(episode: queries.Episode, request: HttpRequest) -> list[tuple[str, str | None, dict[str, str]]]:
    """The elements of the iTunes and Podcasting 2.0 namespaces: name, text, attributes."""
    talk = episode.talk
    elements: list[tuple[str, str | None, dict[str, str]]] = []
    if talk.duration_ms:
        elements.append(("itunes:duration", str(talk.duration_ms // 1000), {}))
    for version in episode.versions:
        elements += _describe_files(talk.slug, version, request)
    for person in talk.speakers:
        attributes = {"role": "host" if person.role == "host" else "guest"}
        if person.slug:
            attributes["href"] = request.build_absolute_uri(reverse("person", args=[person.slug]))
        elements.append(("podcast:person", _clean(person.name), attributes))
    return elements


def _describe_files(
    slug: str, version: queries.TranscriptVersion, request: HttpRequest
) -> Iterator[tuple[str, str | None, dict[str, str]]]:
    """Captions in each form that podcast apps read, and the chapters in the language of the talk."""
    language = {"language": _clean(version.language)} if version.language else {}
    query = f"?{urlencode({'in': version.in_address})}" if version.in_address else ""
    for download in version.downloads:
        address = request.build_absolute_uri(reverse("download", args=[slug, download.kind]) + query)
        if kind := _TRANSCRIPT_TYPES.get(download.kind):
            yield "podcast:transcript", None, {"url": address, "type": kind, **language}
        elif download.kind == "chapters" and version.is_first:
            yield "podcast:chapters", None, {"url": address, "type": "application/json+chapters"}


def _describe_json_item(episode: queries.Episode, request: HttpRequest) -> dict[str, Any]:
    talk, player = episode.talk, episode.player
    address = request.build_absolute_uri(reverse("talk", args=[talk.slug]))
    item: dict[str, Any] = {
        "id": address,
        "url": address,
        "title": talk.title,
        "content_text": talk.description or talk.title,
        "date_published": _moment_of(episode).isoformat(),
        "authors": [
            {"name": person.name}
            | ({"url": request.build_absolute_uri(reverse("person", args=[person.slug]))} if person.slug else {})
            for person in talk.speakers
        ],
        "tags": list(talk.topics),
        "language": talk.language,
    }
    if player and player.kind != "embed":
        attachment = {"url": player.url, "mime_type": _media_type(player)}
        duration = {"duration_in_seconds": talk.duration_ms // 1000} if talk.duration_ms else {}
        item["attachments"] = [attachment | duration]
    return {name: value for name, value in item.items() if value}


def _media_type(player: queries.Player) -> str:
    guessed, _ = mimetypes.guess_type(urlsplit(player.url).path)
    return guessed or {"audio": "audio/mpeg", "video": "video/mp4"}[player.kind]


def _moment_of(episode: queries.Episode) -> datetime.datetime:
    """The day of the talk; where nobody knows it, when its page came out."""
    if episode.talk.date is None:
        return episode.published_at
    return datetime.datetime.combine(episode.talk.date, datetime.time(), datetime.UTC)


def _clean(text: str) -> str:
    """The text without the signs that no XML may hold."""
    return _NOT_IN_XML.sub("", text)
