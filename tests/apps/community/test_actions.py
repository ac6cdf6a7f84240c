import pytest
from django.core.exceptions import PermissionDenied

from commonplace.apps.community import actions
from commonplace.apps.community.adapters import UnreadablePage
from commonplace.apps.community.models import PageVersion
from commonplace.apps.people.models import Act
from tests.factories import NOW, make_account

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return make_account(role="organiser", email="ada@example.org")


def save(text, *, version, by):
    actions.save_page(key="about", language="en", text=text, version=version, by=by, now=NOW)


def read_versions():
    return list(PageVersion.objects.order_by("version").values_list("version", "text"))


def test_each_edit_is_kept_and_written_down(ada):
    save("First.", version=0, by=ada)
    save("Second.\r\n", version=1, by=ada)
    save("Second.", version=2, by=ada)  # the same again
    assert read_versions() == [(1, "First."), (2, "Second.")]
    acts = [(act.by, act.what, act.target, act.before, act.after) for act in Act.objects.order_by("pk")]
    assert acts == [
        (ada, "edited a page", "about (en)", "", "1"),
        (ada, "edited a page", "about (en)", "1", "2"),
    ]


@pytest.mark.parametrize("seen", [0, 2])
def test_whoever_saw_another_version_overwrites_nothing(seen, ada):
    save("First.", version=0, by=ada)
    with pytest.raises(actions.PageOvertaken) as overtaken:
        save("Mine.", version=seen, by=ada)
    assert (overtaken.value.version, overtaken.value.text) == (1, "First.")
    assert read_versions() == [(1, "First.")]
    assert Act.objects.count() == 1


def test_of_two_who_add_the_same_version_the_database_keeps_one(ada):
    save("First.", version=0, by=ada)
    with pytest.raises(actions.PageOvertaken) as overtaken:  # as if both had found version 0 a moment ago
        actions._add_version("about", "en", "Mine.", version=1, by=ada, now=NOW)
    assert overtaken.value.text == "First."
    assert read_versions() == [(1, "First.")]


def test_an_older_version_comes_back_as_a_new_one(ada):
    save("First.", version=0, by=ada)
    save("Second.", version=1, by=ada)
    actions.restore_page(key="about", language="en", version=1, by=ada, now=NOW)
    assert read_versions() == [(1, "First."), (2, "Second."), (3, "First.")]
    actions.restore_page(key="about", language="en", version=0, by=ada, now=NOW)
    assert "word for word" in PageVersion.objects.get(version=4).text
    with pytest.raises(PageVersion.DoesNotExist):
        actions.restore_page(key="about", language="en", version=9, by=ada, now=NOW)


@pytest.mark.parametrize("role", ["member", "editor"])
def test_nobody_but_an_organiser_writes_a_page(role):
    with pytest.raises(PermissionDenied):
        save("Mine.", version=0, by=make_account(role=role))
    assert read_versions() == []


def test_a_text_without_words_is_refused(ada):
    with pytest.raises(UnreadablePage):
        save(" \n", version=0, by=ada)
    assert read_versions() == []


def test_an_import_adds_a_version_where_the_text_is_another():
    kinds = [actions.import_page(name="about.en.md", text=text, now=NOW).kind for text in ("A.", "A.\r\n", "B.", "A.")]
    assert kinds == ["new", "unchanged", "changed", "changed"]
    assert read_versions() == [(1, "A."), (2, "B."), (3, "A.")]


@pytest.mark.parametrize("name", ["imprint.en.md", "about.md", "about.xx.md", "../about.en.md", "about.en.ja.md"])
def test_a_file_of_another_name_is_no_page(name):
    with pytest.raises(UnreadablePage, match=r"expected: about\.en\.md"):
        actions.import_page(name=name, text="Boats.", now=NOW)
    assert read_versions() == []
