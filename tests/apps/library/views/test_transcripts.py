from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from commonplace.apps.library import actions, queries
from commonplace.apps.library.models import Paragraph, Talk
from tests.factories import NOW, VISITOR, add_language, make_account, make_person, make_talk

pytestmark = pytest.mark.django_db

CAPTIONS = "WEBVTT\n\n00:00:00.000 --> 00:00:04.000\n港へようこそ。\n".encode()


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def talk() -> Talk:
    return make_talk(language="en")


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(make_account(role="editor", name="Jonas Weber"))
    return client


def read(client: Client, talk: Talk, in_: str = "") -> str:
    answer = client.get(reverse("talk", args=[talk.slug]), {"in": in_} if in_ else {})
    assert answer.status_code == 200
    return answer.text


def hand_in(client: Client, talk: Talk, data: bytes = CAPTIONS, *, name: str = "boats.ja.vtt", language: str = ""):
    values = {"file": SimpleUploadedFile(name, data), "language": language}
    return client.post(reverse("transcripts", args=[talk.slug]), values)


def test_a_talk_in_one_language_offers_no_other(client: Client, talk: Talk):
    page = read(client, talk)
    assert "hreflang" not in page
    assert 'class="versions"' not in page


def test_a_talk_is_read_in_the_language_that_the_address_names(client: Client, talk: Talk):
    add_language(talk, "ja")
    assert "みなさん" not in read(client, talk)
    page = read(client, talk, "ja")
    assert 'id="transcript" lang="ja"' in page
    assert "みなさん、港へようこそ。" in page
    assert "Welcome back" not in page
    assert "?in=ja" in re.findall(r'<link rel="canonical" href="([^"]+)"', page)[0]


def test_two_languages_stand_side_by_side_paragraph_by_paragraph(client: Client, talk: Talk):
    add_language(talk, "ja")
    page = read(client, talk, "en,ja")
    rows = page.split('<div class="row">')[1:]
    assert [row.count('class="column') for row in rows] == [2, 2]
    assert all('lang="en"' in row and 'lang="ja"' in row for row in rows)
    assert "Welcome back" in rows[0]
    assert "みなさん" in rows[0]
    assert 'id="t=10"' in rows[1]
    assert 'id="ja-t=10"' in rows[1]
    assert rows[1].count('href="#t=10"') == 2
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(set(ids)) == len(ids)


def test_side_by_side_is_no_page_of_its_own_to_search_engines(client: Client, talk: Talk):
    add_language(talk, "ja")
    (address,) = re.findall(r'<link rel="canonical" href="([^"]+)"', read(client, talk, "ja,en"))
    assert address == f"http://testserver/talks/{talk.slug}/"


def test_every_page_of_a_talk_names_its_other_languages(client: Client, talk: Talk):
    add_language(add_language(talk, "ja"), "pt-BR")
    own = f"http://testserver/talks/{talk.slug}/"
    expected = [("en", own), ("ja", f"{own}?in=ja"), ("pt-BR", f"{own}?in=pt-BR")]
    for in_ in ("", "ja", "en,ja"):
        found = re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)"', read(client, talk, in_))
        assert found == expected


@pytest.mark.parametrize("in_", ["de", "en,de", "en,en", "ja,ja", "'", "en,ja,pt", "\x00", "x" * 5000])
def test_a_language_that_is_not_there_has_no_page(client: Client, talk: Talk, in_: str):
    add_language(talk, "ja")
    assert client.get(reverse("talk", args=[talk.slug]), {"in": in_}).status_code == 404


def test_each_language_is_taken_away_as_a_file_of_its_own(client: Client, talk: Talk):
    add_language(talk, "ja")
    links = set(re.findall(rf'href="(/talks/{talk.slug}/download/[^"]+)"', read(client, talk)))
    assert {link.rpartition("/")[2] for link in links} >= {"vtt", "vtt?in=ja", "md", "md?in=ja"}
    for link in links:
        answer = client.get(link)
        assert ("みなさん" in answer.text) == ("?in=ja" in link)
        assert (".ja." in answer.headers["Content-Disposition"]) == ("?in=ja" in link)
    assert "language: ja" in client.get(f"/talks/{talk.slug}/download/md?in=ja").text
    assert client.get(f"/talks/{talk.slug}/download/vtt?in=de").status_code == 404


def test_the_feed_lists_the_captions_of_each_language(client: Client, talk: Talk):
    add_language(talk, "ja")
    feed = client.get("/talks/feed.xml").text
    elements = re.findall("<podcast:transcript [^>]+text/vtt[^>]+>", feed)
    assert [re.findall(r'/download/([^"]+)"|language="(\w+)"', element) for element in elements] == [
        [("", "en"), ("vtt", "")],
        [("", "ja"), ("vtt?in=ja", "")],
    ]


