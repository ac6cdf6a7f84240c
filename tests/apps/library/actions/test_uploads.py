from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django_tasks_db.models import DBTaskResult

from commonplace.apps.jobs import actions as jobs_actions
from commonplace.apps.jobs import queries as jobs
from commonplace.apps.library import actions, adapters, queries
from commonplace.apps.library.actions import uploads as module
from commonplace.apps.library.models import CaptionFile, Talk, Upload
from commonplace.apps.people.models import Account, Act, Person
from tests.factories import NOW, VISITOR, make_account, make_captions, make_details

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=31)
BROKEN = b"\x00\x01\x02\x03" * 100


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def member() -> Account:
    return make_account(name="Jonas Weber")


def receive(by: Account, data: bytes | None = None, *, name: str = "captions.vtt", key: str = "key-of-form", **values):
    known = {"is_pasted": False, "now": NOW} | values
    return actions.receive_upload(data=make_captions() if data is None else data, name=name, key=key, by=by, **known)


def publish(upload: Upload, **values) -> Upload:
    details = make_details(**values)
    actions.start_publishing(upload=upload.pk, details=details, by=upload.owner, now=NOW)
    return Upload.objects.get(pk=upload.pk)


def work_off(upload: Upload) -> Talk | None:
    row = Upload.objects.get(pk=upload.pk)
    return actions.publish_upload(upload=row.pk, attempt=row.attempt, now=NOW)


def stored(media: Path) -> list[str]:
    return sorted(path.name for path in media.rglob("*") if path.is_file())


def test_captions_are_kept_byte_for_byte_and_recognised_at_once(member: Account, media: Path):
    upload = receive(member, name="2026-05-04_words-with-times.vtt")
    assert upload.state == "recognised"
    assert Path(upload.file.path).read_bytes() == make_captions()
    assert (upload.reading["format"], upload.reading["words"]) == ("WebVTT", 24)
    assert upload.details == {
        "title": "Words with times",
        "date": "2026-05-04",
        "speakers": ["Ada Okafor", "Mei Tanaka"],
    }


def test_the_same_form_sent_again_is_the_same_upload(member: Account, media: Path):
    first = receive(member)
    assert receive(member, name="other.vtt").pk == first.pk
    assert len(stored(media)) == 1
    others = [receive(member, key="another-form"), receive(make_account()), receive(member, make_captions(1))]
    assert len({first.pk, *(other.pk for other in others)}) == 4


def test_a_form_that_comes_twice_at_one_moment_is_one_upload(member: Account, media: Path, monkeypatch):
    received = []

    def be_overtaken(by: Account, **_values) -> None:
        monkeypatch.undo()
        received.append(receive(by).pk)

    monkeypatch.setattr(module, "_refuse_floods", be_overtaken)
    received.append(receive(member).pk)
    assert received == [Upload.objects.get().pk] * 2
    assert len(stored(media)) == 1


def test_what_cannot_be_read_is_kept_and_says_why(member: Account):
    empty = receive(member, b"", name="empty.vtt")
    binary = receive(member, BROKEN, name="recording.mp4")
    for row in (empty, binary):
        assert row.state == "unreadable"
        assert row.reading["problem"]
        assert row.file.name


def test_only_members_hand_in(member: Account):
    with pytest.raises(PermissionDenied):
        receive(VISITOR)
    with pytest.raises(PermissionDenied):
        receive(make_account(is_active=False))


@pytest.mark.parametrize(("limit", "value"), [("_UPLOADS_AN_HOUR", 2), ("_DRAFTS", 2), ("_DRAFT_BYTES", 700)])
def test_an_account_hands_in_only_so_much(member: Account, monkeypatch, limit: str, value: int):
    monkeypatch.setattr(module, limit, value)
    receive(member, make_captions(1), key="form-number-1")
    receive(member, make_captions(2), key="form-number-2")
    with pytest.raises(actions.TooManyUploads):
        receive(member, make_captions(6), key="form-number-3")
    assert Upload.objects.count() == 2
    receive(make_account(), key="form-number-3")


def test_more_than_32_mib_is_refused_and_leaves_nothing(member: Account, media: Path):
    with pytest.raises(ValueError, match="more than"):
        receive(member, b"a" * (actions.LARGEST_BYTES + 1))
    assert not Upload.objects.exists()
    assert stored(media) == []


