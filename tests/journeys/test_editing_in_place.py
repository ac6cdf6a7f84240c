"""Correcting a paragraph where it stands; the `page` fixture fails on any error or foreign request."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from commonplace.apps.library import actions
from commonplace.apps.library.models import Paragraph, Suggestion, Talk
from commonplace.apps.people.models import Account
from tests.factories import NOW, make_account, make_talk
from tests.journeys.visitors import DESK, PHONE, is_wider_than_its_window, sign_in

pytestmark = pytest.mark.django_db(transaction=True)

TALK = "/talks/words-with-times/"
SAID = "Sentence number 1 is about boats."


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def jonas() -> Account:
    return make_account(role="editor", name="Jonas Weber")


@pytest.fixture
def editor(page: Page, live_server, jonas: Account) -> Page:
    sign_in(page.context, jonas, at=live_server.url)
    return page


def double_click(page: Page, word: str) -> None:
    """A double click in the middle of the first place where this word stands."""
    place = page.evaluate(
        """(word) => {
          const nodes = [...document.querySelectorAll(".said")].flatMap((said) => [...said.childNodes]);
          const node = nodes.find((node) => node.data?.includes(word));
          node.parentElement.scrollIntoView({ block: "center", behavior: "instant" });
          const range = new Range();
          range.setStart(node, node.data.indexOf(word));
          range.setEnd(node, node.data.indexOf(word) + word.length);
          const { x, y, width, height } = range.getBoundingClientRect();
          return [x + width / 2, y + height / 2];
        }""",
        word,
    )
    page.mouse.dblclick(*place)
    expect(page.locator(".editing textarea")).to_be_focused()


def selected(page: Page) -> str:
    return page.locator(":focus").evaluate("(field) => field.value.slice(field.selectionStart, field.selectionEnd)")


def open_first_of(page: Page, text: str) -> None:
    page.locator(".said", has_text=text).locator(".correct").click()
    expect(page.locator(".editing textarea")).to_be_focused()


@pytest.mark.parametrize(
    ("scheme", "size", "language"),
    [("light", DESK, "en"), ("dark", DESK, "ja"), ("light", PHONE, "ja"), ("dark", PHONE, "en")],
)
def test_a_word_is_corrected_where_it_stands_and_taken_back(
    editor: Page, live_server, scheme: str, size: dict[str, int], language: str
):
    make_talk(sentences=1)
    editor.context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
    editor.emulate_media(color_scheme=scheme)
    editor.set_viewport_size(size)
    editor.goto(TALK)
    double_click(editor, "boats")
    assert selected(editor) == "boats"
    assert not is_wider_than_its_window(editor)
    editor.keyboard.type("ships")
    editor.locator(".editing button.main").click()
    expect(editor.locator(".editing")).to_have_count(0)
    expect(editor.locator(".said").nth(1)).to_contain_text("about ships.")
    expect(editor.locator(".said").nth(1)).to_be_focused()
    assert Paragraph.objects.get(position=1).text == "Sentence number 1 is about ships."
    editor.locator(".editing-status form button").click()
    expect(editor.locator(".said").nth(1)).to_contain_text("about boats.")
    assert Paragraph.objects.get(position=1).text == SAID


def test_a_paragraph_is_found_corrected_and_taken_back_with_the_keyboard_alone(editor: Page):
    make_talk(sentences=40)
    editor.goto("/talks/")
    editor.keyboard.press("Tab")
    for _ in range(30):
        if editor.evaluate("document.activeElement.innerText") == "Words with times":
            break
        editor.keyboard.press("Tab")
    editor.keyboard.press("Enter")
    editor.wait_for_url(f"**{TALK}")
    editor.keyboard.press("Alt+ArrowDown")
    editor.keyboard.press("Alt+ArrowDown")
    expect(editor.locator(".said").nth(1)).to_be_focused()
    assert editor.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    editor.keyboard.press("e")
    expect(editor.locator(".editing textarea")).to_be_focused()
    editor.keyboard.press("Control+End")
    editor.keyboard.type(" And of ships.")
    editor.keyboard.press("Control+Enter")
    expect(editor.locator(".said").nth(1)).to_be_focused()
    assert "And of ships." in Paragraph.objects.get(position=1).text
    expect(editor.locator(".editing-status")).to_contain_text("Saved.")
    editor.keyboard.press("Control+z")
    expect(editor.locator(".editing-status")).to_contain_text("Taken back.")
    assert "And of ships." not in Paragraph.objects.get(position=1).text


def test_the_words_stay_in_their_place_while_the_paragraph_becomes_a_field(editor: Page):
    make_talk(sentences=30)
    for size in (DESK, PHONE):
        editor.set_viewport_size(size)
        editor.goto(TALK)
        said = editor.locator(".said").nth(1)
        where = (
            "(element) => { const { x, y, width } = element.getBoundingClientRect(); return [x, y + scrollY, width]; }"
        )
        before = said.evaluate(where)
        said.locator(".correct").click()
        expect(editor.locator(".editing textarea")).to_be_focused()
        assert editor.locator(".editing textarea").evaluate(where) == pytest.approx(before)


def test_the_next_paragraph_opens_by_a_key_and_what_was_changed_is_saved(editor: Page):
    make_talk(sentences=40)
    editor.goto(TALK)
    open_first_of(editor, "Sentence number 1 is")
    field = editor.locator(".editing textarea")
    field.press("Control+Home")
    editor.keyboard.type("Well. ")
    editor.keyboard.press("Alt+ArrowDown")
    expect(field).not_to_have_value(Paragraph.objects.get(position=1).text)
    expect(field).to_have_value(Paragraph.objects.get(position=2).text)
    expect(field).to_be_focused()
    assert Paragraph.objects.get(position=1).text.startswith("Well. Sentence number 1")
    editor.keyboard.press("Alt+ArrowUp")
    expect(field).to_have_value(Paragraph.objects.get(position=1).text)
    assert Paragraph.objects.get(position=2).version == 0


def test_a_speaker_is_chosen_in_place_and_named_above_the_turn(editor: Page):
    make_talk(sentences=40)
    editor.goto(TALK)
    open_first_of(editor, "Sentence number 40 is")
    editor.get_by_label("Speaker").last.select_option("Ada Okafor")
    editor.get_by_role("button", name="Save").click()
    expect(editor.locator(".turn")).to_have_text(["Ada Okafor", "Ada Okafor"])
    count = editor.locator(".said").count()
    assert count == Paragraph.objects.count()
    assert editor.evaluate("new Set([...document.querySelectorAll('.said')].map((said) => said.id)).size") == count
    editor.get_by_role("button", name="Undo").click()
    expect(editor.locator(".turn")).to_have_text(["Ada Okafor", "Mei Tanaka"])


def test_a_paragraph_goes_with_its_last_word_and_comes_back(editor: Page):
    make_talk(sentences=1)
    editor.goto(TALK)
    open_first_of(editor, SAID)
    editor.locator(".editing textarea").fill("")
    editor.keyboard.press("Control+Enter")
    expect(editor.locator(".said")).to_have_count(1)
    expect(editor.locator(".turn")).to_have_text(["Ada Okafor"])
    editor.get_by_role("button", name="Undo").click()
    expect(editor.locator(".turn")).to_have_text(["Ada Okafor", "Mei Tanaka"])
    expect(editor.locator(".said").nth(1)).to_contain_text(SAID)


def test_two_editors_at_once_lose_nothing(editor: Page, page_problems: list[str], browser: Browser, live_server):
    make_talk(sentences=1)
    context = browser.new_context(base_url=live_server.url)
    sign_in(context, make_account(role="editor", name="Priya Raman"), at=live_server.url)
    other = context.new_page()
    for page in (editor, other):
        page.goto(TALK)
        open_first_of(page, SAID)
    for page, text in ((other, "Phrase number 1 is about ships."), (editor, "Sentence number 1 is about coats.")):
        page.locator(".editing textarea").fill(text)
    other.keyboard.press("Control+Enter")
    expect(other.locator(".editing")).to_have_count(0)
    editor.keyboard.press("Control+Enter")
    expect(editor.get_by_role("alert").locator("mark")).to_have_text(["ships.", "coats."])
    # What only the other one changed is merged; what both changed is decided by whoever comes second.
    expect(editor.locator(".editing textarea")).to_have_value("Phrase number 1 is about coats.")
    editor.keyboard.press("Control+Enter")
    expect(editor.locator(".said").nth(1)).to_contain_text("Phrase number 1 is about coats.")
    open_first_of(other, "Phrase number 1")
    expect(other.locator(".editing textarea")).to_have_value("Phrase number 1 is about coats.")
    context.close()
    assert all("409" in problem for problem in page_problems)
    page_problems.clear()


def test_cancelled_changes_can_be_brought_back(editor: Page):
    make_talk(sentences=1)
    editor.goto(TALK)
    open_first_of(editor, SAID)
    editor.keyboard.press("Escape")
    expect(editor.locator(".editing-status")).to_be_empty()
    editor.keyboard.press("Enter")
    editor.locator(".editing textarea").fill("Ships.")
    editor.keyboard.press("Escape")
    expect(editor.locator(".said").nth(1)).to_be_focused()
    expect(editor.locator(".said").nth(1)).to_contain_text(SAID)
    editor.get_by_role("button", name="Bring them back").click()
    expect(editor.locator(".editing textarea")).to_have_value("Ships.")


def test_leaving_with_unsaved_words_asks_first(editor: Page):
    make_talk(sentences=1)
    editor.goto(TALK)
    open_first_of(editor, SAID)
    editor.keyboard.type("Well, ")
    asked = []
    editor.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    editor.get_by_role("link", name="Talks", exact=True).click()
    editor.wait_for_timeout(200)
    assert asked == ["beforeunload"]
    expect(editor.locator(".editing textarea")).to_have_value("Well, " + SAID)
    editor.keyboard.press("Escape")


def test_what_cannot_be_saved_stays_in_the_field(editor: Page, page_problems: list[str]):
    make_talk(sentences=1)
    editor.goto(TALK)
    open_first_of(editor, SAID)
    field = editor.locator(".editing textarea")
    field.fill("Ships.")
    editor.context.set_offline(True)
    editor.keyboard.press("Control+Enter")
    expect(editor.locator(".editing-status")).to_contain_text("cannot be reached")
    editor.context.set_offline(False)
    Talk.objects.all().delete()
    editor.keyboard.press("Control+Enter")
    expect(editor.locator(".editing-status")).to_contain_text("Copy your text")
    expect(field).to_have_value("Ships.")
    editor.keyboard.press("Escape")
    page_problems.clear()


def test_whoever_is_signed_out_meanwhile_is_told_and_saves_after_signing_in(
    editor: Page, page_problems: list[str], live_server, jonas: Account
):
    make_talk(sentences=1)
    editor.goto(TALK)
    open_first_of(editor, SAID)
    editor.locator(".editing textarea").fill("Ships.")
    editor.context.clear_cookies(name="sessionid")
    editor.keyboard.press("Control+Enter")
    expect(editor.get_by_role("alert")).to_contain_text("no longer signed in")
    assert not Suggestion.objects.exists()
    editor.context.clear_cookies()  # a new session has a new token too
    sign_in(editor.context, jonas, at=live_server.url)
    editor.locator(".editing textarea").press("Control+Enter")
    expect(editor.locator(".said").nth(1)).to_contain_text("Ships.")
    assert Paragraph.objects.get(position=1).text == "Ships."
    page_problems.clear()


def test_a_reader_suggests_in_place_and_keeps_reading(page: Page):
    make_talk(sentences=1)
    page.set_viewport_size(PHONE)
    page.goto(TALK)
    open_first_of(page, SAID)
    page.locator(".editing textarea").fill("Sentence number 1 is about ships.")
    page.get_by_label("Your name").fill("Priya")
    assert not is_wider_than_its_window(page)
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".editing-status")).to_contain_text("waits for an editor")
    expect(page.locator(".said").nth(1)).to_contain_text(SAID)
    assert Suggestion.objects.get().given_name == "Priya"


def test_a_double_click_of_a_reader_only_selects(page: Page):
    make_talk(sentences=1)
    page.goto(TALK)
    page.locator(".said").nth(1).dblclick(position={"x": 60, "y": 10})
    page.wait_for_timeout(200)
    expect(page.locator(".editing")).to_have_count(0)


def test_what_is_found_is_counted_again_after_an_edit(editor: Page):
    make_talk(sentences=40)
    editor.goto(TALK)
    editor.get_by_role("searchbox").fill("boats.")
    expect(editor.locator(".find output")).to_have_text("1 of 40")
    double_click(editor, "boats")
    editor.keyboard.type("ships")
    editor.keyboard.press("Control+Enter")
    expect(editor.locator(".find output")).to_have_text("1 of 39")


def test_forty_thousand_words_open_for_editing_within_half_a_second(editor: Page):
    make_talk(sentences=6_600)
    editor.goto(TALK)
    link = editor.locator(".correct").nth(200)
    link.scroll_into_view_if_needed()
    spent = link.evaluate(
        """async (link) => {
          const start = performance.now();
          link.click();
          while (!document.querySelector(".editing")) await new Promise(requestAnimationFrame);
          return performance.now() - start;
        }"""
    )
    assert spent < 500  # milliseconds
    editor.keyboard.type("Well, ")
    editor.keyboard.press("Control+Enter")
    expect(editor.locator(".said").nth(200)).to_contain_text("Well, ")


def test_two_languages_stay_side_by_side_through_an_edit(editor: Page, jonas: Account):
    talk = make_talk(sentences=3, language="en")
    japanese = "WEBVTT\n\n00:00:10.000 --> 00:00:14.000\n<v Mei Tanaka>船について 話します。\n".encode()
    add = {"data": japanese, "name": "talk.ja.vtt", "language": "ja", "by": jonas, "now": NOW}
    actions.add_transcript(talk=talk.pk, **add)
    editor.goto(f"{TALK}?in=en,ja")
    double_click(editor, "船")
    editor.keyboard.press("Control+Home")
    editor.keyboard.type("今日は")
    editor.keyboard.press("Control+Enter")
    expect(editor.locator(".beside .said")).to_contain_text("今日は船について話します。")
    expect(editor.locator(".column:not(.beside) .said").nth(1)).to_contain_text("Sentence number 1")
    open_first_of(editor, "今日は")
    editor.get_by_label("Speaker").last.select_option("Ada Okafor")
    editor.keyboard.press("Control+Enter")
    expect(editor.locator(".beside .turn")).to_have_text("Ada Okafor")
    expect(editor.locator(".column:not(.beside) .turn")).to_have_text(["Ada Okafor", "Mei Tanaka"])
