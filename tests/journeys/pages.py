"""Every page of the site, and how a test gets to it: one line in `PAGES` for each name of an address.

What is no page stands in `DEEDS` (they take POST alone) or in `FILES`. A new address that is in none of them fails
`test_accessibility`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.urls import URLPattern, get_resolver, reverse
from django.urls.resolvers import URLResolver
from django.utils import timezone
from playwright.sync_api import Page, expect

from commonplace import site
from commonplace.apps.community import actions as community
from commonplace.apps.library import actions as library
from commonplace.apps.library.models import Paragraph
from commonplace.apps.people import actions as people
from commonplace.apps.people import queries as people_queries
from commonplace.apps.people.models import Account, Role
from tests.factories import NOW, make_account, make_captions, make_details, make_person, make_talk
from tests.journeys.players import AUDIO

MAIL = "ada@harbour.example"


class Sample:
    """A small community in which every page has something to show; make it with the demo's mail switched on."""

    def __init__(self) -> None:
        ada = make_person("Ada Okafor", biography="She keeps the harbour's clock.")
        self.organiser = people.open_account(email=MAIL, name="", role=Role.ORGANISER, person=ada, now=timezone.now())
        self.editor = make_account(role="editor", name="Jonas Weber", email="jonas@harbour.example")
        EmailAddress.objects.create(user=self.editor, email=self.editor.email, verified=True, primary=True)
        self.talk = make_talk(
            sentences=40, recording=AUDIO, topics=("boats", "search"), event="Harbour ML", language="en"
        )
        self.other = make_talk(
            "Another talk",
            event="Harbour ML",
            date="2025-03-01",
            topics=("boats",),
            recording="https://youtu.be/abcdefghijk",
        )
        self.paragraph = Paragraph.objects.get(transcript__talk=self.talk, position=1)
        self.invitation = people.invite(
            role=Role.MEMBER, by=self.organiser, now=timezone.now(), person=make_person("Priya Raman")
        )
        self.passkey = Authenticator.objects.create(
            user=self.organiser, type=Authenticator.Type.WEBAUTHN, data={"name": "Ada's phone", "credential": {}}
        )
        self._correct_and_suggest()
        self._attach_and_translate()
        self._hand_in()
        self.draft = make_talk("A talk that waits", published=False)
        self.untimed = library.publish_captions(
            data=b"Ada: We went out.\n\nMei: In boats.\n",
            name="talk.txt",
            details=make_details("Without times"),
            now=NOW,
        )
        self._take_out_and_write()

    def _correct_and_suggest(self) -> None:
        edit = {"paragraph": self.paragraph.pk, "version": 0, "by": self.editor, "now": NOW}
        library.correct_paragraph(text=self.paragraph.text.replace("boats", "ships", 1), **edit)
        proposed = {"text": "Well, ships.", "given_name": "Priya", "sender": "one", "now": NOW}
        library.suggest_correction(paragraph=self.paragraph.pk, version=1, **proposed)

    def _attach_and_translate(self) -> None:
        known = {"talk": self.talk.pk, "by": self.editor, "now": NOW}
        library.attach_link(kind="slides", title="Slides", url="https://harbour.example/slides", **known)
        japanese = "WEBVTT\n\n00:00:10.000 --> 00:00:14.000\n<v Mei Tanaka>船について話します。\n".encode()
        library.add_transcript(data=japanese, name="talk.ja.vtt", language="ja", **known)
        asked = {"reason": "My number was said.", "by": None, "email": "p@harbour.example", "sender": "one", "now": NOW}
        library.ask_for_redaction(paragraph=self.paragraph.pk, passage="Sentence number 1", **asked)

    def _take_out_and_write(self) -> None:
        passage = Paragraph.objects.get(transcript__talk=self.other, position=1)
        asked = {"reason": "", "by": self.editor, "email": "", "sender": "two", "now": NOW}
        request = library.ask_for_redaction(paragraph=passage.pk, passage="Sentence number 1", **asked)
        library.accept_redaction(request=request.pk, by=self.editor, now=NOW)
        page = {"key": "about", "language": "en", "version": 0, "by": self.organiser, "now": NOW}
        community.save_page(text="We meet at the harbour.\n\n- Every month\n- [On the pier](/talks/)\n", **page)
        claim = {"slug": "mei-tanaka", "email": "mei@harbour.example", "sender": "three", "now": timezone.now()}
        people.claim_person(address_of=lambda token: f"/invitation/{token}/", **claim)

    def _hand_in(self) -> None:
        known = {"is_pasted": False, "by": self.editor, "now": timezone.now()}
        captions = make_captions(5)
        self.upload = library.receive_upload(data=captions, name="tides.vtt", key="a" * 16, **known)
        self.unreadable = library.receive_upload(data=b"%PDF-1.7 \x00\x01", name="slides.pdf", key="b" * 16, **known)

    def account(self, role: str) -> Account | None:
        """Who looks; None for a visitor."""
        return {"organiser": self.organiser, "editor": self.editor, "visitor": None}[role]