@pytest.mark.parametrize("sentences", [3, 60])
def test_side_by_side_takes_as_many_queries_for_a_long_talk(django_assert_num_queries, sentences: int):
    talk = add_language(make_talk("Boats", language="en", sentences=sentences), "ja", sentences=sentences)
    with django_assert_num_queries(10):
        queries.get_talk_page_for(VISITOR, talk.slug, language="en", beside="ja")


def test_a_paragraph_of_each_language_is_corrected_in_its_place(editor: Client, talk: Talk):
    add_language(talk, "ja")
    paragraph = Paragraph.objects.get(transcript__talk=talk, transcript__language="ja", position=1)
    address = reverse("correct", args=[talk.slug, paragraph.pk])
    assert address in read(editor, talk, "ja")
    assert address in read(editor, talk, "en,ja")
    assert 'lang="ja"' in editor.get(address).text
    speaker = {"speaker": "Mei Tanaka", "speaker_seen": "Mei Tanaka"}
    answer = editor.post(address, {"text": "船についての文です。", "version": 0, **speaker})
    assert answer.headers["Location"] == f"/talks/{talk.slug}/?in=ja#t=10"
    assert "船についての文です。" in read(editor, talk, "ja")
    assert '<p class="words" lang="ja"' in editor.get(reverse("history", args=[talk.slug])).text


def test_an_editor_adds_a_language_and_lands_on_its_page(editor: Client, talk: Talk):
    assert reverse("transcripts", args=[talk.slug]) in read(editor, talk)
    answer = hand_in(editor, talk, language="ja")
    assert answer.headers["Location"] == f"/talks/{talk.slug}/?in=ja"
    assert "港へようこそ。" in read(editor, talk, "ja")


def test_the_name_of_the_file_says_the_language_where_nobody_does(editor: Client, talk: Talk):
    assert hand_in(editor, talk).headers["Location"].endswith("?in=ja")
    answer = hand_in(editor, talk, name="boats.vtt")
    assert answer.status_code == 400
    assert "Choose the language" in answer.text


@pytest.mark.parametrize(
    ("data", "language", "message"),
    [
        (b"", "ja", "empty"),
        (b"\x00\x01\x02" * 99, "ja", "cannot be read"),
        (CAPTIONS, "en", "already"),
        (CAPTIONS, "xx", "Select a valid choice"),
        (b"a" * (8 * 2**20 + 1), "ja", "larger than"),
    ],
)
def test_what_cannot_be_kept_is_said_and_changes_nothing(
    editor: Client, talk: Talk, data: bytes, language: str, message: str
):
    answer = hand_in(editor, talk, data, language=language)
    assert (answer.status_code, message in answer.text) == (400, True)
    assert talk.transcripts.count() == 1


def test_an_editor_takes_a_language_away(editor: Client, talk: Talk):
    add_language(talk, "ja")
    editor.post(reverse("remove-transcript", args=[talk.slug]), {"language": "ja"})
    assert talk.transcripts.count() == 1
    assert editor.post(reverse("remove-transcript", args=[talk.slug]), {"language": "en"}).status_code == 404
    assert talk.transcripts.count() == 1


def test_for_everybody_else_there_is_no_such_page(client: Client, talk: Talk):
    add_language(talk, "ja")
    for account in (None, make_account(make_person("Priya Raman"), email="priya@harbour.example")):
        if account:
            client.force_login(account)
        assert "transcripts/" not in read(client, talk)
        assert client.get(reverse("transcripts", args=[talk.slug])).status_code == 404
        assert hand_in(client, talk, language="de").status_code == 404
        assert client.post(reverse("remove-transcript", args=[talk.slug]), {"language": "ja"}).status_code == 404
    assert talk.transcripts.count() == 2


def test_looking_at_the_page_changes_nothing(editor: Client, talk: Talk):
    assert editor.get(reverse("transcripts", args=[talk.slug]), {"language": "ja"}).status_code == 200
    assert editor.get(reverse("remove-transcript", args=[talk.slug]), {"language": "ja"}).status_code == 405


def test_a_page_tells_programs_in_which_languages_its_words_are(client: Client, talk: Talk):
    add_language(talk, "ja")
    page = read(client, talk)
    assert '"inLanguage":["en","ja"]' in page
    assert f'"inLanguage":"ja","contentUrl":"http://testserver/talks/{talk.slug}/download/vtt?in=ja"' in page


def test_what_a_suggestion_is_for_is_shown_in_its_language(editor: Client, talk: Talk):
    add_language(talk, "ja")
    paragraph = Paragraph.objects.get(transcript__talk=talk, transcript__language="ja", position=1)
    actions.suggest_correction(
        paragraph=paragraph.pk, version=0, text="船についての文です。", given_name="", sender="one", now=NOW
    )
    assert '<p class="words" lang="ja"' in editor.get(reverse("suggestions")).text
