import pytest

from commonplace.apps.library import actions, queries
from commonplace.apps.library.models import CaptionFile, Talk
from tests.factories import NOW, VISITOR, make_account, make_details, make_talk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def receive(title):
    return actions.receive_captions(data=b"x", name="x.vtt", details=make_details(title), now=NOW)


def test_what_waits_says_how_far_it_is():
    make_talk("Published")
    make_talk("Ready", published=False)
    receive("On its way")
    unreadable = receive("Broken")
    CaptionFile.objects.filter(talk=unreadable).update(problem="x.vtt: no captions\nTry another file.")
    talks = queries.list_waiting_talks_for(make_account(role="editor"))
    assert [(row.title, row.words > 0, row.problem) for row in talks.rows] == [
        ("Ready", True, ""),
        ("On its way", False, ""),
        ("Broken", False, "x.vtt: no captions"),
    ]
    assert talks.total == 3


@pytest.mark.parametrize("count", [1, 4])
def test_a_page_of_what_waits_takes_five_queries_however_long_it_is(count, django_assert_num_queries):
    for number in range(count):
        make_talk(f"Talk {number}", published=False)
    editor = make_account(role="editor")
    with django_assert_num_queries(5):
        talks = queries.list_waiting_talks_for(editor, page=99, per_page=3)
    assert (talks.page, talks.pages) == (-(-count // 3), -(-count // 3))


@pytest.mark.parametrize("role", [None, "member"])
def test_nobody_but_editors_sees_what_waits(role):
    with pytest.raises(Talk.DoesNotExist):
        queries.list_waiting_talks_for(make_account(role=role) if role else VISITOR)
