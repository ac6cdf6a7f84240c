import json

import pytest

from commonplace.apps.library import queries
from commonplace.apps.library.models import Chapter, Talk
from tests.factories import VISITOR, make_talk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_every_download_that_a_page_offers_is_there():
    talk = make_talk()
    Chapter.objects.create(transcript=talk.transcripts.get(), position=0, title="Boats", start_ms=0)
    offered = {download.kind for download in queries.get_talk_page_for(VISITOR, talk.slug).downloads}
    assert offered == {"vtt", "srt", "md", "txt", "json", "podcast-json", "chapters"}
    for kind in offered:
        file = queries.get_download_for(VISITOR, talk.slug, kind)
        assert file.name.startswith(talk.slug)
        assert file.body
    assert len(json.loads(queries.get_download_for(VISITOR, talk.slug, "json").body)["words"]) == 24


@pytest.mark.parametrize("kind", ["chapters", "exe", "", "../vtt"])
def test_what_is_not_offered_does_not_exist(kind):
    with pytest.raises(Talk.DoesNotExist):
        queries.get_download_for(VISITOR, make_talk().slug, kind)