@dataclass(frozen=True)
class Visit:
    """How one page is reached: by whom, at which address, and what they do there before anybody looks.

    ``logged`` is a word of what the browser's console says of it on purpose.
    """

    role: str = "visitor"
    args: Callable[[Sample], list[Any]] = lambda sample: []
    query: str = ""
    act: Callable[[Page], None] = lambda page: None
    status: int = 200
    logged: str = ""


def _ask_for_a_code(page: Page) -> None:
    page.locator("[name=email]").fill(MAIL)
    page.locator("form:has([name=email]) button[type=submit]").click()
    page.wait_for_url("**/code/")


def _edit_in_place(page: Page) -> None:
    page.locator(".correct").nth(1).click()
    expect(page.locator(".editing textarea")).to_be_focused()


def _save_in_place(page: Page) -> None:
    _edit_in_place(page)
    page.keyboard.press("Control+End")
    page.keyboard.type(" Saved.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".editing-status form")).to_be_visible()


def _dispute_in_place(page: Page) -> None:
    _edit_in_place(page)
    page.locator(".editing [name=version]").evaluate("field => { field.value = 0; }")
    text = page.locator(".editing textarea").input_value()
    page.locator(".editing textarea").fill(text.replace("ships", "coats"))
    page.keyboard.press("Control+Enter")
    expect(page.locator(".dispute")).to_be_visible()


def _cancel_in_place(page: Page) -> None:
    _edit_in_place(page)
    page.keyboard.type("Well, ")
    page.keyboard.press("Escape")
    expect(page.locator(".editing-status button").first).to_be_visible()


def _find_words(page: Page) -> None:
    page.locator("#find").fill("boats")
    expect(page.locator(".find output")).not_to_be_empty()


def _show_keys(page: Page) -> None:
    page.locator(".moment").first.focus()
    page.keyboard.press("?")
    expect(page.locator("dialog.keyboard")).to_be_visible()


def _narrow(page: Page) -> None:
    page.locator(".narrowing summary").click()


def _slug(sample: Sample) -> list[Any]:
    return [sample.talk.slug]


PAGES: dict[str, list[Visit]] = {
    "home": [Visit()],
    "talks": [Visit(act=_narrow), Visit(query="?topic=boats"), Visit(query="?topic=nothing")],
    "talk": [
        Visit(args=_slug),
        Visit(args=_slug, act=_find_words),
        Visit(args=_slug, act=_show_keys),
        Visit(args=_slug, act=_edit_in_place),
        Visit("editor", _slug, act=_edit_in_place),
        Visit("editor", _slug, act=_dispute_in_place, logged="409"),
        Visit("editor", _slug, act=_cancel_in_place),
        Visit("editor", _slug, act=_save_in_place),
        Visit(args=lambda sample: [sample.other.slug]),
        Visit(args=lambda sample: [sample.untimed.slug]),
        Visit(args=_slug, query="?in=ja"),
        Visit(args=_slug, query="?in=en,ja"),
        Visit("editor", lambda sample: [sample.draft.slug]),
    ],
    "correct": [
        Visit(args=lambda sample: [sample.talk.slug, sample.paragraph.pk]),
        Visit("editor", lambda sample: [sample.talk.slug, sample.paragraph.pk]),
    ],
    "history": [Visit(args=_slug), Visit("editor", _slug)],
    "suggestions": [Visit("editor")],
    "account": [Visit("editor"), Visit("organiser")],
    "account_login": [Visit()],
    "account_confirm_login_code": [Visit(act=_ask_for_a_code)],
    "account_inactive": [Visit()],
    "account_signup": [Visit()],
    "mfa_add_webauthn": [Visit("editor")],
    "mfa_remove_webauthn": [Visit("organiser", lambda sample: [sample.passkey.pk])],
    "invitation": [
        Visit(args=lambda sample: [people_queries.write_token(sample.invitation)]),
        Visit(args=lambda sample: ["void"], status=404),
    ],
    "accounts": [Visit("organiser")],
    "invitations": [Visit("organiser")],
    "acts": [Visit("organiser")],
    "mail": [Visit()],
    "upload": [Visit("editor")],
    "describe-upload": [
        Visit("editor", lambda sample: [sample.upload.pk]),
        Visit("editor", lambda sample: [sample.unreadable.pk]),
    ],
    "attachments": [Visit("editor", _slug)],
    "transcripts": [Visit("editor", _slug)],
    "series": [Visit(args=lambda sample: ["harbour-ml"])],
    "speakers": [Visit("editor", _slug)],
    "waiting": [Visit("editor")],
    "redactions": [Visit("editor")],
    "ask-for-redaction": [Visit(args=lambda sample: [sample.talk.slug, sample.paragraph.pk])],
    "about": [Visit()],
    "conduct": [Visit()],
    "pages": [Visit("organiser")],
    "edit_page": [Visit("organiser", lambda sample: ["about", "en"])],
    "page_history": [Visit("organiser", lambda sample: ["about", "en"])],
    "desk": [Visit("organiser")],
    "person": [Visit(args=lambda sample: ["mei-tanaka"]), Visit("organiser", lambda sample: ["ada-okafor"])],
    "edit_person": [Visit("organiser", lambda sample: ["mei-tanaka"])],
    "claim_person": [Visit(args=lambda sample: ["mei-tanaka"])],
    "claims": [Visit("organiser")],
    "personal_data": [Visit("organiser")],
    "erase_personal_data": [Visit("organiser")],
    "privacy": [Visit()],
}

DEEDS = {
    "accept-suggestion",
    "reject-suggestion",
    "undo",
    "account_logout",
    "change_role",
    "withdraw_invitation",
    "set_language",
    "replace-upload",
    "cancel-upload",
    "try-upload-again",
    "discard-upload",
    "accept-redaction",
    "reject-redaction",
    "remove-attachment",
    "remove-transcript",
    "publish",
    "withdraw",
    "restore_page",
    "retry_job",
    "drop_job",
    "change_picture",
    "confirm_claim",
    "refuse_claim",
}
"""Addresses that do something and show nothing: they take POST alone."""

FILES = {
    "rss",
    "json-feed",
    "download",
    "attachment",
    "sitemap",
    "robots",
    "mfa_login_webauthn",
    "picture",
    "export_personal_data",
}
"""Addresses that answer with something other than a page."""

PARTS = {"uploads", "upload-progress"}
"""Addresses of parts that a page fetches while it is open."""

ERRORS = sorted(path.stem for path in (Path(site.__file__).parent / "templates").glob("[45]??.html"))
"""The pages that say what went wrong."""


def find_addresses() -> dict[str, set[str]]:
    """The names of every address of the site, by its pattern; several names may lead to one."""
    found: dict[str, set[str]] = {}
    for pattern, name in _walk(get_resolver().url_patterns, ""):
        found.setdefault(pattern, set()).add(name)
    return found


def _walk(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if pattern.app_name == "admin":
                continue  # Django's own pages, which `tests/site/test_emergency.py` visits
            yield from _walk(pattern.url_patterns, before + str(pattern.pattern))
        else:
            yield before + str(pattern.pattern), pattern.name or ""


def address_of(name: str, visit: Visit, sample: Sample) -> str:
    """The address of a page; the code of signing in is asked for before its page is there."""
    start = "account_login" if visit.act is _ask_for_a_code else name
    return reverse(start, args=visit.args(sample)) + visit.query
