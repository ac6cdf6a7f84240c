"""A visitor changes the language of the pages and reads a talk in two, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.factories import add_language, make_account, make_talk
from tests.journeys.visitors import is_wider_than_its_window

pytestmark = pytest.mark.django_db(transaction=True)

WIDTHS = [390, 1440]


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_a_visitor_changes_the_language_and_stays_where_they_are(page: Page):
    make_talk("Boats", topics=("tides",), sentences=1)
    make_talk("Winds", topics=("gusts",), sentences=1)
    page.goto("/talks/?topic=tides")
    page.get_by_role("button", name="日本語").click()
    expect(page.locator("html")).to_have_attribute("lang", "ja")
    assert page.url.endswith("/talks/?topic=tides")
    expect(page.get_by_role("heading", name="トーク", exact=True)).to_be_visible()
    page.reload()
    expect(page.locator("html")).to_have_attribute("lang", "ja")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_the_switch_works_without_javascript(browser: Browser, live_server):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, locale="ja-JP")
    page = context.new_page()
    page.goto("/talks/")
    expect(page.locator("html")).to_have_attribute("lang", "ja")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_two_languages_stand_beside_each_other_where_there_is_room(page: Page, width: int):
    page.set_viewport_size({"width": width, "height": 800})
    talk = add_language(make_talk("Boats", language="en", sentences=60), "ja", sentences=60)
    page.goto(f"/talks/{talk.slug}/")
    page.get_by_role("link", name="Side by side").click()
    page.locator(".row").nth(1).scroll_into_view_if_needed()
    # Both at one moment: a phone lays out what comes into sight only then, and moves what is below it.
    left, right = (
        page.locator(".row")
        .nth(1)
        .evaluate(
            "row => [...row.querySelectorAll('.column')].map((column) => column.getBoundingClientRect().toJSON())"
        )
    )
    if width == 390:
        assert right["top"] >= left["bottom"]
    else:
        assert (right["top"], right["left"] >= left["right"]) == (left["top"], True)
    assert not is_wider_than_its_window(page)
    page.get_by_role("link", name="日本語").click()
    expect(page.get_by_text("みなさん、港へようこそ。")).to_be_visible()
    expect(page.get_by_text("Welcome back to the harbour")).to_have_count(0)


def test_words_of_the_second_language_are_quoted_as_that_language_does(page: Page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    talk = add_language(make_talk("Boats", language="en", sentences=3), "ja", sentences=3)
    page.goto(f"/talks/{talk.slug}/?in=en,ja")
    page.locator(".beside .said").nth(1).evaluate("paragraph => getSelection().selectAllChildren(paragraph)")
    page.get_by_role("button", name="Copy quotation with its link").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    quotation = page.evaluate("navigator.clipboard.readText()")
    assert quotation.startswith("「舟についての文、その1。")
    assert "— Mei Tanaka, Boats" in quotation
    assert quotation.endswith(("?in=en,ja#ja-t=10", "?in=en%2Cja#ja-t=10"))


def test_an_editor_adds_a_language_with_a_file(page: Page, client, live_server):
    talk = make_talk("Boats", language="en")
    client.force_login(make_account(role="editor", name="Jonas Weber"))
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    page.goto(f"/talks/{talk.slug}/")
    page.get_by_role("link", name="Add a transcript in another language").click()
    captions = "WEBVTT\n\n00:00:00.000 --> 00:00:04.000\n港へようこそ。\n".encode()
    page.get_by_label("Caption file").set_input_files(
        {"name": "boats.ja.vtt", "mimeType": "text/vtt", "buffer": captions}
    )
    page.get_by_role("button", name="Add the transcript").click()
    expect(page.get_by_text("港へようこそ。")).to_be_visible()
    expect(page.locator(".transcript")).to_have_attribute("lang", "ja")
