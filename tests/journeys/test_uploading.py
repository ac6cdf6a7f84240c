from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from commonplace.apps.library import actions
from commonplace.apps.library.models import Talk, Upload
from tests.factories import NOW, make_account, make_captions, make_talk

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload

UPLOAD = "/talks/upload/"


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture(params=[390, 1440])
def width(request) -> int:
    return int(request.param)


def sign_in(page: Page, live_server) -> Page:
    client = Client()
    client.force_login(make_account(name="Jonas Weber"))
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    return page


@pytest.fixture
def member(page: Page, live_server) -> Page:
    return sign_in(page, live_server)


def file(name: str = "2026-05-04_tides.en.vtt", data: bytes | None = None) -> FilePayload:
    return {"name": name, "mimeType": "text/vtt", "buffer": make_captions() if data is None else data}


def do_the_work() -> None:
    """What the worker does."""
    for row in Upload.objects.filter(state="publishing"):
        actions.publish_upload(upload=row.pk, attempt=row.attempt, now=NOW)


def drop(page: Page, *files: tuple[str, str]) -> None:
    """Drop files on the page, as a browser tells of it."""
    transfer = page.evaluate_handle(
        """(files) => {
            const transfer = new DataTransfer();
            for (const [name, text] of files) transfer.items.add(new File([text], name, { type: "text/vtt" }));
            return transfer;
        }""",
        [list(one) for one in files],
    )
    for kind in ("dragover", "drop"):
        page.locator(".drop").dispatch_event(kind, {"dataTransfer": transfer})


def test_from_a_file_to_a_page_that_can_be_shared_by_mouse(member: Page, width: int):
    make_talk("Earlier", event="Harbour ML")
    member.set_viewport_size({"width": width, "height": 844})
    member.goto("/talks/")
    member.get_by_role("link", name="Add talks").click()
    expect(member.get_by_text("Drop them here")).to_be_visible()
    member.get_by_label("Caption files").set_input_files(file())
    expect(member.get_by_role("heading", level=1)).to_have_text("Tides")
    expect(member.get_by_role("region", name="What was recognised")).to_contain_text("24")
    expect(member.get_by_label("Day")).to_have_value("2026-05-04")
    expect(member.get_by_role("group", name="Speakers").get_by_label("Name 2")).to_have_value("Mei Tanaka")
    member.get_by_label("Event").fill("Harbour ML")
    member.get_by_role("button", name="Another host").click()
    expect(member.get_by_role("group", name="Hosts").get_by_label("Name 3")).to_be_focused()
    assert member.evaluate("document.documentElement.scrollWidth") <= width
    member.get_by_role("button", name="Publish").click()
    expect(member.get_by_text("Waiting")).to_be_visible()
    do_the_work()
    member.get_by_role("link", name="Open its page").click()
    expect(member.get_by_role("heading", level=1)).to_have_text("Tides")
    expect(member.locator("main")).to_contain_text("Harbour ML")


def test_from_a_pasted_text_to_a_talk_by_keyboard_alone(member: Page, width: int):
    member.set_viewport_size({"width": width, "height": 844})
    member.goto(UPLOAD)
    member.get_by_label("Caption files").focus()
    member.keyboard.press("Tab")
    member.keyboard.insert_text("Ada: Welcome to the harbour.\nMei: Thank you, it is a fine day for boats.")
    member.keyboard.press("Tab")
    member.keyboard.press("Enter")
    expect(member.get_by_role("region", name="What was recognised")).to_be_visible()
    member.get_by_label("Title").focus()
    member.keyboard.insert_text("Pasted tides")
    member.get_by_label("Description").focus()
    member.keyboard.press("Tab")
    expect(member.get_by_role("button", name="Publish")).to_be_focused()
    member.keyboard.press("Enter")
    expect(member.get_by_text("Waiting")).to_be_visible()
    do_the_work()
    expect(member.get_by_role("link", name="Open its page")).to_be_visible()
    expect(member.get_by_role("button", name="Cancel")).to_be_hidden()
    expect(member.get_by_role("link", name="Add another talk")).to_be_visible()


