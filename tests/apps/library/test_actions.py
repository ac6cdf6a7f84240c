import pytest

from commonplace.apps.library import actions
from commonplace.apps.library.adapters import UnreadableCaptions
from commonplace.apps.library.models import CaptionFile, Paragraph, Talk, TalkSpeaker, Turn
from commonplace.apps.people.models import Person
from tests.factories import NOW, make_captions, make_details, make_person, make_talk

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


def test_speakers_become_people_and_turns_know_them():
    ada = make_person("Ada Okafor", slug="ada")
    talk = make_talk()
    assert [(credit.role, credit.person.slug) for credit in talk.speakers.all()] == [
        ("host", "ada"),
        ("speaker", "mei-tanaka"),
    ]
    assert set(Turn.objects.values_list("speaker_name", "person")) == {
        ("Ada Okafor", ada.pk),
        ("Mei Tanaka", Person.objects.get(slug="mei-tanaka").pk),
    }


@pytest.mark.parametrize(
    ("label", "is_known"),
    [("mei", True), ("MEI TANAKA", True), ("芽衣", True), ("Tanaka", False), ("Speaker 1", False)],
)
def test_a_turn_s_label_is_a_name_or_the_first_word_of_one(label, is_known):
    make_person(other_names=["芽衣"])
    captions = f"WEBVTT\n\n00:00.000 --> 00:02.000\n<v {label}>Boats.\n".encode()
    actions.publish_captions(data=captions, name="talk.vtt", details=make_details(), now=NOW)
    turn = Turn.objects.get()
    assert (turn.speaker_name, turn.person is not None) == (label, is_known)


def test_a_turn_s_label_is_nobody_where_two_could_be_meant():
    make_talk(speakers=("Mei Tanaka", "Mei Tanaka"), hosts=())
    assert list(Turn.objects.filter(speaker_name="Ada Okafor").values_list("person", flat=True)) == [None]
    assert TalkSpeaker.objects.filter(person=None).count() == 1


def test_titles_that_are_the_same_get_addresses_of_their_own():
    assert [make_talk("字幕から").slug, make_talk("字幕から").slug] == ["字幕から", "字幕から-2"]


def test_unreadable_captions_leave_nothing_behind():
    with pytest.raises(UnreadableCaptions):
        actions.publish_captions(data=b"\x00\x01\x02", name="talk.vtt", details=make_details(), now=NOW)
    assert not Talk.objects.exists()


def test_a_talk_without_a_title_is_refused_aloud():
    with pytest.raises(ValueError, match="needs a title"):
        actions.receive_captions(data=make_captions(), name="talk.vtt", details=make_details(" "), now=NOW)


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


def test_saving_a_longer_talk_takes_no_query_for_each_row(django_assert_max_num_queries):
    with django_assert_max_num_queries(40):
        make_talk(sentences=2)
    with django_assert_max_num_queries(40):
        make_talk("Another one", sentences=60)
