import json
import re
from datetime import date

import pytest
from django.template import Context
from django.test import RequestFactory

from commonplace.apps.library.queries import ChapterLink, Player, SpeakerLink, TalkPage
from commonplace.apps.library.templatetags.structured_data import structured_data

HOSTILE = "</script><script>alert('x')</script><!-- &amp; \u2028 \\"
EMBED = Player("embed", "https://www.youtube-nocookie.com/embed/abcdefghijk?start=", "https://www.youtube-nocookie.com")
VIMEO = Player("embed", "https://player.vimeo.com/video/1?dnt=1#t=", "https://player.vimeo.com")
AUDIO = Player("audio", "https://a.example/boats.mp3", "https://a.example")
VIDEO = Player("video", "https://a.example/boats.mp4", "https://a.example")


def make_page(**values: object) -> TalkPage:
    known = {
        **dict.fromkeys(TalkPage.__dataclass_fields__, ()),
        "slug": "boats",
        "title": "Boats",
        "date": date(2026, 5, 4),
        "player": None,
        "duration_ms": 95_000,
        "description": "",
        "language": "en",
        "event": "",
        "report": {},
        "speakers": (SpeakerLink("Mei Tanaka", "mei-tanaka", "speaker"), SpeakerLink("A guest", None, "speaker")),
        "chapters": (ChapterLink("Sails", 0, "t=0"), ChapterLink("Ropes", 40_400, "t=40")),
    }
    return TalkPage(**(known | values))


def describe(page: TalkPage) -> dict:
    context = Context({"request": RequestFactory().get("/"), "community": "Harbour ML"})
    return json.loads(structured_data(context, page))


@pytest.mark.parametrize(
    ("player", "kind"),
    [(None, "CreativeWork"), (AUDIO, "PodcastEpisode"), (VIDEO, "VideoObject"), (EMBED, "VideoObject")],
)
def test_a_talk_is_what_its_page_plays(player: Player | None, kind: str):
    described = describe(make_page(player=player))
    assert (described["@context"], described["@type"]) == ("https://schema.org", kind)
    assert described["url"] == "http://testserver/talks/boats/"


def test_chapters_are_clips_with_their_seconds():
    clips = describe(make_page())["hasPart"]
    assert [(clip["name"], clip["startOffset"], clip["endOffset"]) for clip in clips] == [
        ("Sails", 0, 40),
        ("Ropes", 40, 95),
    ]
    assert clips[1]["url"] == "http://testserver/talks/boats/#t=40"


def test_a_chapter_that_nobody_knows_the_end_of_has_none():
    assert "endOffset" not in describe(make_page(duration_ms=None))["hasPart"][1]


def test_a_chapter_without_a_time_is_no_clip():
    assert "hasPart" not in describe(make_page(chapters=(ChapterLink("Sails", None, "p=1"),)))


def test_those_whom_we_know_have_an_address():
    assert describe(make_page())["author"] == [
        {"@type": "Person", "name": "Mei Tanaka", "url": "http://testserver/people/mei-tanaka/"},
        {"@type": "Person", "name": "A guest"},
    ]


@pytest.mark.parametrize(
    ("player", "parts"),
    [
        (VIDEO, {"contentUrl": VIDEO.url, "duration": "PT95S", "uploadDate": "2026-05-04"}),
        (VIMEO, {"embedUrl": "https://player.vimeo.com/video/1"}),
        (EMBED, {"thumbnailUrl": "https://i.ytimg.com/vi/abcdefghijk/hqdefault.jpg"}),
        (AUDIO, {"associatedMedia": {"@type": "AudioObject", "contentUrl": AUDIO.url}, "timeRequired": "PT95S"}),
    ],
)
def test_the_recording_is_described(player: Player, parts: dict):
    described = describe(make_page(player=player))
    assert {name: described[name] for name in parts} == parts


def test_what_is_not_known_is_left_out():
    described = describe(make_page(date=None, duration_ms=None, player=VIDEO, language="", speakers=()))
    assert not {"datePublished", "uploadDate", "duration", "inLanguage", "author", "keywords"} & set(described)


def test_no_text_can_end_the_data_block():
    context = Context({"request": RequestFactory().get("/"), "community": HOSTILE})
    text = structured_data(context, make_page(title=HOSTILE, topics=(HOSTILE,)))
    assert re.search(r"[<>&\u2028]", text) is None
    assert json.loads(text)["name"] == HOSTILE
