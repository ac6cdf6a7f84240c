from dataclasses import replace

import pytest

from commonplace.apps.library import actions, queries
from commonplace.apps.library.adapters import UnreadableCaptions, write_folder
from commonplace.apps.library.models import Talk
from tests.factories import NOW, make_talk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def import_again(talk, **details):
    folder = queries.load_folder(talk)
    files = write_folder(replace(folder, details=replace(folder.details, **details)))
    return actions.import_talk_folder(files=files, slug=talk.slug, published=False, now=NOW)


def test_a_folder_that_says_the_same_changes_nothing():
    assert import_again(make_talk()).kind == "unchanged"


def test_a_folder_that_says_something_else_names_the_fields_it_changed():
    talk = make_talk()
    change = import_again(talk, title="Sails", topics=("boats",))
    assert (change.kind, set(change.fields)) == ("changed", {"title", "topics"})
    talk.refresh_from_db()
    assert (talk.title, talk.topics, talk.published_at) == ("Sails", ["boats"], NOW)


def test_a_folder_that_is_wrong_leaves_the_talk_as_it_was():
    talk = make_talk()
    before = queries.load_folder(talk)
    with pytest.raises(UnreadableCaptions):
        import_again(talk, title="Sails", date="the day before")
    assert queries.load_folder(Talk.objects.get()) == before
