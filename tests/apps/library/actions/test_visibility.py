import pytest
from django.core.exceptions import PermissionDenied

from commonplace.apps.library import actions
from commonplace.apps.library.models import Talk
from commonplace.apps.people.models import Act
from tests.factories import NOW, VISITOR, make_account, make_talk

pytestmark = pytest.mark.django_db


def is_visible(talk):
    return Talk.objects.visible_to(VISITOR).filter(pk=talk.pk).exists()


def test_a_talk_is_published_and_withdrawn_and_each_is_written_down_once():
    talk, mei = make_talk(published=False), make_account(role="editor")
    for act, seen in ((actions.publish_talk, True), (actions.withdraw_talk, False)):
        for _ in range(2):
            act(slug=talk.slug, by=mei, now=NOW)
            assert is_visible(talk) is seen
    assert list(Act.objects.order_by("pk").values_list("what", "target", "by")) == [
        ("published a talk", talk.title, mei.pk),
        ("withdrew a talk", talk.title, mei.pk),
    ]


def test_a_withdrawn_talk_loses_nothing():
    talk, mei = make_talk(), make_account(role="editor")
    words = talk.transcripts.get().word_count
    actions.withdraw_talk(slug=talk.slug, by=mei, now=NOW)
    assert talk.transcripts.get().word_count == words > 0


def test_its_speaker_does_not_publish_a_talk_and_neither_does_a_member():
    talk = make_talk(published=False)
    speaker = make_account(talk.speakers.get(role="speaker").person, email="a@example.org")
    for by in (speaker, make_account(email="b@example.org")):
        with pytest.raises(PermissionDenied):
            actions.publish_talk(slug=talk.slug, by=by, now=NOW)
    assert not is_visible(talk)
    assert not Act.objects.exists()


def test_a_talk_that_is_not_there_is_not_published():
    with pytest.raises(Talk.DoesNotExist):
        actions.publish_talk(slug="none", by=make_account(role="editor"), now=NOW)
