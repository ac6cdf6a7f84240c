from datetime import timedelta
from uuid import UUID

import pytest
from django_tasks_db.models import DBTaskResult

from commonplace.apps.jobs import actions, queries
from commonplace.apps.jobs.models import Worker
from commonplace.apps.jobs.queries import JobState
from tests.factories import NOW


def fail(problem):
    key = actions.enqueue("library.publish_captions", caption_file=7)
    job = DBTaskResult.objects.get(pk=key)
    job.claim("worker")
    with pytest.raises(type(problem)) as raised:
        raise problem
    job.set_failed(raised.value)
    return queries.list_failed_jobs(limit=1)[0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("problem", "reason"),
    [
        (ValueError("no cue\n  expected: a cue"), "no cue; expected: a cue"),
        (actions.MailNotSent("the server said: 550 no"), "the server said: 550 no"),
        (RuntimeError(), "RuntimeError"),
        (ValueError("x" * 1000), "x" * 400 + "…"),
    ],
)
def test_a_failed_job_says_what_it_met_and_not_where_in_the_code(problem, reason):
    job = fail(problem)
    assert (job.name, job.payload, job.attempts) == ("library.publish_captions", "caption_file 7", 1)
    assert job.reason == reason


@pytest.mark.django_db
def test_the_jobs_that_failed_last_are_listed_in_one_query(django_assert_num_queries):
    keys = [fail(ValueError(str(number))).key for number in range(3)]
    with django_assert_num_queries(1):
        assert [job.key for job in queries.list_failed_jobs(limit=2)] == [keys[2], keys[1]]


@pytest.mark.django_db
def test_workers_are_counted_while_they_live_and_forgotten_after_a_day():
    actions.note_worker(name="old", now=NOW - timedelta(days=2))
    actions.note_worker(name="silent", now=NOW - timedelta(minutes=2))
    actions.note_worker(name="alive", now=NOW)
    actions.note_worker(name="alive", now=NOW)
    assert queries.get_queue(now=NOW).workers == 1
    assert set(Worker.objects.values_list("name", flat=True)) == {"silent", "alive"}


@pytest.mark.django_db
@pytest.mark.parametrize("jobs", [1, 3])
def test_the_queue_takes_three_queries_however_long_it_is(jobs, django_assert_num_queries):
    for number in range(jobs):
        actions.enqueue("library.publish_captions", caption_file=number)
    with django_assert_num_queries(3):
        assert queries.get_queue(now=NOW).waiting == jobs


@pytest.mark.django_db
def test_a_job_left_for_later_waits_from_its_moment_on():
    actions.enqueue_at("library.publish_captions", moment=NOW + timedelta(days=1), caption_file=1)
    assert queries.get_queue(now=NOW).waiting == 0
    assert queries.get_queue(now=NOW + timedelta(days=2)).waiting == 1


@pytest.mark.django_db
def test_a_job_says_how_far_it_is_and_what_is_done_before_it():
    first, second, third = (actions.enqueue("library.publish_captions", caption_file=number) for number in range(3))
    actions.enqueue_at("library.publish_captions", moment=NOW + timedelta(days=1), caption_file=4)
    DBTaskResult.objects.get(pk=first).claim("worker")
    assert [queries.count_jobs_before(key, now=NOW) for key in (first, second, third)] == [0, 1, 2]
    DBTaskResult.objects.get(pk=second).set_failed(ValueError("no captions"))
    states = queries.list_jobs([first, second, third, UUID(int=0)])
    assert states == {first: JobState.RUNNING, second: JobState.FAILED, third: JobState.WAITING}


@pytest.mark.django_db
def test_somebody_works_while_a_worker_gives_signs_of_life():
    assert not queries.is_somebody_working(now=NOW)
    actions.note_worker(name="alive", now=NOW)
    assert queries.is_somebody_working(now=NOW)
    assert not queries.is_somebody_working(now=NOW + timedelta(minutes=2))
