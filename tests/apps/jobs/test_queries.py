from datetime import timedelta
from uuid import UUID

import pytest
from django_tasks_db.models import DBTaskResult

from commonplace.apps.jobs import actions, queries
from commonplace.apps.jobs.models import Worker
from commonplace.apps.jobs.queries import JobState
from tests.factories import NOW


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
