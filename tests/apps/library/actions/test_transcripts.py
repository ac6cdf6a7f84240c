from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from commonplace.apps.library import actions, queries
from commonplace.apps.library.adapters import UnreadableCaptions
from commonplace.apps.library.models import CaptionFile, Talk, Transcript
from commonplace.apps.people.models import Account, Act, Role
from tests.factories import NOW, make_account, make_person, make_talk

pytestmark = pytest.mark.django_db

JAPANESE = "WEBVTT\n\n00:00:00.000 --> 00:00:04.000\n港へようこそ。\n\n00:00:10.000 --> 00:00:14.000\n舟の話です。\n"


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def talk() -> Talk:
    return make_talk(language="en")


@pytest.fixture
def editor() -> Account:
    return make_account(role=Role.EDITOR, email="mei@harbour.example")


def add(talk: Talk, by: Account, *, data: str = JAPANESE, language: str = "ja") -> None:
    actions.add_transcript(talk=talk.pk, data=data.encode(), name="talk.ja.vtt", language=language, by=by, now=NOW)


def languages(talk: Talk) -> list[str]:
    return [queries.spoken_in(talk, transcript) for transcript in talk.transcripts.all()]


def test_captions_become_the_transcript_in_their_language_beside_the_first(talk: Talk, editor: Account):
    first = talk.transcripts.get().pk
    add(talk, editor)
    assert languages(talk) == ["en", "ja"]
    assert talk.transcripts.first().pk == first
    assert talk.transcripts.last().paragraphs.first().text.startswith("港へようこそ。")
    assert [file.name for file in talk.caption_files.all()] == ["talk.vtt", "talk.ja.vtt"]
    assert Act.objects.get().what == "added a transcript"


def test_whoever_speaks_in_a_talk_may_add_a_language_to_it(talk: Talk):
    add(talk, make_account(talk.speakers.get(name="Mei Tanaka").person, email="mei@harbour.example"))
    assert languages(talk) == ["en", "ja"]


@pytest.mark.parametrize("language", ["ja", "JA", "en", "EN"])
def test_a_language_is_taken_once(talk: Talk, editor: Account, language: str):
    add(talk, editor)
    with pytest.raises(actions.LanguageTaken):
        add(talk, editor, language=language)
    assert languages(talk) == ["en", "ja"]


def test_a_talk_without_words_gets_its_first_transcript_first(talk: Talk, editor: Account):
    Transcript.objects.all().delete()
    with pytest.raises(actions.LanguageTaken):
        add(talk, editor)


@pytest.mark.parametrize(
    ("data", "language", "error"),
    [(JAPANESE, "Japanese, mostly", ValueError), (JAPANESE, "", ValueError), ("", "ja", UnreadableCaptions)],
)
def test_what_cannot_be_kept_leaves_everything_as_it_was(
    talk: Talk, editor: Account, data: str, language: str, error: type[Exception]
):
    with pytest.raises(error):
        add(talk, editor, data=data, language=language)
    assert languages(talk) == ["en"]
    assert CaptionFile.objects.count() == 1


def test_a_member_may_neither_add_nor_remove(talk: Talk, editor: Account):
    add(talk, editor)
    member = make_account(make_person("Priya Raman"), email="priya@harbour.example")
    with pytest.raises(PermissionDenied):
        add(talk, member, language="de")
    with pytest.raises(PermissionDenied):
        actions.remove_transcript(talk=talk.pk, language="ja", by=member, now=NOW)
    assert languages(talk) == ["en", "ja"]


def test_a_language_that_was_removed_may_come_back_from_the_same_file(talk: Talk, editor: Account):
    add(talk, editor)
    actions.remove_transcript(talk=talk.pk, language="ja", by=editor, now=NOW)
    assert languages(talk) == ["en"]
    add(talk, editor)
    assert languages(talk) == ["en", "ja"]
    assert [act.what for act in Act.objects.order_by("pk")] == [
        "added a transcript", "removed a transcript", "added a transcript"
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "de", ""])
def test_the_first_language_stays_and_what_is_not_there_is_not_removed(talk: Talk, editor: Account, language: str):
    with pytest.raises(Talk.DoesNotExist):
        actions.remove_transcript(talk=talk.pk, language=language, by=editor, now=NOW)
    assert languages(talk) == ["en"]
