import pytest

from commonplace.apps.library import actions
from commonplace.apps.library.adapters import UnreadableCaptions
from commonplace.apps.library.models import CaptionFile, Paragraph, Talk
from tests.factories import NOW, make_captions, make_details, make_talk

pytestmark = pytest.mark.django_db


RECORDING = "https://example.org/words.mp4"


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def words_of(talk):
    return " ".join(Paragraph.objects.filter(transcript__talk=talk).values_list("text", flat=True)).split(" ")


def test_published_captions_are_a_talk_with_every_word():
    talk = make_talk(recording=RECORDING)
    assert words_of(talk)[:4] == ["Welcome", "back", "to", "the"]
    assert len(words_of(talk)) == talk.transcripts.get().word_count == 6 + 3 * 6
    assert (talk.slug, talk.published_at) == ("words-with-times", NOW)
    assert (talk.recordings.get().url, talk.recordings.get().kind) == (RECORDING, "video")


def test_the_captions_are_kept_byte_for_byte():
    captions = make_talk().caption_files.get()
    with captions.file.open() as file:
        assert file.read() == make_captions()
    assert (captions.name, captions.format, captions.size) == ("talk.vtt", "webvtt", len(make_captions()))


def test_unreadable_captions_leave_nothing_behind():
    with pytest.raises(UnreadableCaptions):
        actions.publish_captions(data=b"\x00\x01\x02", name="talk.vtt", details=make_details(), now=NOW)
    assert not Talk.objects.exists()


def test_a_job_that_runs_twice_changes_nothing():
    talk = actions.receive_captions(data=make_captions(), name="talk.vtt", details=make_details(), now=NOW)
    key = talk.caption_files.get().pk
    actions.publish_caption_file(caption_file=key, now=NOW)
    before = list(Paragraph.objects.values_list("pk", "text"))
    actions.publish_caption_file(caption_file=key, now=NOW)
    assert list(Paragraph.objects.values_list("pk", "text")) == before


def test_captions_that_cannot_be_read_say_why():
    talk = actions.receive_captions(data=b"\x00\x01\x02", name="talk.vtt", details=make_details(), now=NOW)
    with pytest.raises(UnreadableCaptions):
        actions.publish_caption_file(caption_file=talk.caption_files.get().pk, now=NOW)
    assert "talk.vtt" in CaptionFile.objects.get().problem
    assert Talk.objects.get().published_at is None
