from datetime import timedelta

import pytest

from commonplace.apps.jobs import actions, queries
from commonplace.apps.jobs.models import Worker
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
def test_the_queue_takes_two_queries_however_long_it_is(jobs, django_assert_num_queries):
    for number in range(jobs):
        actions.enqueue("library.publish_captions", caption_file=number)
    with django_assert_num_queries(2):
        assert queries.get_queue(now=NOW).waiting == jobs
