from __future__ import annotations

from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from commonplace.apps.jobs import actions as jobs
from commonplace.apps.library import actions, queries
from commonplace.apps.library.models import Upload
from commonplace.apps.people.models import Account
from tests.factories import NOW, VISITOR, make_account, make_captions, make_details, make_talk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def member() -> Account:
    return make_account()


def receive(by: Account, data: bytes | None = None, *, key: str = "key-of-form", is_pasted: bool = False) -> Upload:
    content = make_captions() if data is None else data
    return actions.receive_upload(data=content, name="tides.vtt", key=key, is_pasted=is_pasted, by=by, now=NOW)


def publish(upload: Upload) -> None:
    actions.start_publishing(upload=upload.pk, details=make_details(), by=upload.owner, now=NOW)


def look(upload: Upload) -> queries.UploadView:
    return queries.get_upload_for(upload.owner, upload.pk, now=NOW)


def job_of(upload: Upload) -> DBTaskResult:
    return DBTaskResult.objects.get(pk=Upload.objects.get(pk=upload.pk).job)


def test_an_upload_goes_from_draft_to_published(member: Account):
    upload = receive(member)
    assert (look(upload).stage, look(upload).recognised.words) == ("draft", 24)
    publish(upload)
    assert look(upload).stage == "waiting"
    job_of(upload).claim("worker")
    assert look(upload).stage == "working"
    Upload.objects.update(step="saving")
    assert look(upload).stage == "saving"
    actions.publish_upload(upload=upload.pk, attempt=1, now=NOW)
    assert (look(upload).stage, look(upload).slug) == ("published", "words-with-times")


def test_a_job_that_failed_is_seen_and_one_that_has_just_ended_is_not_taken_for_it(member: Account):
    upload = receive(member)
    publish(upload)
    job_of(upload).set_successful(None)
    assert look(upload).is_moving
    job_of(upload).set_failed(RuntimeError("no memory"))
    assert look(upload).stage == "stuck"
    DBTaskResult.objects.all().delete()
    assert look(upload).stage == "stuck"


def test_who_waits_learns_how_many_are_before_them_and_whether_anybody_works(member: Account):
    others = [receive(member, key=f"form-number-{number}") for number in range(2)]
    upload = receive(member)
    for one in (*others, upload):
        publish(one)
    assert (look(upload).ahead, look(upload).is_attended) == (2, False)
    jobs.note_worker(name="alive", now=NOW)
    assert look(upload).is_attended


def test_what_could_not_be_read_says_where(member: Account):
    upload = look(receive(member, b'{"segments": [1,'))
    assert upload.stage == "unreadable"
    assert upload.recognised is None
    assert (upload.problem.line, upload.problem.excerpt) == (1, '{"segments": [1,')


def test_what_a_later_version_wrote_beside_is_no_obstacle(member: Account):
    upload = receive(member)
    Upload.objects.update(reading=upload.reading | {"colour": "blue"})
    assert look(upload).recognised.words == 24


def test_nobody_sees_what_somebody_else_handed_in(member: Account):
    upload = receive(member, b"pasted words", is_pasted=True)
    for stranger in (make_account(role="organiser"), VISITOR):
        assert queries.list_uploads_for(stranger, page=1).total == 0
        for read in (queries.get_pasted_text_for, lambda who, key: queries.get_upload_for(who, key, now=NOW)):
            with pytest.raises(Upload.DoesNotExist):
                read(stranger, upload.pk)


@pytest.mark.parametrize("count", [1, 5])
def test_the_list_takes_three_queries_however_long_it_is(member: Account, count: int, django_assert_num_queries):
    for number in range(count):
        publish(receive(member, key=f"form-number-{number}"))
    with django_assert_num_queries(3):
        uploads = queries.list_uploads_for(member, page=1)
    assert (uploads.total, uploads.is_moving) == (count, True)


def test_a_page_of_the_list_holds_fifty_the_newest_first(member: Account):
    for number in range(51):
        row = receive(member, b"words", key=f"form-number-{number}")
    Upload.objects.filter(pk=row.pk).update(received_at=NOW + timedelta(hours=1))
    first, second = (queries.list_uploads_for(member, page=page) for page in (1, 2))
    assert (first.rows[0].key, len(first.rows), len(second.rows), first.pages) == (row.pk, 50, 1, 2)


def test_pasted_text_is_shown_for_mending_unless_it_is_long_or_no_text(member: Account):
    pasted = receive(member, "海 {".encode(), is_pasted=True)
    assert queries.get_pasted_text_for(member, pasted.pk) == "海 {"
    assert queries.get_pasted_text_for(member, receive(member).pk) == ""
    assert queries.get_pasted_text_for(member, receive(member, b"\xff\xfe\x00", is_pasted=True).pk) == ""
    long = receive(member, b"words " * 60_000, is_pasted=True)
    assert queries.get_pasted_text_for(member, long.pk) == ""


def test_the_next_draft_is_the_oldest_that_can_be_published(member: Account):
    assert queries.find_next_draft_for(member) is None
    receive(member, b'{"segments": [1,')
    first, _ = receive(member), receive(member, key="another-form")
    assert queries.find_next_draft_for(member).key == first.pk


def test_the_same_captions_are_noticed_in_a_talk_or_in_another_upload_of_one_s_own(member: Account):
    receive(make_account())
    upload = receive(member)
    assert queries.find_twin_for(member, upload.pk) is None
    other = receive(member, key="another-form")
    assert queries.find_twin_for(member, upload.pk) == queries.Twin(key=other.pk, title="Tides")
    make_talk("Hidden", published=False)
    assert queries.find_twin_for(member, upload.pk).slug == ""
    make_talk()
    assert queries.find_twin_for(member, upload.pk) == queries.Twin(slug="words-with-times", title="Words with times")
    with pytest.raises(Upload.DoesNotExist):
        queries.find_twin_for(make_account(), upload.pk)


def test_names_are_suggested_from_talks_that_the_viewer_may_see(member: Account):
    make_talk(event="Harbour ML")
    make_talk("Another one", event="Harbour ML", speakers=("Jonas Weber",))
    make_talk("Hidden", event="Secret", speakers=("Priya Raman",), published=False)
    known = queries.suggest_names(member)
    assert known.people == ("Ada Okafor", "Jonas Weber", "Mei Tanaka")
    assert known.events == ("Harbour ML",)
    assert "Secret" in queries.suggest_names(make_account(role="editor")).events
