import pytest

from commonplace.apps.library import queries
from commonplace.apps.library.models import Talk
from tests.factories import make_talk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_every_talk_is_exported_once_and_says_whether_it_is_out():
    make_talk("Tides")
    make_talk("Fog", published=False)
    assert [(talk.slug, talk.is_published) for talk in queries.export_talks()] == [("fog", False), ("tides", True)]
    assert queries.count_talks() == 2


def test_a_long_talk_is_loaded_with_as_many_queries_as_a_short_one(django_assert_num_queries):
    for sentences in (1, 200):
        talk = Talk.objects.get(pk=make_talk(f"Of {sentences}", sentences=sentences).pk)
        with django_assert_num_queries(7):
            queries.load_folder(talk)
