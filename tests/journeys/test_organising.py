"""An organiser's evening, in a real browser; the `page` fixture fails on any error or foreign request."""

from __future__ import annotations

import pytest
from django_tasks_db.models import DBTaskResult
from playwright.sync_api import Browser, Page, expect

from commonplace.apps.jobs import actions as jobs
from commonplace.apps.library import actions as library
from commonplace.apps.people.models import Account
from tests.apps.library.attachments import HTML, PDF
from tests.factories import NOW, do_jobs, make_account, make_details, make_talk
from tests.journeys.visitors import DESK, PHONE, is_wider_than_its_window, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def ada() -> Account:
    return make_account(role="organiser", email="ada@harbour.example", name="Ada Okafor")


def fail_a_job() -> None:
    library.receive_captions(data=bytes(9), name="evening.vtt", details=make_details("An evening of clocks"), now=NOW)
    do_jobs()


def test_what_waits_is_published_and_what_failed_is_dropped_until_nothing_waits(page: Page, ada, live_server):
    make_talk("A talk that waits", published=False)
    fail_a_job()
    sign_in(page.context, ada, at=live_server.url)
    page.goto("/account/")
    page.get_by_role("link", name="Desk").click()
    expect(page.get_by_role("heading", name="2 talks wait for review")).to_be_visible()
    expect(page.get_by_role("heading", name="1 job failed")).to_be_visible()
    page.get_by_role("button", name="Drop").click()
    expect(page.get_by_role("heading", name="1 job failed")).to_have_count(0)
    for title in ("A talk that waits", "An evening of clocks"):
        page.get_by_role("button", name=f"Publish {title}").click()
        expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()
        page.goto("/organisers/")
    expect(page.get_by_text("Nothing waits for you.")).to_be_visible()
    expect(page.get_by_text("dropped a job")).to_be_visible()


def test_a_failed_job_is_retried_with_the_keyboard(page: Page, ada, live_server):
    fail_a_job()
    sign_in(page.context, ada, at=live_server.url)
    page.goto("/organisers/")
    page.get_by_role("button", name="Retry").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="1 job failed")).to_have_count(0)
    assert DBTaskResult.objects.get().status == "READY"
    expect(page.get_by_role("alert")).to_contain_text("No worker is running")


def test_the_about_page_is_written_seen_before_it_is_saved_and_begins_the_first_page(page: Page, ada, live_server):
    sign_in(page.context, ada, at=live_server.url)
    page.goto("/about/")
    page.get_by_role("link", name="Write your own").click()
    page.get_by_label("Text").fill("We meet above the **chandlery**.\n\n## Come along\n\n- Ring twice")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".preview strong")).to_have_text("chandlery")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Come along")).to_be_visible()
    page.goto("/")
    expect(page.get_by_text("We meet above the chandlery.")).to_be_visible()
    expect(page.get_by_text("Come along")).to_have_count(0)


def test_slides_are_attached_taken_along_and_taken_away(page: Page, ada, live_server, page_problems):
    talk = make_talk()
    sign_in(page.context, ada, at=live_server.url)
    page.goto(f"/talks/{talk.slug}/")
    page.get_by_role("link", name="Attach slides or notes").click()
    page.get_by_label("File").set_input_files({"name": "page.pdf", "mimeType": "application/pdf", "buffer": HTML})
    page.get_by_role("button", name="Attach").click()
    expect(page.get_by_text("This is no file of a kind")).to_be_visible()
    page_problems.clear()  # the browser tells of the answer 400
    page.get_by_label("File").set_input_files({"name": "Deck.pdf", "mimeType": "application/pdf", "buffer": PDF})
    page.get_by_label("Title").fill("Twelve boats")
    page.get_by_role("button", name="Attach").click()
    page.get_by_role("link", name=talk.title).click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Twelve boats").click()
    assert download.value.suggested_filename == "deck.pdf"
    assert download.value.path().read_bytes() == PDF
    page.get_by_role("link", name="Change what is attached").click()
    page.get_by_role("button", name="Take away Twelve boats").click()
    expect(page.get_by_text("Nothing is attached yet.")).to_be_visible()


def test_a_talk_is_withdrawn_and_published_without_javascript(browser: Browser, ada, live_server):
    talk = make_talk()
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    sign_in(context, ada, at=live_server.url)
    page = context.new_page()
    page.goto(f"/talks/{talk.slug}/")
    page.get_by_role("button", name="Withdraw this talk").click()
    expect(page.get_by_text("This talk is not published")).to_be_visible()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("This talk is not published")).to_have_count(0)
    context.close()


def test_the_emergency_admin_needs_nothing_that_the_policy_forbids(page: Page, ada, live_server, settings):
    settings.EMERGENCY_ADMINS = frozenset({ada.email})
    make_talk()
    sign_in(page.context, ada, at=live_server.url)
    for address in ("", "library/talk/", f"people/account/{ada.pk}/change/"):
        page.goto(f"/organisers/emergency/{address}")
        expect(page.get_by_text("Commonplace: emergency").first).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("window", [PHONE, DESK], ids=["phone", "desk"])
def test_no_page_of_organisers_scrolls_sideways(page: Page, ada, live_server, scheme, window):
    talk = make_talk("N" * 300, published=False, speakers=("M" * 90,))
    library.attach_link(talk=talk.pk, kind="other", title="T" * 200, url="https://a.example/x", by=ada, now=NOW)
    jobs.enqueue("library.publish_captions", caption_file=1)
    do_jobs()
    sign_in(page.context, ada, at=live_server.url)
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size(window)
    for address in (
        "/",
        "/about/",
        "/organisers/",
        "/organisers/pages/",
        "/organisers/pages/about/ja/",
        "/talks/all/waiting/",
        f"/talks/{talk.slug}/attachments/",
    ):
        page.goto(address)
        assert not is_wider_than_its_window(page), address
