import pytest

from commonplace.apps.community import adapters
from commonplace.apps.community.models import PageKey


@pytest.mark.parametrize("text", ["", " \n ", "nul\x00", "x" * (adapters.LONGEST_PAGE + 1)])
def test_a_text_that_is_no_page_is_refused_with_what_was_expected(text):
    with pytest.raises(adapters.UnreadablePage, match=r"about\.en\.md: "):
        adapters.read_page(text, file="about.en.md")


def test_a_page_is_read_as_editors_on_windows_save_it():
    assert adapters.read_page("\ufeffBoats.\r\n\r\nMore.\r\n", file="about.en.md") == "Boats.\n\nMore."


@pytest.mark.parametrize("key", PageKey.values)
@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_page_comes_with_a_text_in_every_language(key, language):
    text = adapters.read_default(key, language, community="Harbour ML")
    assert "Harbour ML" in text
    assert "{" not in text
    assert (language == "ja") == ("。" in text)


def test_a_language_without_a_text_of_its_own_has_the_english_one():
    assert adapters.read_default("about", "de", community="X") == adapters.read_default("about", "en", community="X")


@pytest.mark.parametrize(("html", "expected"), [("<h2>a</h2>\n<p>b\nc</p><p>d</p>", "<p>b\nc</p>"), ("<ul></ul>", "")])
def test_a_page_begins_with_its_first_paragraph(html, expected):
    assert adapters.find_first_paragraph(html) == expected