def test_what_is_long_is_read_by_a_job_and_twice_is_once(member: Account):
    upload = receive(member, make_captions(30_000), name="long.vtt")
    assert (upload.state, upload.attempt) == ("received", 1)
    assert jobs.get_queue(now=NOW).waiting == 1
    for _ in range(2):
        actions.read_upload(upload=upload.pk, attempt=1)
    row = Upload.objects.get()
    assert (row.state, row.reading["words"]) == ("recognised", 180_006)
    assert row.details["title"] == "Long"


def test_a_word_document_is_never_unpacked_while_somebody_waits(member: Account):
    upload = receive(member, b"PK\x03\x04 no archive", name="talk.docx")
    assert upload.state == "received"
    actions.read_upload(upload=upload.pk, attempt=upload.attempt)
    assert Upload.objects.get().state == "unreadable"


def test_names_lose_their_folders_and_what_turns_them_around(member: Account, media: Path):
    upload = receive(member, name="..\\..\\etc/talk\u202egpj.vtt\x00")
    assert upload.name == "talkgpj.vtt"
    assert receive(member, name="/\x00", key="another-form").name == "captions"
    assert all((media / "captions" / name).is_file() for name in stored(media))


def test_ten_thousand_speakers_are_counted_and_a_dozen_named(member: Account):
    cues = [f"00:{n // 60 % 60:02}:{n % 60:02}.000 --> 01:00:00.000\n<v Guest{n} Person>Yes." for n in range(10_000)]
    upload = receive(member, ("WEBVTT\n\n" + "\n\n".join(cues)).encode())
    assert upload.reading["speaker_count"] == 10_000
    assert len(upload.details["speakers"]) == 12


def test_a_talk_is_published_once_with_its_captions_whoever_asks_how_often(member: Account, media: Path):
    upload = publish(receive(member))
    publish(upload)
    assert jobs.get_queue(now=NOW).waiting == 1
    assert queries.list_talks(viewer=VISITOR, page=1).total == 0
    talk = work_off(upload)
    assert work_off(upload) is None
    row = Upload.objects.get()
    assert (row.state, row.talk, row.file.name) == ("published", talk, "")
    assert (talk.title, str(talk.date)) == ("Words with times", "2026-05-04")
    kept = CaptionFile.objects.get()
    assert Path(kept.file.path).read_bytes() == make_captions()
    assert queries.get_talk_page_for(VISITOR, talk.slug).words == 24
    assert Act.objects.get().what == "published a talk"
    assert len(stored(media)) == 1


def test_cancelling_while_it_waits_leaves_no_talk_and_a_second_try_publishes_one(member: Account):
    upload = publish(receive(member))
    actions.cancel_publishing(upload=upload.pk, by=member)
    assert actions.publish_upload(upload=upload.pk, attempt=1, now=NOW) is None
    assert not Talk.objects.exists()
    publish(upload)
    assert actions.publish_upload(upload=upload.pk, attempt=1, now=NOW) is None
    assert work_off(upload)
    assert Talk.objects.count() == 1


def test_cancelling_in_the_middle_of_the_work_leaves_no_half_talk(member: Account, monkeypatch):
    upload = publish(receive(member))
    read = adapters.read_transcript

    def read_and_be_cancelled(*values, **named):
        actions.cancel_publishing(upload=upload.pk, by=member)
        return read(*values, **named)

    monkeypatch.setattr(adapters, "read_transcript", read_and_be_cancelled)
    assert work_off(upload) is None
    assert not Talk.objects.exists()
    assert not Person.objects.exists()
    assert Upload.objects.get().state == "recognised"


def test_it_is_too_late_to_cancel_once_it_is_published(member: Account):
    upload = publish(receive(member))
    work_off(upload)
    with pytest.raises(actions.UploadMoved):
        actions.cancel_publishing(upload=upload.pk, by=member)
    assert Talk.objects.count() == 1


def test_captions_that_are_gone_make_a_draft_that_says_so(member: Account, media: Path):
    upload = publish(receive(member))
    Path(upload.file.path).unlink()
    assert work_off(upload) is None
    row = Upload.objects.get()
    assert row.state == "recognised"
    assert "no longer on this server" in row.failure


def test_a_failed_job_is_left_anew_and_a_waiting_one_is_not(member: Account):
    upload = publish(receive(member))
    actions.try_again(upload=upload.pk, by=member)
    assert Upload.objects.get().attempt == 1
    DBTaskResult.objects.get(pk=upload.job).set_failed(RuntimeError("no memory"))
    actions.try_again(upload=upload.pk, by=member)
    assert Upload.objects.get().attempt == 2
    assert work_off(upload)


