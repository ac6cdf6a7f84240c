import pytest

from commonplace.apps.jobs import queries as jobs
from commonplace.apps.library import actions, queries
from commonplace.apps.library.handlers import publish_captions, publish_upload, read_upload, tidy
from commonplace.apps.library.models import Upload
from tests.factories import NOW, VISITOR, make_account, make_captions, make_details

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


def test_what_was_handed_in_is_read_published_and_forgotten():
    values = {"name": "talk.vtt", "key": "key-of-form", "is_pasted": False, "by": make_account(), "now": NOW}
    upload = actions.receive_upload(data=make_captions(30_000), **values)
    read_upload(upload=upload.pk, attempt=1)
    actions.start_publishing(upload=upload.pk, details=make_details(), by=upload.owner, now=NOW)
    publish_upload(upload=upload.pk, attempt=2)
    assert queries.list_talks(viewer=VISITOR, page=1).total == 1
    Upload.objects.update(expires_at=NOW)
    tidy()
    assert not Upload.objects.exists()
    assert queries.list_talks(viewer=VISITOR, page=1).total == 1
