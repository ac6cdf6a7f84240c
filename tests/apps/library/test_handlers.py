import pytest

from commonplace.apps.jobs import queries as jobs
from commonplace.apps.library import actions, queries
from commonplace.apps.library.handlers import publish_captions
from tests.factories import NOW, VISITOR, make_captions, make_details

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_received_captions_wait_unseen_until_their_job_is_done():
    talk = actions.receive_captions(data=make_captions(), name="talk.vtt", details=make_details(), now=NOW)
    assert queries.list_talks(viewer=VISITOR, page=1).total == 0
    assert jobs.get_queue(now=NOW).waiting == 1
    publish_captions(caption_file=talk.caption_files.get().pk)
    assert queries.get_talk_page_for(VISITOR, talk.slug).words == 24