def test_other_captions_take_the_place_and_what_was_typed_stays(
    member: Account, media: Path, django_capture_on_commit_callbacks
):
    upload = receive(member, BROKEN, name="broken.bin")
    Upload.objects.update(details={"title": "Typed by hand"})
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            values = {"name": "good.vtt", "key": "form-to-replace", "is_pasted": False, "by": member, "now": NOW}
            actions.replace_upload(upload=upload.pk, data=make_captions(), **values)
    row = Upload.objects.get()
    assert (row.state, row.details["title"], row.name) == ("recognised", "Typed by hand", "good.vtt")
    assert [path.read_bytes() for path in (media / "captions").iterdir()] == [make_captions()]


def test_replacing_is_no_way_around_the_room_that_an_account_has(member: Account, monkeypatch):
    upload = receive(member, make_captions(1))
    monkeypatch.setattr(module, "_DRAFT_BYTES", 700)
    values = {"name": "good.vtt", "key": "form-to-replace", "is_pasted": False, "by": member, "now": NOW}
    with pytest.raises(actions.TooManyUploads):
        actions.replace_upload(upload=upload.pk, data=make_captions(20), **values)
    assert Upload.objects.get().name == "captions.vtt"
    actions.replace_upload(upload=upload.pk, data=make_captions(2), **values)
    assert Upload.objects.get().name == "good.vtt"


def test_a_draft_goes_with_its_file_and_a_published_talk_stays(
    member: Account, media: Path, django_capture_on_commit_callbacks
):
    draft, done = receive(member), publish(receive(member, key="another-form"))
    with pytest.raises(actions.UploadMoved):
        actions.discard_upload(upload=done.pk, by=member)
    work_off(done)
    with django_capture_on_commit_callbacks(execute=True):
        for upload in (draft, done):
            actions.discard_upload(upload=upload.pk, by=member)
    assert not Upload.objects.exists()
    assert Talk.objects.count() == 1
    assert len(stored(media)) == 1


def test_details_are_kept_and_the_draft_for_another_thirty_days(member: Account):
    upload = receive(member)
    actions.save_details(upload=upload.pk, details=make_details(), by=member, now=NOW + timedelta(days=9))
    row = Upload.objects.get()
    assert row.expires_at == NOW + timedelta(days=39)
    assert adapters.details_of(row.details) == make_details()


@pytest.mark.parametrize(
    "deed", ["save_details", "start_publishing", "cancel_publishing", "discard_upload", "try_again"]
)
def test_somebody_else_s_upload_is_not_there(member: Account, deed: str):
    upload = receive(member)
    more = {"details": make_details(), "now": NOW} if deed in {"save_details", "start_publishing"} else {}
    with pytest.raises(Upload.DoesNotExist):
        getattr(actions, deed)(upload=upload.pk, by=make_account(role="organiser"), **more)


def test_a_talk_needs_a_title_and_captions_that_were_read(member: Account):
    with pytest.raises(ValueError, match="title"):
        publish(receive(member), title=" ")
    with pytest.raises(actions.UploadMoved):
        publish(receive(member, BROKEN))
    assert not DBTaskResult.objects.exists()


def test_drafts_go_after_thirty_days_with_files_that_nobody_knows(
    member: Account, media: Path, django_capture_on_commit_callbacks
):
    upload, other = receive(member), receive(member, key="another-form")
    actions.save_details(upload=other.pk, details=make_details(), by=member, now=NOW + timedelta(days=20))
    orphan = media / "captions" / "orphan.vtt"
    orphan.write_bytes(b"left by a process that was killed")
    os.utime(orphan, (0, 0))
    publish(receive(member, key="third-form"))  # and its job was never done
    with django_capture_on_commit_callbacks(execute=True):
        jobs_actions.tidy(actions.RETENTION, now=LATER)
    assert Upload.objects.get() == other
    assert not orphan.exists()
    assert not Path(upload.file.path).exists()
    assert Path(other.file.path).exists()


def test_a_talk_cannot_take_the_address_of_the_site_s_own_page(member: Account):
    upload = publish(receive(member), title="Upload")
    assert work_off(upload).slug == "upload-2"
    with pytest.raises(adapters.UnreadableCaptions, match="page of its own"):
        actions.import_talk_folder(files={"transcript.json": "{}"}, slug="upload", published=True, now=NOW)
