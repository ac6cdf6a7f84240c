import pytest
from django.db import IntegrityError, transaction

from commonplace.apps.library.models import (
    CaptionFile,
    Chapter,
    Paragraph,
    Recording,
    Talk,
    TalkSpeaker,
    Turn,
    Upload,
)
from commonplace.apps.people.models import Person
from tests.factories import NOW, make_account, make_talk

pytestmark = pytest.mark.django_db

RECORDING = "https://example.org/words.mp4"


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_whoever_speaks_in_a_talk_stays_and_a_talk_goes_with_all_that_is_its_own():
    talk = make_talk()
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.get(slug="mei-tanaka").delete()
    talk.delete()
    assert not any(model.objects.exists() for model in (TalkSpeaker, Turn, Paragraph, CaptionFile))
    assert Person.objects.filter(slug="mei-tanaka").exists()


@pytest.mark.parametrize("values", [{"language": ""}, {"language": "en"}])
def test_every_further_transcript_has_a_language_of_its_own(values):
    talk = make_talk()
    talk.transcripts.update(language="en")
    with pytest.raises(IntegrityError), transaction.atomic():
        talk.transcripts.create(position=1, **values)
    assert talk.transcripts.create(position=1, language="ja").language == "ja"


def correct(talk, version=1, kind="edit"):
    paragraph = Paragraph.objects.filter(transcript__talk=talk).first()
    return paragraph.revisions.create(version=version, kind=kind, made_at=NOW)


def suggest(talk, **values):
    paragraph = Paragraph.objects.filter(transcript__talk=talk).first()
    return paragraph.suggestions.create(version=0, made_at=NOW, **values)


def test_a_paragraph_without_words_is_kept_but_not_said():
    transcript = make_talk().transcripts.get()
    transcript.paragraphs.filter(position=0).update(text="")
    assert not transcript.paragraphs.filter(position=0).exists()
    assert Paragraph.with_deleted.filter(transcript=transcript, position=0).exists()


@pytest.mark.parametrize(
    "break_it",
    [
        lambda talk: Talk.objects.create(slug=talk.slug, title="Again", created_at=NOW),
        lambda talk: Talk.objects.create(slug="", title="No address", created_at=NOW),
        lambda talk: Talk.objects.filter(pk=talk.pk).update(title=""),
        lambda talk: talk.speakers.update(role="guest"),
        lambda talk: talk.speakers.update(name=""),
        lambda talk: Recording.objects.create(talk=talk, url="javascript:alert(1)", kind="page", position=0),
        lambda talk: Recording.objects.create(talk=talk, url=RECORDING, kind="film", position=0),
        lambda talk: talk.caption_files.update(sha256="no hash"),
        lambda talk: talk.transcripts.update(precision="guess"),
        lambda talk: talk.transcripts.create(position=0),
        lambda talk: Turn.objects.filter(transcript__talk=talk).update(confidence=1.5),
        lambda talk: Turn.objects.filter(transcript__talk=talk).update(position=0),
        lambda talk: [correct(talk, version=1) for _ in range(2)],
        lambda talk: correct(talk, version=0),
        lambda talk: correct(talk, kind="guess"),
        lambda talk: suggest(talk, state="lost"),
        lambda talk: suggest(talk, state="rejected", sender="somebody"),
        lambda talk: Paragraph.objects.filter(transcript__talk=talk).update(position=0),
        lambda talk: talk.transcripts.get().corrections.create(position=0, first_word=2, last_word=1),
        lambda talk: [Chapter.objects.create(transcript=talk.transcripts.get(), position=0) for _ in range(2)],
    ],
)
def test_the_database_refuses_what_cannot_be(break_it):
    talk = make_talk()
    with pytest.raises(IntegrityError), transaction.atomic():
        break_it(talk)


def upload(**values):
    known = {"owner": make_account(), "key": "12345678", "name": "talk.vtt", "sha256": "0" * 64, "size": 1}
    known |= {"file": "captions/talk.vtt", "state": "recognised", "received_at": NOW, "expires_at": NOW}
    return Upload.objects.create(**(known | values))


@pytest.mark.parametrize(
    "values",
    [
        {"state": "somewhere"},
        {"state": "recognised", "file": ""},
        {"state": "publishing", "job": None},
        {"state": "published"},
        {"state": "published", "file": ""},
        {"name": ""},
        {"key": "short"},
        {"key": "<script>alert(1)</script>"},
        {"sha256": "no hash"},
    ],
    ids=str,
)
def test_the_database_refuses_an_upload_that_makes_no_sense(values):
    with pytest.raises(IntegrityError), transaction.atomic():
        upload(**values)


def test_a_published_upload_has_a_talk_and_no_file_and_a_draft_has_a_file_and_no_talk():
    talk = make_talk()
    assert upload(state="published", file="", talk=talk).talk == talk
    with pytest.raises(IntegrityError), transaction.atomic():
        upload(state="recognised", talk=talk)


def test_a_talk_comes_from_one_upload_and_a_key_brings_the_same_content_once():
    talk, owner = make_talk(), make_account()
    upload(state="published", file="", talk=talk, owner=owner)
    with pytest.raises(IntegrityError), transaction.atomic():
        upload(state="published", file="", talk=talk, key="another-key")
    with pytest.raises(IntegrityError), transaction.atomic():
        upload(owner=owner)
    upload(owner=owner, sha256="1" * 64)
    upload()
