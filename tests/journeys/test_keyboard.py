"""The keys of transcribers; the `page` fixture fails on any error or foreign request."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from commonplace.apps.library.models import Paragraph
from tests.factories import make_account, make_talk
from tests.journeys.players import AUDIO, VIMEO_PLAYER, YOUTUBE_PLAYER, make_silence, play_from_outside
from tests.journeys.visitors import sign_in

pytestmark = pytest.mark.django_db(transaction=True)

TALK = "/talks/words-with-times/"


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def editor(page: Page, live_server) -> Page:
    """An editor on the page of a talk with a recording of two minutes, which is silent."""
    sign_in(page.context, make_account(role="editor", name="Jonas Weber"), at=live_server.url)
    play_from_outside(page, AUDIO, body=make_silence(120), content_type="audio/wav")
    make_talk(sentences=40, recording=AUDIO)
    page.goto(TALK)
    page.locator("audio").evaluate("audio => { audio.muted = true; }")
    return page


def time_of(page: Page) -> float:
    return page.locator("audio").evaluate("audio => audio.currentTime")


def is_paused(page: Page) -> bool:
    return page.locator("audio").evaluate("audio => audio.paused")


@pytest.mark.parametrize(("toggle", "back", "forward"), [("F8", "F2", "F4"), ("Alt+k", "Alt+j", "Alt+l")])
def test_the_recording_is_played_and_moved_while_one_writes_and_no_letter_gets_into_the_text(
    editor: Page, toggle: str, back: str, forward: str
):
    editor.locator(".correct").nth(1).click()
    field = editor.locator(".editing textarea")
    expect(field).to_be_focused()
    written = field.input_value()
    editor.keyboard.press(toggle)
    editor.wait_for_function("!document.querySelector('audio').paused")
    editor.keyboard.press(toggle)
    assert is_paused(editor)
    editor.locator("audio").evaluate("audio => { audio.currentTime = 50; }")
    editor.keyboard.press(back)
    assert time_of(editor) == pytest.approx(48)
    editor.keyboard.press(forward)
    editor.keyboard.press(forward)
    assert time_of(editor) == pytest.approx(52)
    assert field.input_value() == written
    expect(field).to_be_focused()


def test_the_speed_changes_by_keys_and_is_told(editor: Page):
    editor.keyboard.press("Alt+,")
    expect(editor.locator(".editing-status")).to_contain_text("Speed: 0.9×")
    assert editor.locator("audio").evaluate("audio => audio.playbackRate") == pytest.approx(0.9)
    for _ in range(3):
        editor.keyboard.press("Alt+.")
    assert editor.locator("audio").evaluate("audio => audio.playbackRate") == pytest.approx(1.25)


def test_letters_are_keys_in_the_transcript_and_nowhere_else(editor: Page):
    for outside in (editor.get_by_role("searchbox"), editor.get_by_role("link", name="Talks", exact=True)):
        outside.focus()
        for key in ("k", "l", "e", "?"):
            editor.keyboard.press(key)
    assert is_paused(editor)
    assert time_of(editor) == 0
    assert editor.get_by_role("searchbox").input_value() == "kle?"
    expect(editor.get_by_role("dialog")).to_have_count(0)
    editor.locator(".moment").nth(1).focus()
    editor.keyboard.press("l")
    assert time_of(editor) == pytest.approx(2)
    editor.keyboard.press("?")
    expect(editor.get_by_role("dialog", name="Keyboard")).to_be_visible()
    editor.keyboard.press("k")
    assert is_paused(editor)
    editor.keyboard.press("Escape")
    expect(editor.locator(".moment").nth(1)).to_be_focused()


def test_the_next_paragraph_is_played_once_the_recording_is_in_use(editor: Page):
    second = Paragraph.objects.get(position=2).start_ms // 1000
    editor.keyboard.press("Alt+ArrowDown")
    editor.keyboard.press("Alt+ArrowDown")
    assert is_paused(editor)
    editor.keyboard.press("F8")
    editor.wait_for_function("!document.querySelector('audio').paused")
    editor.keyboard.press("Alt+ArrowDown")
    expect(editor.locator(".said").nth(2)).to_be_focused()
    assert second <= time_of(editor) < second + 5
    editor.keyboard.press("Enter")
    expect(editor.locator(".editing textarea")).to_be_focused()
    editor.keyboard.press("Alt+ArrowUp")
    expect(editor.locator(".editing textarea")).to_have_value(Paragraph.objects.get(position=1).text)
    editor.wait_for_function("document.querySelector('audio').currentTime < 15")
    assert not is_paused(editor)


def test_the_page_holds_still_under_the_words_that_somebody_writes(editor: Page):
    editor.locator(".correct").nth(1).click()
    expect(editor.locator(".editing textarea")).to_be_focused()
    editor.keyboard.press("F8")
    editor.wait_for_function("!document.querySelector('audio').paused")
    where = editor.evaluate("scrollY")
    editor.locator("audio").evaluate("audio => { audio.currentTime = 110; }")
    expect(editor.locator(".said.heard")).to_have_attribute("id", re.compile(r"t=(8|9|10|11)\d"))
    assert editor.evaluate("scrollY") == where


def test_keys_belong_to_the_input_method_while_a_word_is_being_chosen(editor: Page):
    editor.locator(".correct").nth(1).click()
    field = editor.locator(".editing textarea")
    expect(field).to_be_focused()
    field.evaluate("""field => field.dispatchEvent(
      new KeyboardEvent("keydown", { key: "Escape", isComposing: true, bubbles: true, cancelable: true }))""")
    expect(field).to_be_focused()


@pytest.mark.parametrize(
    ("recording", "pattern", "player"),
    [
        ("https://youtu.be/abcdefghijk", "https://www.youtube-nocookie.com/**", YOUTUBE_PLAYER),
        ("https://vimeo.com/123456789", "https://player.vimeo.com/**", VIMEO_PLAYER),
    ],
)
def test_the_player_of_another_site_takes_the_same_keys(page: Page, recording: str, pattern: str, player: bytes):
    asked = play_from_outside(page, pattern, body=player, content_type="text/html")
    make_talk(sentences=40, recording=recording)
    page.goto(TALK)
    page.get_by_role("button", name="Play the recording here").click()
    state = page.frame_locator(".player iframe").locator("p")
    expect(state).to_have_text("1 at 0")
    page.locator(".moment").nth(2).click()
    second = Paragraph.objects.get(position=2).start_ms // 1000
    expect(state).to_have_text(f"1 at {second}")
    expect(page.locator(".said.heard")).to_have_id(f"t={second}")
    page.keyboard.press("F4")
    expect(state).to_have_text(f"1 at {second + 2}")
    page.keyboard.press("F8")
    expect(state).to_have_text(f"2 at {second + 2}")
    page.keyboard.press("F2")
    expect(state).to_have_text(f"2 at {second}")
    page.keyboard.press("F8")
    expect(state).to_have_text(f"1 at {second}")
    page.keyboard.press("Alt+,")
    expect(page.locator(".editing-status")).to_contain_text("0.9")
    assert len(asked) == 1  # it was moved where it is, and not made anew


def test_a_frame_that_is_not_the_player_is_not_believed(page: Page):
    play_from_outside(page, "https://player.vimeo.com/**", body=VIMEO_PLAYER, content_type="text/html")
    make_talk(sentences=40, recording="https://vimeo.com/123456789")
    page.goto(TALK)
    page.get_by_role("button", name="Play the recording here").click()
    expect(page.frame_locator(".player iframe").locator("p")).to_have_text("1 at 0")
    page.evaluate("""postMessage(JSON.stringify({ event: "timeupdate", data: { seconds: 100 } }), "*")""")
    page.wait_for_timeout(100)
    expect(page.locator(".said.heard")).to_have_id("t=0")
