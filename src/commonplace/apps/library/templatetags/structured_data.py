"""What a talk's page tells machines about itself, in the vocabulary of schema.org."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from django import template
from django.http import HttpRequest
from django.template import Context
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe

from ..queries import SeriesPage, SpeakerLink, TalkPage, TranscriptVersion, make_series_slug

register = template.Library()

_YOUTUBE_PICTURE = re.compile(r"https://www\.youtube-nocookie\.com/embed/([\w-]{11})")
_ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


@register.simple_tag(takes_context=True)
def structured_data(context: Context, talk: TalkPage) -> SafeString:
    """The talk as JSON-LD: a VideoObject, a PodcastEpisode, or a CreativeWork where nothing is played on the page.

    The result stands inside ``<script type="application/ld+json">``, a data block that no browser runs: no content
    policy needs to allow it, and no character in it can end it.
    """
    return _write(_describe(talk, request=context["request"], community=str(context["community"])))


@register.simple_tag(takes_context=True)
def structured_series(context: Context, series: SeriesPage) -> SafeString:
    """A series as JSON-LD: a CreativeWorkSeries with the talks that its page shows."""
    request = context["request"]
    address = request.build_absolute_uri(reverse("series", args=[series.slug]))
    described = {
        "@context": "https://schema.org",
        "@type": "CreativeWorkSeries",
        "@id": address,
        "url": address,
        "name": series.title,
        "inLanguage": series.language,
        "publisher": {"@type": "Organization", "name": str(context["community"])},
        "hasPart": [
            {
                "@type": "CreativeWork",
                "name": row.title,
                "url": request.build_absolute_uri(reverse("talk", args=[row.slug])),
                **({"datePublished": row.date.isoformat()} if row.date else {}),
            }
            for row in series.talks.rows
        ],
    }
    return _write({name: value for name, value in described.items() if value})


def _write(described: dict[str, Any]) -> SafeString:
    text = json.dumps(described, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return mark_safe(text)  # noqa: S308  # of what HTML could take for markup, nothing is left


def _describe(talk: TalkPage, *, request: HttpRequest, community: str) -> dict[str, Any]:
    address = request.build_absolute_uri(reverse("talk", args=[talk.slug]))
    described = {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "@id": address,
        "url": address,
        "name": talk.title,
        "description": talk.description or talk.title,
        "inLanguage": [version.language for version in talk.versions if version.language] or talk.language,
        "datePublished": talk.date.isoformat() if talk.date else None,
        "keywords": list(talk.topics),
        "author": [_describe_person(person, request) for person in talk.speakers],
        "contributor": [_describe_person(person, request) for person in talk.hosts],
        "publisher": {"@type": "Organization", "name": community} if community else None,
        "isPartOf": _name_series(talk.event, request),
        "hasPart": list(_describe_chapters(talk, address)),
        "encoding": [_describe_captions(talk.slug, version, request) for version in talk.versions if version.downloads],
        **_describe_recording(talk),
    }
    return {name: value for name, value in described.items() if value}


def _name_series(name: str, request: HttpRequest) -> dict[str, str] | None:
    if not name:
        return None
    address = request.build_absolute_uri(reverse("series", args=[make_series_slug(name)]))
    return {"@type": "CreativeWorkSeries", "name": name, "url": address}


def _describe_captions(slug: str, version: TranscriptVersion, request: HttpRequest) -> dict[str, Any]:
    """The transcript in one language: as captions, or as text where its times are unknown."""
    offered = {download.kind for download in version.downloads}
    kind, media_type = ("vtt", "text/vtt") if "vtt" in offered else ("txt", "text/plain")
    query = f"?{urlencode({'in': version.in_address})}" if version.in_address else ""
    described = {
        "@type": "MediaObject",
        "encodingFormat": media_type,
        "inLanguage": version.language,
        "contentUrl": request.build_absolute_uri(reverse("download", args=[slug, kind]) + query),
    }
    return {name: value for name, value in described.items() if value}


def _describe_recording(talk: TalkPage) -> dict[str, Any]:
    duration = f"PT{talk.duration_ms // 1000}S" if talk.duration_ms else None
    if talk.player is None:
        return {}
    if talk.player.kind == "audio":
        media = {"@type": "AudioObject", "contentUrl": talk.player.url}
        return {"@type": "PodcastEpisode", "associatedMedia": media, "timeRequired": duration}
    recording = {
        "@type": "VideoObject",
        "duration": duration,
        "uploadDate": talk.date.isoformat() if talk.date else None,
    }
    if talk.player.kind == "video":
        return recording | {"contentUrl": talk.player.url}
    picture = _YOUTUBE_PICTURE.match(talk.player.url)
    return recording | {
        "embedUrl": talk.player.url.partition("?")[0],
        "thumbnailUrl": f"https://i.ytimg.com/vi/{picture[1]}/hqdefault.jpg" if picture else None,
    }


def _describe_person(person: SpeakerLink, request: HttpRequest) -> dict[str, str]:
    described = {"@type": "Person", "name": person.name}
    if person.slug:
        described["url"] = request.build_absolute_uri(reverse("person", args=[person.slug]))
    return described


def _describe_chapters(talk: TalkPage, address: str) -> Iterator[dict[str, Any]]:
    """Each chapter with its seconds; the last one ends with the talk, where that is known."""
    timed = [(chapter, chapter.start_ms // 1000) for chapter in talk.chapters if chapter.start_ms is not None]
    ends = [second for _, second in timed[1:]] + [talk.duration_ms // 1000 if talk.duration_ms else None]
    for (chapter, second), end in zip(timed, ends, strict=False):
        clip = {"@type": "Clip", "name": chapter.title, "startOffset": second, "url": f"{address}#t={second}"}
        yield clip | ({"endOffset": end} if end is not None and end > second else {})
