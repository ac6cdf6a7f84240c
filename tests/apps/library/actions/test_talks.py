import pytest

from commonplace.apps.library import actions
from commonplace.apps.library.models import TalkSpeaker, Turn
from commonplace.apps.people.models import Person
from tests.factories import NOW, make_captions, make_details, make_person, make_talk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


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


def test_a_talk_without_a_title_is_refused_aloud():
    with pytest.raises(ValueError, match="needs a title"):
        actions.receive_captions(data=make_captions(), name="talk.vtt", details=make_details(" "), now=NOW)


def test_saving_a_longer_talk_takes_no_query_for_each_row(django_assert_max_num_queries):
    with django_assert_max_num_queries(40):
        make_talk(sentences=2)
    with django_assert_max_num_queries(40):
        make_talk("Another one", sentences=60)
