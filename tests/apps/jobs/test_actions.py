import ast
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

import commonplace
from commonplace.apps.jobs import actions, queries
from commonplace.apps.jobs.adapters import resolve_handler
from tests.factories import NOW

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
