"""Correcting on a page of its own, which is the way without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from commonplace.apps.library.models import Paragraph, Suggestion
from tests.factories import make_account, make_talk
from tests.journeys.visitors import PHONE, is_wider_than_its_window, sign_in

pytestmark = pytest.mark.django_db(transaction=True)

TALK = "/talks/words-with-times/"


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def page(browser: Browser, live_server) -> Iterator[Page]:
    """A page without JavaScript."""
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture
def editor(page: Page, live_server) -> Page:
    sign_in(page.context, make_account(role="editor", name="Jonas Weber"), at=live_server.url)
    return page


def test_an_editor_corrects_a_word_by_keyboard_and_takes_it_back(editor: Page):
    make_talk(sentences=1)
    editor.goto(TALK)
    link = editor.get_by_role("link", name="Correct").nth(1)
    link.focus()
    expect(link).to_have_css("opacity", "1")
    editor.keyboard.press("Enter")
    editor.get_by_role("textbox", name="Text").fill("Sentence number 1 is about ships.")
    editor.keyboard.press("Tab")
    editor.keyboard.press("Tab")
    editor.keyboard.press("Enter")
    expect(editor.locator(".said:target")).to_contain_text("about ships.")
    editor.get_by_role("link", name="What was corrected").click()
    editor.get_by_role("button", name="Undo").click()
    expect(editor.get_by_text("took an edit back")).to_be_visible()
    editor.goto(TALK)
    expect(editor.locator(".said").nth(1)).to_contain_text("about boats.")


def test_whoever_is_overtaken_sees_both_texts_and_saves_on_purpose(editor: Page):
    make_talk(sentences=1)
    editor.goto(TALK)
    editor.get_by_role("link", name="Correct").nth(1).click()
    other = editor.context.new_page()
    other.goto(editor.url)
    for tab, word in ((other, "ships"), (editor, "coats")):
        tab.get_by_role("textbox", name="Text").fill(f"Sentence number 1 is about {word}.")
    other.get_by_role("button", name="Save").click()
    expect(other.locator(".said:target")).to_contain_text("ships")
    with editor.expect_response(lambda response: response.status == 409):
        editor.get_by_role("button", name="Save").click()
    expect(editor.get_by_role("alert").locator("mark")).to_have_text(["ships.", "coats."])
    editor.get_by_role("button", name="Save").click()
    expect(editor.locator(".said:target")).to_contain_text("coats")


def test_a_reader_suggests_from_a_phone_without_an_account(page: Page):
    make_talk(sentences=1)
    page.set_viewport_size(PHONE)
    page.goto(TALK)
    page.get_by_role("link", name="Correct").nth(1).click()
    page.get_by_role("textbox", name="Text").fill("Sentence number 1 is about ships.")
    page.get_by_role("textbox", name="Your name").fill("Priya")
    assert not is_wider_than_its_window(page)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert Suggestion.objects.get().given_name == "Priya"
    assert "boats" in Paragraph.objects.get(position=1).text
