from __future__ import annotations

import re
from html.parser import HTMLParser

from playwright.sync_api import Page

from commonplace.engines.transcripts.comparison import compare_transcripts, write_page
from commonplace.engines.transcripts.lexicon import Entry, Lexicon
from commonplace.engines.transcripts.model import Turn
from tests.engines.transcripts.comparison.texts import REFERENCE, SENTENCES, compare, transcribe

LEXICON = Lexicon([Entry("Dask"), Entry("tide1")])
COMPARISON = compare(REFERENCE, REFERENCE.replace("Dask", "desk"), REFERENCE.replace("week", ""), lexicon=LEXICON)
HOSTILE = "<script>alert(1)</script> \"><img src=x onerror=alert(1)> &lt; </style> it's"


def texts(html: str) -> str:
    """What a reader sees, without the style."""
    pieces: list[str] = []
    parser = HTMLParser()
    parser.handle_data = pieces.append  # type: ignore[method-assign]
    parser.feed(re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL))
    return " ".join("".join(pieces).split())


def test_the_page_holds_chart_rates_terms_and_differences():
    html = write_page(COMPARISON)
    seen = texts(html)
    assert "<svg" in html
    for part in ("520 words in 80 sentences", "Normaliser basic", "0 of 40; heard: desk 40", "recogniser 1", "seed 1"):
        assert part in seen
    assert html.count("<del>Dask,</del> <ins>desk,</ins>") == 40


def test_a_sentence_without_differences_is_shown_once():
    html = write_page(compare(REFERENCE, REFERENCE))
    assert html.count('<li class="right">') == 80
    assert html.count("<del>") == 1  # the legend's


def test_speakers_are_shown_with_whom_they_were_taken_for():
    mine = transcribe("we sail yes", turns=(Turn("Ada", 0, 1), Turn("Mei", 2, 2)))
    theirs = transcribe("we sail yes", turns=(Turn("A", 0, 1), Turn(None, 2, 2)))
    bare = transcribe("we sail yes")
    seen = texts(write_page(compare_transcripts(mine, {"one": theirs, "two": bare})))
    assert "one: Ada as A, Mei as someone unnamed" in seen
    lost = texts(write_page(compare_transcripts(mine, {"one": transcribe("we sail", turns=(Turn("A", 0, 1),))})))
    assert "Mei as nobody" in lost


def test_a_term_that_was_missed_said_by_nobody_or_heard_in_many_ways_is_told():
    heard = " ".join(sentence.replace("Dask", f"desk{number}") for number, sentence in enumerate(SENTENCES))
    seen = texts(write_page(compare(REFERENCE, f"{heard} tide1", REFERENCE.replace("Dask,", ""), lexicon=LEXICON)))
    assert "desk11 1, …" in seen
    assert "missed 40" in seen
    assert "said by nobody 1" in seen


def test_a_lexicon_of_which_nothing_was_said_has_no_table():
    assert "Terms of the lexicon" not in write_page(compare("one boat", "one boat", lexicon=Lexicon([Entry("git")])))


def test_a_reference_of_which_the_rules_leave_nothing_has_no_chart():
    assert "<svg" not in write_page(compare("um uh", "um", normaliser="whisper-english"))


def test_times_above_an_hour_have_hours():
    assert "<time>1:00:00</time>" in write_page(compare("boat. " * 9001, "boat. " * 9001))


def test_what_captions_hold_is_text_and_never_markup():
    named = {HOSTILE: transcribe(f"we {HOSTILE} sail")}
    comparison = compare_transcripts(
        transcribe(f"{HOSTILE} sail"), named, name=HOSTILE, lexicon=Lexicon([Entry("alert(1)")])
    )
    html = write_page(comparison)
    assert "<script" not in html
    assert "<img" not in html
    assert html.count("</style>") == 1


def test_a_browser_shows_it_without_asking_anybody_on_a_phone_and_on_paper(page: Page):
    page.set_viewport_size({"width": 390, "height": 800})
    page.set_content(write_page(COMPARISON))
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.get_by_role("img", name="Word error rate of each hypothesis").is_visible()
    assert page.get_by_role("heading", name="Differences").is_visible()
    assert page.locator("del").nth(1).evaluate("e => getComputedStyle(e).textDecorationLine") == "line-through"
    assert float(page.locator("ins").nth(1).evaluate("e => parseFloat(getComputedStyle(e).borderBottomWidth)")) >= 1
    assert page.pdf(format="A4").startswith(b"%PDF")
