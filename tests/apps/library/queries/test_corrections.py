import pytest

from commonplace.apps.library import actions, queries
from commonplace.apps.library.models import Paragraph, Talk
from tests.factories import NOW, VISITOR, make_account, make_talk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_the_words_around_a_paragraph_are_cut_to_what_tells_where_one_is():
    talk = make_talk(sentences=60)
    row = Paragraph.objects.get(transcript__talk=talk, position=2)
    found = queries.get_paragraph_to_correct_for(VISITOR, talk.slug, row.pk)
    assert (found.before.split()[0], len(found.before.split())) == ("…", 41)
    assert (found.after.split()[-1], len(found.after.split())) == ("…", 41)
    assert found.speakers == ("", "Ada Okafor", "Mei Tanaka")
    assert not found.may_correct


def test_a_history_is_cut_into_pages_the_newest_edit_first():
    talk = make_talk(sentences=1)
    row = Paragraph.objects.get(transcript__talk=talk, position=1)
    for number in range(3):
        edit = {"version": number, "text": f"Boats {number}.", "by": make_account(role="editor"), "now": NOW}
        actions.correct_paragraph(paragraph=row.pk, **edit)
    history = queries.get_history_for(VISITOR, talk.slug, page=9, per_page=2)
    assert (history.page, history.pages) == (2, 2)
    assert history.revisions[0].differences[-1] == ("inserted", "Boats 0.")


def test_what_an_edit_changed_on_the_page_is_shown_to_those_who_see_the_talk():
    talk = make_talk(sentences=60)
    row = Paragraph.objects.get(transcript__talk=talk, position=2)
    edit = {"version": 0, "text": "Boats.", "by": make_account(role="editor"), "now": NOW}
    revision = actions.correct_paragraph(paragraph=row.pk, **edit)
    found = queries.get_corrected_for(VISITOR, talk.slug, row.pk, revision=revision)
    assert found.replaced == (row.pk,)
    assert [(paragraph.number, paragraph.text) for paragraph in found.paragraphs] == [(3, "Boats.")]
    talk.published_at = None
    talk.save()
    with pytest.raises(Talk.DoesNotExist):
        queries.get_corrected_for(VISITOR, talk.slug, row.pk, revision=revision)
