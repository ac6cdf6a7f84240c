"""Somebody goes out of their talks; tests/site/pages/test_personal_data.py looks into every row."""

from __future__ import annotations

from pathlib import Path

import pytest

from commonplace.apps.library import actions, queries
from commonplace.apps.library.models import CaptionFile, Talk, TalkSpeaker, Turn, Upload
from commonplace.apps.people.models import Person
from tests.factories import NOW, make_account, make_talk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path: Path):
    settings.MEDIA_ROOT = tmp_path


def test_others_keep_their_names_and_other_talks_their_captions(django_capture_on_commit_callbacks):
    make_talk("Hers")
    other = make_talk("Another", speakers=("Jonas Weber",))
    Turn.objects.filter(transcript__talk=other).update(person=None, speaker_name="Jonas Weber")
    with django_capture_on_commit_callbacks(execute=True):
        actions.take_person_out_of_talks(person=Person.objects.get(name="Mei Tanaka"))
    assert set(TalkSpeaker.objects.values_list("name", flat=True)) == {"Ada Okafor", "Jonas Weber"}
    assert [file.talk for file in CaptionFile.objects.all()] == [other]
    assert Path(CaptionFile.objects.get().file.path).read_bytes()


def test_what_was_said_stays_and_the_folder_names_nobody_for_it():
    talk = make_talk()
    before = queries.load_transcript(talk.transcripts.get()).words
    actions.take_person_out_of_talks(person=Person.objects.get(name="Mei Tanaka"))
    after = queries.load_transcript(talk.transcripts.get())
    assert after.words == before
    assert {turn.speaker for turn in after.turns} == {"Ada Okafor", None}
    assert "Mei" not in "".join(next(iter(queries.export_talks())).files.values())


def test_drafts_go_with_their_files_and_published_talks_stay(django_capture_on_commit_callbacks):
    talk = make_talk()
    owner = make_account()
    Upload.objects.create(
        owner=owner, key="a-key-of-mine", name="a.vtt", sha256="0" * 64, size=1, file="captions/a.vtt",
        state="unreadable", received_at=NOW, expires_at=NOW,
    )  # fmt: skip
    file = Path(CaptionFile._meta.get_field("file").storage.location, "captions/a.vtt")
    file.write_text("draft")
    with django_capture_on_commit_callbacks(execute=True):
        actions.forget_drafts(account=owner)
    assert not file.exists()
    assert Talk.objects.get() == talk
    assert Path(CaptionFile.objects.get().file.path).read_bytes()
