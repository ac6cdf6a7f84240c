"""Playing, finding and quoting on a talk page, in a real browser; the `page` fixture fails on any foreign request."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.factories import make_talk
from tests.journeys.players import AUDIO, make_silence, play_from_outside

pytestmark = pytest.mark.django_db(transaction=True)

TALK = "/talks/words-with-times/"
YOUTUBE = "https://youtu.be/abcdefghijk"


def select_words(page: Page, start: str, end: str) -> None:
    """Select from the first of these texts to the second one, as a reader with a mouse would."""
    page.evaluate(
        """([start, end]) => {
          const find = (text) => [...document.querySelectorAll(".said")].flatMap((said) => [...said.childNodes])
            .find((node) => node.data?.includes(text));
          const [from, to] = [find(start), find(end)];
          getSelection().setBaseAndExtent(from, from.data.indexOf(start), to, to.data.indexOf(end) + end.length);
        }""",
        [start, end],
    )


def test_the_player_of_another_site_is_asked_for_by_a_click_and_never_before(page: Page):
    asked = play_from_outside(page, "https://www.youtube-nocookie.com/**", body=b"<p>Player", content_type="text/html")
    make_talk(sentences=40, recording=YOUTUBE)
    page.goto(TALK)
    page.locator(".moment").nth(2).click()
    page.wait_for_load_state("networkidle")
    assert asked == []
    second = page.locator(".moment").nth(2).get_attribute("href").removeprefix("#t=")
    page.get_by_role("button", name="Play the recording here").click()
    expect(page.frame_locator(".player iframe").get_by_text("Player")).to_be_visible()
    assert asked == [
        f"https://www.youtube-nocookie.com/embed/abcdefghijk?autoplay=1&playsinline=1&rel=0&enablejsapi=1&start={second}"
    ]


def test_a_click_on_a_time_moves_the_player_of_another_site(page: Page):
    asked = play_from_outside(page, "https://player.vimeo.com/**", body=b"<p>Player", content_type="text/html")
    make_talk(sentences=40, recording="https://vimeo.com/123456789")
    page.goto(TALK)
    page.get_by_role("button", name="Play the recording here").click()
    expect(page.locator(".player iframe")).to_have_attribute("src", re.compile("#t=0$"))
    page.locator(".moment").nth(1).click()
    expect(page.locator(".player iframe")).to_have_attribute("src", re.compile("#t=10$"))
    assert {address.partition("?")[0] for address in asked} == {"https://player.vimeo.com/video/123456789"}


def test_no_other_frame_gets_into_a_page_with_a_player(page: Page, page_problems: list[str]):
    make_talk(recording=YOUTUBE)
    page.goto(TALK)
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('iframe'), {src: 'https://ads.example/'}))"
    )
    page.wait_for_timeout(200)
    assert all("Content Security Policy" in problem for problem in page_problems)
    assert page_problems
    page_problems.clear()


def test_a_recording_is_asked_for_by_playing_and_then_followed(page: Page):
    asked = play_from_outside(page, AUDIO, body=make_silence(60), content_type="audio/wav")
    make_talk(sentences=40, recording=AUDIO)
    page.goto(TALK)
    page.wait_for_load_state("networkidle")
    assert asked == []
    page.locator("audio").evaluate("audio => { audio.muted = true; return audio.play() }")
    expect(page.locator(".said.heard")).to_contain_text("Welcome back")
    page.locator(".moment").nth(1).click()
    expect(page.locator(".said.heard")).to_contain_text("Sentence number 1 is")
    assert page.locator("audio").evaluate("audio => audio.currentTime") >= 10
    assert asked


def test_a_recording_that_is_not_there_says_so(page: Page, page_problems: list[str]):
    make_talk(recording=AUDIO)
    page.goto(TALK)
    page.locator("audio").evaluate("audio => audio.play().catch(() => 0)")
    expect(page.get_by_role("alert")).to_contain_text("cannot be played here")
    assert any(AUDIO in problem for problem in page_problems)
    page_problems.clear()


def test_a_second_between_two_paragraphs_leads_to_the_one_that_holds_it(page: Page):
    make_talk(sentences=400)
    page.goto(TALK)
    moments = page.locator(".moment")
    second = int(moments.nth(20).get_attribute("href").removeprefix("#t="))
    page.goto("about:blank")
    page.goto(f"{TALK}#t={second + 1}")
    expect(page.locator(".said.addressed")).to_have_id(f"t={second}")
    expect(page.locator(".said.addressed")).to_be_in_viewport()


def test_words_are_found_counted_and_stepped_through_with_the_keyboard(page: Page):
    make_talk(sentences=400)
    page.goto(TALK)
    page.get_by_role("searchbox", name="Find in this talk").focus()
    page.keyboard.type("BOATS. sentence")
    count = page.locator(".find output")
    expect(count).to_have_text(re.compile(r"^1 of \d+$"))
    total = int(count.inner_text().split()[-1])
    page.keyboard.press("Shift+Enter")
    expect(count).to_have_text(f"{total} of {total}")
    expect(page.get_by_text("Sentence number 400 is")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(count).to_have_text(f"1 of {total}")
    page.keyboard.press("Escape")
    expect(count).to_have_text("")


def test_finding_takes_what_is_typed_as_it_stands(page: Page):
    make_talk(sentences=40)
    page.goto(TALK)
    field, count = page.get_by_role("searchbox"), page.locator(".find output")
    for typed, said in [("number 7 is", "1 of 1"), ("[a-z", "not found"), ("boats.", "1 of 40"), ("0:10", "not found")]:
        field.fill(typed)
        expect(count).to_have_text(said)
    assert page.evaluate("CSS.highlights.get('found').size") == 0


def test_selected_words_are_offered_as_a_quotation_with_their_address(page: Page):
    make_talk(sentences=40)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(TALK)
    select_words(page, "number 1 is", "is about boats.")
    page.get_by_role("button", name="Copy quotation with its link").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    quotation = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert quotation[0].startswith("“number 1 is about boats.")
    assert quotation[1:] == ["— Mei Tanaka, Words with times", f"{page.url}#t=10"]
    page.evaluate("getSelection().removeAllRanges()")
    expect(page.locator(".quote")).to_be_hidden()


def test_a_quotation_of_two_people_names_both(page: Page):
    make_talk()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(TALK)
    select_words(page, "everyone.", "number 1 is")
    page.get_by_role("button", name="Copy quotation with its link").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    quotation = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert quotation[:2] == ["“Ada Okafor: everyone.", "Mei Tanaka: Sentence number 1 is”"]
    assert quotation[3].endswith("#t=0")


def test_the_data_block_of_a_hostile_talk_is_read_and_not_run(page: Page):
    hostile = "</script><script>document.title = 'taken'</script><!--"
    talk = make_talk(hostile, topics=(hostile,))
    page.goto(f"/talks/{talk.slug}/")
    described = page.evaluate("JSON.parse(document.querySelector('script[type=\"application/ld+json\"]').textContent)")
    assert described["name"] == hostile
    assert page.title().startswith(hostile)


def test_a_talk_is_printed_without_its_tools(page: Page):
    make_talk(recording=AUDIO)
    page.goto(TALK)
    page.emulate_media(media="print")
    for hidden in (".tools", ".ways", ".site-nav", ".quote"):
        expect(page.locator(hidden)).to_be_hidden()
    expect(page.get_by_text("Sentence number 3 is about boats.")).to_be_visible()


@pytest.mark.parametrize("paragraph", [3, 25, 70])
def test_a_phone_finds_a_moment_and_a_word_in_what_it_has_not_laid_out_yet(page: Page, paragraph: int):
    make_talk(sentences=1_500)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(TALK)
    address = page.locator(".moment").nth(paragraph).get_attribute("href")
    page.goto("about:blank")
    page.goto(TALK + address)
    expect(page.locator(".said:target .moment")).to_be_in_viewport()
    page.get_by_role("searchbox").fill("number 1499 is")
    expect(page.locator(".find output")).to_have_text("1 of 1")
    expect(page.locator(".said", has_text="number 1499 is")).to_be_in_viewport()
