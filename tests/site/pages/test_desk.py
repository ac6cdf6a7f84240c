"""The organisers' desk, as organisers and everybody else meet it."""

from __future__ import annotations

import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from commonplace.apps.jobs import actions as jobs
from commonplace.apps.jobs.models import OutgoingMail
from commonplace.apps.library import actions as library
from commonplace.apps.library.models import RedactionRequest
from commonplace.apps.people.models import Act, Claim
from tests.factories import NOW, do_jobs, make_account, make_details, make_person, make_talk

pytestmark = pytest.mark.django_db

DESK = "/organisers/"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def organiser() -> Client:
    client = Client()
    client.force_login(make_account(role="organiser", email="ada@example.org", name="Ada Okafor"))
    return client


def fail_a_job(title: str = "Broken") -> DBTaskResult:
    library.receive_captions(data=bytes(9), name="x.vtt", details=make_details(title), now=NOW)
    do_jobs()
    return DBTaskResult.objects.get(status="FAILED")


def test_an_empty_desk_says_that_nothing_waits_and_what_the_machine_does(organiser: Client):
    page = organiser.get(DESK).content.decode()
    assert "Nothing waits for you." in page
    assert "Free on the disk" in page


def test_the_desk_is_nothing_to_anybody_else():
    job = fail_a_job()
    assert Client().get(DESK)["Location"].startswith("/account/sign-in/")
    for role in ("member", "editor"):
        client = Client()
        client.force_login(make_account(role=role, email=f"{role}@example.org"))
        assert client.get(DESK).status_code == 404
        for deed in ("retry", "drop"):
            assert client.post(f"{DESK}jobs/{job.pk}/{deed}/").status_code == 404
    assert DBTaskResult.objects.get(pk=job.pk).status == "FAILED"


def test_what_waits_and_what_failed_is_shown_with_its_reason(organiser: Client):
    make_talk("Ready to be read", published=False)
    fail_a_job()
    page = organiser.get(DESK).content.decode()
    assert "2 talks wait for review" in page
    assert "Ready to be read" in page
    assert "1 job failed" in page
    assert "library.publish_captions" in page
    assert "x.vtt" in page
    assert "Traceback" not in page
    assert "begun 1 time" in page


def test_wishes_to_take_a_passage_out_lead_to_where_they_are_decided(organiser: Client):
    RedactionRequest.objects.create(talk=make_talk(), email="guest@example.org", made_at=NOW)
    page = organiser.get(DESK).content.decode()
    assert "1 person asks to take a passage out" in page
    assert 'href="/talks/all/redactions/"' in page
    assert "Nothing waits" not in page
    assert organiser.get("/talks/all/redactions/").status_code == 200


def test_whoever_says_that_a_page_is_theirs_waits_on_the_desk(organiser: Client):
    Claim.objects.create(person=make_person(), email="mei@example.org", sender="one", made_at=NOW)
    page = organiser.get(DESK).content.decode()
    assert "1 person says that a page is theirs" in page
    assert 'href="/organisers/claims/"' in page
    assert "Nothing waits" not in page


def test_a_failed_job_is_retried_and_done_once_its_cause_is_gone(organiser: Client):
    job = fail_a_job()
    organiser.post(f"{DESK}jobs/{job.pk}/retry/")
    assert DBTaskResult.objects.get(pk=job.pk).status == "READY"
    do_jobs()
    assert "begun 2 times" in organiser.get(DESK).content.decode()
    act = Act.objects.get(what="retried a job")
    assert act.target == f"library.publish_captions {job.pk}"


def test_a_failed_job_is_dropped(organiser: Client):
    job = fail_a_job()
    assert organiser.get(f"{DESK}jobs/{job.pk}/drop/").status_code == 405
    organiser.post(f"{DESK}jobs/{job.pk}/drop/")
    assert not DBTaskResult.objects.filter(pk=job.pk).exists()
    assert Act.objects.filter(what="dropped a job").exists()


def test_the_mail_of_a_dropped_job_goes_with_it(organiser: Client):
    jobs.post_mail(to="mei@example.org", subject="Boats", body="Twelve.", now=NOW)
    DBTaskResult.objects.update(status="FAILED")
    organiser.post(f"{DESK}jobs/{DBTaskResult.objects.get().pk}/drop/")
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("deed", ["retry", "drop"])
def test_of_two_who_decide_about_a_job_the_second_is_told(organiser: Client, deed: str):
    waiting = jobs.enqueue("library.publish_captions", caption_file=1)
    for key in (waiting, uuid.uuid4()):
        answer = organiser.post(f"{DESK}jobs/{key}/{deed}/", follow=True)
        assert "somebody was faster" in answer.content.decode()
    assert DBTaskResult.objects.get(pk=waiting).status == "READY"
    assert not Act.objects.exists()


def test_an_organiser_is_warned_where_nobody_works(organiser: Client):
    assert "No worker is running" in organiser.get(DESK).content.decode()
    jobs.note_worker(name="alive", now=timezone.now())
    assert "No worker is running" not in organiser.get(DESK).content.decode()


def count_queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(DESK).status_code == 200
    return len(queries)


def test_the_desk_asks_the_database_as_often_for_many_as_for_one(organiser: Client):
    make_talk("One", published=False)
    job = fail_a_job()
    organiser.post(f"{DESK}jobs/{job.pk}/retry/")
    do_jobs()
    before = count_queries(organiser)
    for number in range(4):
        make_talk(f"More {number}", published=False, speakers=(f"Speaker {number}",))
        library.receive_captions(data=bytes(9), name="x.vtt", details=make_details(f"Broken {number}"), now=NOW)
    do_jobs()
    for row in DBTaskResult.objects.filter(status="FAILED")[:3]:
        organiser.post(f"{DESK}jobs/{row.pk}/drop/")
    assert count_queries(organiser) == before