def test_two_files_dropped_at_once_arrive_one_by_one_and_say_what_they_are(member: Page):
    member.goto(UPLOAD)
    drop(member, ("tides.vtt", make_captions().decode()), ("broken.json", '{"segments": [1,'))
    rows = member.locator(".uploads > li")
    expect(rows).to_have_count(2)
    expect(rows.filter(has_text="broken.json")).to_contain_text("Could not be read")
    expect(rows.filter(has_text="tides.vtt")).to_contain_text("24 words")
    expect(member.get_by_role("region", name="On its way")).to_be_hidden()
    assert sorted(Upload.objects.values_list("name", flat=True)) == ["broken.json", "tides.vtt"]


def test_the_same_file_dropped_during_a_failure_arrives_once(member: Page, page_problems: list[str]):
    failures = iter([True, True])

    def fail_twice(route) -> None:
        if route.request.method == "POST" and next(failures, False):
            route.abort()
        else:
            route.fallback()

    member.route("**/talks/upload/", fail_twice)
    member.goto(UPLOAD)
    drop(member, ("tides.vtt", make_captions().decode()))
    member.wait_for_url("**/talks/upload/*/")
    assert Upload.objects.count() == 1
    assert len(page_problems) == 2
    page_problems.clear()


def test_what_is_too_large_is_refused_before_it_is_sent(member: Page):
    member.goto(UPLOAD)
    member.evaluate("document.querySelector('form[data-hand-in]').dataset.megabytes = '0.0001'")
    drop(member, ("recording.vtt", make_captions().decode()))
    row = member.get_by_role("region", name="On its way").get_by_role("listitem")
    expect(row).to_contain_text("hand in the captions, not the recording")
    row.get_by_role("button", name="Forget it").click()
    expect(row).to_be_hidden()
    assert not Upload.objects.exists()


def test_what_could_not_be_read_is_mended_where_it_stands(member: Page):
    member.goto(UPLOAD)
    member.get_by_label("Or paste the text").fill('{"segments": [1,')
    member.get_by_role("button", name="Hand in").click()
    expect(member.get_by_role("alert")).to_contain_text("line 1")
    text = member.get_by_label("Or the text, mended or pasted again")
    expect(text).to_have_value('{"segments": [1,')
    text.fill(json.dumps({"segments": [{"start": 0, "end": 2, "text": "Hello, boats."}]}))
    member.get_by_role("button", name="Read this instead").click()
    expect(member.get_by_role("region", name="What was recognised")).to_contain_text("Whisper")


def test_publishing_is_cancelled_and_the_draft_discarded(member: Page):
    member.goto(UPLOAD)
    expect(member.get_by_text("Drop them here")).to_be_visible()
    member.get_by_label("Caption files").set_input_files(file())
    member.get_by_role("button", name="Publish").click()
    member.get_by_role("button", name="Cancel").click()
    do_the_work()
    member.get_by_text("Discard", exact=True).click()
    member.get_by_role("button", name="Discard for good").click()
    expect(member.get_by_text("Nothing yet")).to_be_visible()
    assert not Talk.objects.exists()


def test_the_list_follows_the_work_of_several_talks(member: Page):
    member.goto(UPLOAD)
    drop(member, *((f"tides-{number}.vtt", make_captions(number).decode()) for number in range(1, 4)))
    expect(member.locator(".uploads > li")).to_have_count(3)
    for number in range(1, 4):
        member.get_by_role("link", name=f"Tides {number}").click()
        member.get_by_role("button", name="Publish").click()
        expect(member.get_by_text("Waiting")).to_be_visible()
        member.goto(UPLOAD)
    expect(member.get_by_text("Waits to be published")).to_have_count(3)
    do_the_work()
    expect(member.get_by_role("link", name=re.compile("^Published"))).to_have_count(3)


def test_without_javascript_files_and_details_go_through_plain_forms(browser, live_server):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    context.set_default_timeout(10_000)
    page = sign_in(context.new_page(), live_server)
    page.goto(UPLOAD)
    page.get_by_label("Caption files").set_input_files([file(), file("other.vtt", make_captions(1))])
    page.get_by_role("button", name="Hand in").click()
    expect(page.locator(".uploads > li")).to_have_count(2)
    page.get_by_role("link", name="Tides").click()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Waiting")).to_be_visible()
    do_the_work()
    page.get_by_role("link", name="Look again").click()
    page.get_by_role("link", name="Open its page").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tides")
    context.close()
