import io

import pytest

from commonplace.apps.library import actions, queries
from commonplace.apps.library.models import Attachment, Talk
from tests.apps.library.attachments import PDF
from tests.factories import NOW, VISITOR, make_account, make_talk

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    talk = make_talk()
    mei = make_account(role="editor", email="mei@example.org")
    actions.attach_file(talk=talk.pk, kind="slides", title="", file=io.BytesIO(PDF), name="Deck.pdf", by=mei, now=NOW)
    actions.attach_link(talk=talk.pk, kind="other", title="Code", url="https://code.example/x", by=mei, now=NOW)
    return talk


def test_a_talk_shows_what_is_attached_in_its_order(talk, django_assert_num_queries):
    with django_assert_num_queries(1):
        deck, code = queries.list_attachments(talk)
    assert (deck.title, deck.suffix, deck.size, deck.url) == ("Deck", "pdf", len(PDF), "")
    assert (code.title, code.url, code.host) == ("Code", "https://code.example/x", "code.example")
    assert queries.get_talk_page_for(VISITOR, talk.slug).attachments == (deck, code)


def test_a_file_is_opened_for_whoever_may_see_the_talk(talk):
    key = talk.attachments.get(name="deck.pdf").pk
    with queries.open_attachment_for(VISITOR, talk.slug, key).file as file:
        assert file.read() == PDF
    Talk.objects.update(published_at=None)
    with pytest.raises(Talk.DoesNotExist):
        queries.open_attachment_for(VISITOR, talk.slug, key)


def test_a_link_and_the_file_of_another_talk_are_no_files_of_this_one(talk):
    other = make_talk("Another")
    with pytest.raises(Attachment.DoesNotExist):
        queries.open_attachment_for(VISITOR, talk.slug, talk.attachments.get(title="Code").pk)
    with pytest.raises(Attachment.DoesNotExist):
        queries.open_attachment_for(VISITOR, other.slug, talk.attachments.get(name="deck.pdf").pk)


def test_only_those_who_may_change_attachments_see_how(talk):
    with pytest.raises(Talk.DoesNotExist):
        queries.get_attachments_to_edit_for(make_account(email="a@example.org"), talk.slug)
    speaker = make_account(talk.speakers.get(role="speaker").person, email="b@example.org")
    assert len(queries.get_attachments_to_edit_for(speaker, talk.slug).attachments) == 2


def test_the_bytes_of_attachments_are_counted(talk):
    assert queries.measure_media()["attachments"] == len(PDF)
