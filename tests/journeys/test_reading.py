"""A visitor's path through the library, in a real browser; the `page` fixture fails on any error or foreign request."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from commonplace.apps.library import actions
from tests.factories import NOW, make_details, make_person, make_talk

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESSES = ("/", "/talks/", "/talks/words-with-times/", "/people/mei-tanaka/", "/nowhere/")
PHONE = {"width": 390, "height": 844}

CHAPTERED = "".join(
    f"<h2>Part {part}</h2>\n<cite>Mei Tanaka:</cite><time>{4 * part}:00</time><p>{'We went out in boats. ' * 80}</p>\n"
    for part in range(1, 7)
)


def make_chaptered_talk() -> None:
    details = make_details("Six parts")
    actions.publish_captions(data=CHAPTERED.encode(), name="talk.html", details=details, now=NOW)


def is_wider_than_its_window(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_a_visitor_finds_a_moment_and_gets_its_address(page: Page):
    make_talk(sentences=40)
    page.goto("/")
    page.get_by_role("link", name="word for word").click()
    page.get_by_role("link", name="Words with times").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Words with times")
    moment = page.locator(".moment").nth(2)
    address = moment.get_attribute("href")
    moment.click()
    expect(page).to_have_url(re.compile(f"/talks/words-with-times/{re.escape(address)}$"))
    expect(page.locator(".said:target")).to_be_in_viewport()


def test_a_shared_address_opens_at_its_moment_and_marks_it(page: Page):
    make_talk(sentences=600)
    page.goto("/talks/words-with-times/")
    address = page.locator(".moment").nth(25).get_attribute("href")
    page.goto("about:blank")
    page.goto(f"/talks/words-with-times/{address}")
    target = page.locator(".said:target")
    expect(target).to_be_in_viewport()
    plain = page.locator(".said").first.evaluate("e => getComputedStyle(e).backgroundColor")
    assert target.evaluate("e => getComputedStyle(e).backgroundColor") != plain


def test_the_link_to_a_moment_is_copied(page: Page):
    make_talk(sentences=40)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/talks/words-with-times/")
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)
    page.locator(".moment").nth(1).click()
    page.get_by_role("button", name="Copy link to this moment").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.url


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_phone_never_scrolls_sideways(page: Page, page_problems: list[str], address: str):
    make_person()
    make_talk("Words with times", description="Donaudampfschifffahrtsgesellschaftskapitän" * 5, event="x" * 300)
    page.goto(address)
    for width in (320, 390):  # 320 is what WCAG 2.2, 1.4.10 asks for
        page.set_viewport_size({"width": width, "height": 844})
        assert not is_wider_than_its_window(page)
    if address == "/nowhere/":  # the browser's console reports every 404
        page_problems.clear()


def test_unbroken_words_and_endless_titles_stay_inside_the_page(page: Page):
    captions = f"1\n00:00:01,000 --> 00:00:04,000\n{'w' * 900} https://example.org/{'a' * 300}\n"
    details = make_details("T" * 480, speakers=("N" * 190,))
    talk = actions.publish_captions(data=captions.encode(), name="talk.srt", details=details, now=NOW)
    for size in (PHONE, {"width": 1440, "height": 900}):
        page.set_viewport_size(size)
        for address in (f"/talks/{talk.slug}/", "/talks/", "/"):
            page.goto(address)
            assert not is_wider_than_its_window(page)


def test_the_keyboard_reaches_everything_in_order(page: Page):
    make_talk(sentences=40)
    page.goto("/talks/words-with-times/")
    reached = "[...document.querySelectorAll('a, input, button')].filter((element) => element.checkVisibility())"
    count = page.locator("a:visible, input:visible, button:visible").count()
    seen = []
    for _ in range(count):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(f"{reached}.indexOf(document.activeElement)"))
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none"
    assert seen == list(range(count))


def test_the_skip_link_leads_past_the_head(page: Page):
    make_talk()
    page.goto("/talks/words-with-times/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the content")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_the_chapters_follow_the_reader_on_a_wide_page(page: Page):
    make_chaptered_talk()
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/talks/six-parts/")
    expect(page.locator(".chapters a")).to_have_count(6)
    page.get_by_role("link", name="Part 5").click()
    expect(page.locator(".chapters [aria-current]")).to_contain_text("Part 5")
    expect(page.get_by_role("heading", name="Part 5")).to_be_in_viewport()
    expect(page.locator(".chapters")).to_be_in_viewport()


def test_the_chapters_fold_on_a_phone(page: Page):
    make_chaptered_talk()
    page.set_viewport_size(PHONE)
    page.goto("/talks/six-parts/")
    expect(page.get_by_role("link", name="Part 5")).to_be_hidden()
    page.get_by_text("6 chapters").click()
    page.get_by_role("link", name="Part 5").click()
    expect(page.get_by_role("heading", name="Part 5")).to_be_in_viewport()


def test_a_talk_in_arabic_has_its_times_in_the_right_margin(page: Page):
    captions = "WEBVTT\nLanguage: ar\n\n00:00:01.000 --> 00:00:04.000\n<v ليلى>مرحبا بكم في لقاء المرفأ.</v>\n"
    details = make_details("مرحبا", language="ar", speakers=("ليلى",))
    talk = actions.publish_captions(data=captions.encode(), name="talk.vtt", details=details, now=NOW)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"/talks/{talk.slug}/")
    said, moment = page.locator(".said").bounding_box(), page.locator(".moment").bounding_box()
    assert said
    assert moment
    assert moment["x"] > said["x"] + said["width"]
    assert not is_wider_than_its_window(page)


def test_a_talk_page_is_whole_without_javascript(browser: Browser, live_server):
    make_talk(sentences=40)
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/talks/words-with-times/")
    page.locator(".moment").nth(2).click()
    expect(page.locator(".said:target")).to_be_visible()
    expect(page.locator("main").get_by_role("button")).to_have_count(0)
    context.close()


def test_forty_thousand_words_are_there_within_two_seconds(page: Page):
    make_talk(sentences=6_600)
    page.goto("/talks/words-with-times/")
    expect(page.get_by_text("Sentence number 6600 is about boats.")).to_be_visible()
    spent = page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
    assert spent < 2_000  # milliseconds, from the click to the page


def test_the_list_is_narrowed_and_widened_without_javascript(browser: Browser, live_server):
    for title, topic in (("Sails", "boats"), ("Tides", "water")):
        make_talk(title, topics=(topic,))
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/talks/")
    page.get_by_text("Narrow the list").click()
    page.get_by_label("Topic").select_option(label="boats (1)")
    page.get_by_role("button", name="Show these talks").click()
    expect(page.locator(".row-title")).to_have_text(["Sails"])
    page.get_by_role("link", name="Take away: boats").click()
    expect(page.locator(".row-title")).to_have_count(2)
    context.close()
