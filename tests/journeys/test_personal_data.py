"""Whose a page is, what the site knows, and what should not stand there: in a real browser."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Page, expect

from commonplace.apps.library.models import Paragraph
from commonplace.apps.people import actions as people
from commonplace.apps.people.models import Account, Person, Role
from tests.factories import do_jobs, make_account, make_person, make_talk
from tests.journeys.visitors import PHONE, is_wider_than_its_window, sign_in

pytestmark = pytest.mark.django_db(transaction=True)

DEMO_MAIL = "commonplace.site.demo_mail.DemoMailBackend"


@pytest.fixture(autouse=True)
def demo(settings, tmp_path):
    """The demo's mail, in a folder of its own."""
    settings.HOME, settings.DEMO, settings.EMAIL_BACKEND = tmp_path, True, DEMO_MAIL
    settings.MEDIA_ROOT = tmp_path / "media"
    cache.clear()


def read_mail(page: Page) -> str:
    do_jobs()
    reader = page.context.new_page()
    reader.goto("/mail/")
    text = reader.locator("pre").first.inner_text()
    reader.close()
    return text


def test_somebody_claims_their_page_and_an_organiser_agrees(page: Page, live_server, browser):
    make_talk()
    page.set_viewport_size(PHONE)
    page.goto("/people/mei-tanaka/")
    page.get_by_role("link", name="Is this you?").click()
    page.get_by_label("Your mail address").fill("mei@harbour.example")
    page.get_by_role("button", name="This is me").click()
    expect(page.get_by_role("heading", name="We have heard you")).to_be_visible()
    assert not is_wider_than_its_window(page)

    desk = browser.new_context(base_url=live_server.url)
    sign_in(desk, make_account(role=Role.ORGANISER, email="ada@harbour.example"), at=live_server.url)
    organiser = desk.new_page()
    organiser.goto("/organisers/claims/")
    organiser.get_by_role("button", name="Send the link").click()
    expect(organiser.get_by_text("Nobody claims a page.")).to_be_visible()
    desk.close()

    link = re.search(r"https?://\S+(/invitation/\S+)", read_mail(page))[1]
    page.goto(link)
    assert not Account.objects.filter(email="mei@harbour.example").exists()
    page.get_by_role("button", name="Accept, and send me a code").click()
    page.get_by_label("Code").fill(read_mail(page).split("\n\n")[1].strip())
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Welcome")).to_be_visible()

    page.goto("/people/mei-tanaka/")
    page.get_by_role("link", name="Change this page").click()
    page.get_by_label("About you").fill("I listen to *harbours*.")
    page.get_by_role("button", name="Look at it first").click()
    expect(page.locator(".biography em")).to_have_text("harbours")
    assert Person.objects.get(slug="mei-tanaka").biography == ""
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/people/mei-tanaka/")
    expect(page.locator(".biography em")).to_have_text("harbours")


def test_a_passage_is_asked_for_and_taken_out(page: Page, live_server, browser):
    talk = make_talk()
    row = Paragraph.objects.get(transcript__talk=talk, text__contains="number 1")
    page.set_viewport_size(PHONE)
    page.goto(f"/talks/{talk.slug}/paragraphs/{row.pk}/")
    page.get_by_role("link", name="Ask for a passage to be taken out").click()
    page.get_by_label("The words to take out").fill("number 2 … boats.")
    page.get_by_label("Your mail address").fill("mei@harbour.example")
    page.get_by_role("button", name="Ask the editors").click()
    expect(page.get_by_role("heading", name="We have your request")).to_be_visible()
    assert not is_wider_than_its_window(page)

    desk = browser.new_context(base_url=live_server.url)
    sign_in(desk, make_account(role=Role.EDITOR, email="ed@harbour.example"), at=live_server.url)
    editor = desk.new_page()
    editor.goto("/talks/all/redactions/")
    editor.get_by_label("I know that these words cannot be brought back.").check()
    editor.get_by_role("button", name="Take it out").click()
    expect(editor.get_by_text("Nobody asks for a passage")).to_be_visible()
    desk.close()

    page.goto(f"/talks/{talk.slug}/")
    expect(page.locator(".redaction")).to_contain_text("a passage was taken out")
    assert "number 2" not in page.locator("main").inner_text()
    assert "It is gone" in read_mail(page)


def test_somebody_sees_takes_along_and_erases_what_there_is(page: Page, live_server):
    make_account(role=Role.ORGANISER, email="ada@harbour.example")
    make_talk()
    mei = people.open_account(
        email="mei@harbour.example",
        name="",
        role=Role.MEMBER,
        person=Person.objects.get(slug="mei-tanaka"),
        now=timezone.now(),
    )
    sign_in(page.context, mei, at=live_server.url)
    page.set_viewport_size(PHONE)
    page.goto("/account/")
    page.get_by_role("link", name="What the site knows about you").click()
    assert not is_wider_than_its_window(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Take everything along").click()
    assert download.value.suggested_filename == "what-the-site-knows.zip"
    page.get_by_role("link", name="Erase it").click()
    assert not is_wider_than_its_window(page)
    page.get_by_label("Take my name out of every talk").check()
    page.get_by_label("Type your mail address").fill("mei@harbour.example")
    page.get_by_role("button", name="Erase it for good").click()
    expect(page.get_by_role("heading", name="It is erased")).to_be_visible()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()
    page.goto("/talks/")
    assert "Mei Tanaka" not in page.locator("main").inner_text()


def test_nobody_needs_a_page_to_read_what_is_kept(page: Page):
    make_person()
    page.goto("/")
    page.get_by_role("link", name="Privacy").click()
    expect(page.get_by_role("heading", name="What is kept, and how long")).to_be_visible()
