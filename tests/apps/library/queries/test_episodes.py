import pytest

from commonplace.apps.library import queries
from tests.factories import VISITOR, make_talk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def list_episodes(limit=10, **narrowing):
    return queries.list_episodes(viewer=VISITOR, narrowing=queries.Narrowing(**narrowing), limit=limit)


def test_feeds_tell_of_the_newest_published_talks_that_fit():
    for day, topic in ((1, "boats"), (2, "wind"), (3, "boats"), (4, "boats")):
        make_talk(f"Talk {day}", date=f"2026-05-0{day}", topics=(topic,), published=day != 4)
    assert [episode.talk.title for episode in list_episodes(topic="boats")] == ["Talk 3", "Talk 1"]
    assert [episode.talk.title for episode in list_episodes(limit=2)] == ["Talk 3", "Talk 2"]


def test_a_feed_takes_as_many_queries_for_three_talks_as_for_one(django_assert_num_queries):
    make_talk("One")
    with django_assert_num_queries(7):
        assert len(list_episodes()) == 1
    make_talk("Two")
    make_talk("Three")
    with django_assert_num_queries(7):
        assert len(list_episodes()) == 3
