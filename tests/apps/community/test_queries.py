import pytest

from commonplace.apps.community import actions, queries
from commonplace.apps.community.models import PageVersion
from tests.factories import NOW, VISITOR, make_account

pytestmark = pytest.mark.django_db


def write(text="Boats.", name="about.en.md"):
    actions.import_page(name=name, text=text, now=NOW)


def test_a_page_that_nobody_wrote_says_so_in_the_language_of_the_reader(settings):
    settings.COMMUNITY = "Harbour ML"
    page = queries.get_page(VISITOR, "about", "ja")
    assert (page.is_default, page.language, page.edited_at, page.may_edit) == (True, "ja", None, False)
    assert "Harbour ML" in page.html


def test_the_communitys_own_words_go_before_a_translation_that_is_not_theirs():
    write()
    page = queries.get_page(VISITOR, "about", "ja")
    assert (page.html, page.language, page.is_default) == ("<p>Boats.</p>\n", "en", False)
    write("船。", name="about.ja.md")
    assert queries.get_page(VISITOR, "about", "ja").html == "<p>船。</p>\n"
    assert queries.get_page(VISITOR, "conduct", "en").is_default


def test_a_page_takes_one_query_however_often_it_was_edited(django_assert_num_queries):
    for number in range(4):
        write(f"Boat {number}.")
    with django_assert_num_queries(1):
        assert queries.find_first_paragraph(queries.get_page(VISITOR, "about", "en")) == "<p>Boat 3.</p>"


def test_a_page_can_run_nothing():
    write("<script>alert(1)</script> [x](javascript:alert(1)) ![y](https://evil.example/y.png)\n\n# Head")
    html = queries.get_page(VISITOR, "about", "en").html
    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html


@pytest.mark.parametrize("role", [None, "member", "editor"])
def test_what_organisers_see_is_nothing_for_anybody_else(role):
    viewer = make_account(role=role) if role else VISITOR
    asked = [
        lambda: queries.list_pages_for(viewer),
        lambda: queries.get_page_to_edit_for(viewer, "about", "en"),
        lambda: queries.list_versions_for(viewer, "about", "en"),
    ]
    for ask in asked:
        with pytest.raises(PageVersion.DoesNotExist):
            ask()


@pytest.mark.parametrize(("key", "language"), [("imprint", "en"), ("about", "xx"), ("about", "../en")])
def test_a_page_that_is_none_is_not_found(key, language):
    organiser = make_account(role="organiser")
    with pytest.raises(PageVersion.DoesNotExist):
        queries.get_page_to_edit_for(organiser, key, language)


def test_organisers_see_every_page_in_every_language_in_one_query(django_assert_num_queries):
    organiser = make_account(role="organiser")
    write("First.")
    write("Second.")
    with django_assert_num_queries(1):
        pages = queries.list_pages_for(organiser)
    assert [(page.key, page.language, page.version) for page in pages] == [
        ("about", "en", 2),
        ("about", "ja", 0),
        ("conduct", "en", 0),
        ("conduct", "ja", 0),
    ]
    assert [(old.version, old.is_newest) for old in queries.list_versions_for(organiser, "about", "en")] == [
        (2, True),
        (1, False),
    ]


def test_only_what_somebody_wrote_is_exported_as_it_stands_now():
    write("First.")
    write("Second.")
    assert dict(queries.export_pages()) == {"about.en.md": "Second.\n"}


def test_a_preview_is_as_harmless_as_the_page():
    assert queries.preview("**Boats** <b>x</b>") == "<p><strong>Boats</strong> &lt;b&gt;x&lt;/b&gt;</p>\n"
