import ast
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

import commonplace
from commonplace.apps.jobs import actions, queries
from commonplace.apps.jobs.adapters import Refused, resolve_handler
from commonplace.apps.jobs.models import OutgoingMail
from tests.factories import NOW
from tests.mail_server import serve_mail, use_mail_server

JOB = "library.publish_captions"


def list_enqueued_names():
    for path in Path(commonplace.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.Call(func=ast.Attribute(attr="enqueue"), args=[ast.Constant(value=name), *_]):
                    yield name


def test_every_job_that_is_left_somewhere_has_a_handler():
    names = set(list_enqueued_names())
    assert JOB in names
    assert all(callable(resolve_handler(name)) for name in names)


@pytest.mark.django_db
def test_a_job_goes_when_its_transaction_does():
    with transaction.atomic():
        actions.enqueue(JOB, caption_file=1)
        transaction.set_rollback(True)
    assert queries.get_queue(now=NOW).waiting == 0
    actions.enqueue(JOB, caption_file=1)
    assert queries.get_queue(now=NOW).waiting == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("silence", "status"), [(timedelta(seconds=30), "RUNNING"), (timedelta(minutes=2), "READY")])
def test_the_job_of_a_silent_worker_is_taken_back(silence, status):
    actions.enqueue(JOB, caption_file=1)
    actions.note_worker(name="first", now=NOW - silence)
    DBTaskResult.objects.get().claim("first")
    actions.retake_abandoned_jobs(now=NOW)
    assert DBTaskResult.objects.get().status == status


@pytest.mark.django_db
def test_a_job_that_five_workers_died_of_is_set_aside():
    actions.enqueue(JOB, caption_file=1)
    for number in range(5):
        DBTaskResult.objects.get().claim(f"worker-{number}")
        actions.retake_abandoned_jobs(now=NOW)
    assert queries.get_queue(now=NOW).failed == 1


@pytest.mark.django_db
def test_only_a_failed_job_is_retried_or_dropped():
    key = actions.enqueue(JOB, caption_file=1)
    for act in (lambda: actions.retry_job(key=key, now=NOW), lambda: actions.drop_job(key=key)):
        with pytest.raises(DBTaskResult.DoesNotExist):
            act()
    DBTaskResult.objects.update(status="FAILED", finished_at=NOW)
    assert actions.retry_job(key=key, now=NOW) == JOB
    job = DBTaskResult.objects.get()
    assert (job.status, job.run_after, job.finished_at) == ("READY", NOW, None)
    DBTaskResult.objects.update(status="FAILED")
    assert actions.drop_job(key=key) == JOB
    assert not DBTaskResult.objects.exists()


@pytest.mark.django_db
def test_a_mail_that_nobody_retried_is_forgotten_a_day_after_it_was_of_use():
    post_mail()
    actions.tidy(actions.RETENTION, now=NOW + timedelta(days=1, hours=23))
    assert OutgoingMail.objects.exists()
    actions.tidy(actions.RETENTION, now=NOW + timedelta(days=2, hours=1))
    assert not OutgoingMail.objects.exists()


def post_mail(**values):
    actions.post_mail(to="mei@example.org", subject="Boats\nBcc: all", body="Twelve of them.", now=NOW, **values)
    return OutgoingMail.objects.get().pk


def list_waits():
    """How long after the test's now each mail job that was left may begin."""
    return [job.run_after - NOW for job in DBTaskResult.objects.order_by("run_after") if job.run_after.year < 9999]


@pytest.mark.django_db
def test_a_mail_goes_when_its_transaction_does():
    with transaction.atomic():
        post_mail()
        transaction.set_rollback(True)
    assert not OutgoingMail.objects.exists()
    assert queries.get_queue(now=NOW).waiting == 0


@pytest.mark.django_db
def test_the_job_of_a_mail_names_it_and_tells_nothing_of_it():
    key = post_mail()
    assert DBTaskResult.objects.get().args_kwargs == {"args": ["jobs.send_mail", {"mail": key}], "kwargs": {}}


@pytest.mark.django_db
def test_a_mail_waits_for_a_server_that_is_away_and_is_forgotten_once_it_is_sent(settings):
    port, key = use_mail_server(settings), post_mail()
    for _ in range(3):
        actions.deliver_mail(mail=key, now=NOW)
    assert list_waits() == [timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=2)]
    assert "Connection refused" in OutgoingMail.objects.get().problem
    with serve_mail(port) as server:
        actions.deliver_mail(mail=key, now=NOW)
        actions.deliver_mail(mail=key, now=NOW)
    assert [mail["Subject"] for mail in server.mails] == ["Boats Bcc: all"]
    assert not OutgoingMail.objects.exists()


@pytest.mark.django_db
def test_a_mail_that_may_have_arrived_is_sent_once_more_under_its_name_and_then_left_to_a_person(settings):
    key = post_mail()
    with serve_mail(use_mail_server(settings)) as server:
        server.answer_to_mail = None
        for _ in range(2):
            actions.deliver_mail(mail=key, now=NOW)
        with pytest.raises(actions.MailNotSent, match="may have arrived"):
            actions.deliver_mail(mail=key, now=NOW)
        assert len(server.mails) == 2
        assert len({mail["Message-ID"] for mail in server.mails}) == 1
        server.answer_to_mail = "250 OK"
        actions.deliver_mail(mail=key, now=NOW)  # somebody retried it by hand
    assert len(server.mails) == 3
    assert not OutgoingMail.objects.exists()


@pytest.mark.django_db
def test_a_mail_is_given_up_when_it_is_of_no_use_any_more(settings):
    use_mail_server(settings)
    key = post_mail(send_before=NOW + timedelta(minutes=15))
    actions.deliver_mail(mail=key, now=NOW + timedelta(minutes=14, seconds=58))
    assert list_waits() == [timedelta(minutes=15)]
    with pytest.raises(actions.MailNotSent, match="Connection refused"):
        actions.deliver_mail(mail=key, now=NOW + timedelta(minutes=15))
    assert not OutgoingMail.objects.exists()


@pytest.mark.django_db
def test_a_mail_that_is_refused_is_kept_for_a_person_to_decide(settings):
    key = post_mail()
    with serve_mail(use_mail_server(settings)) as server:
        server.answer_to_address = "550 no such box"
        with pytest.raises(Refused, match="550 no such box"):
            actions.deliver_mail(mail=key, now=NOW)
    assert list_waits() == []
    assert OutgoingMail.objects.get().unclear == 0


@pytest.mark.django_db
def test_a_daily_chore_is_left_once_a_day_however_many_ask():
    chores = actions.leave_daily_chores(now=NOW)
    assert "jobs.tidy" in chores
    assert actions.leave_daily_chores(now=NOW + timedelta(hours=23)) == []
    assert queries.get_queue(now=NOW).waiting == len(chores)
    assert actions.leave_daily_chores(now=NOW + timedelta(days=1)) == chores


@pytest.mark.django_db
def test_what_ended_a_month_ago_is_forgotten_and_what_waits_is_not():
    for _ in range(3):
        actions.enqueue(JOB, caption_file=1)
    old, recent, _waiting = DBTaskResult.objects.order_by("enqueued_at")
    DBTaskResult.objects.filter(pk=old.pk).update(status="FAILED", finished_at=NOW - timedelta(days=31))
    DBTaskResult.objects.filter(pk=recent.pk).update(status="FAILED", finished_at=NOW - timedelta(days=29))
    actions.tidy(actions.RETENTION, now=NOW)
    assert not DBTaskResult.objects.filter(pk=old.pk).exists()
    assert DBTaskResult.objects.count() == 2
