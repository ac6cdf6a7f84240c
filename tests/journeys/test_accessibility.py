"""Every page, in both schemes, widths and languages: what axe finds, what a browser logs, what the page may load."""

from __future__ import annotations

from functools import partial
from itertools import count
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from django.template.loader import render_to_string
from django.test import Client
from django.urls import NoReverseMatch, reverse
from playwright.sync_api import Page, Response, Route

from tests.journeys.pages import DEEDS, ERRORS, FILES, PAGES, PARTS, Sample, address_of, find_addresses
from tests.journeys.visitors import DESK, PHONE, is_wider_than_its_window, sign_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.journeys.pages import Visit

pytestmark = pytest.mark.django_db(transaction=True)

LOOKS = {"daylight at a desk": ("light", DESK, 0), "the dark with a phone": ("dark", PHONE, 1)}
"""Each page is seen once in either: in one with English, in the other with Japanese."""

EVERYWHERE = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
}


@pytest.fixture(autouse=True)
def _demo(settings, tmp_path):
    """Mail that can be looked at, as in the demo, and media of its own."""
    settings.HOME, settings.MEDIA_ROOT, settings.DEMO = tmp_path, tmp_path / "media", True
    settings.EMAIL_BACKEND = "commonplace.site.demo_mail.DemoMailBackend"
    cache.clear()


def visits_of(role: str) -> Iterator[tuple[str, Visit, str]]:
    """What this role looks at, and the language of the first look; the second is in the other one."""
    numbers = count()
    for name, visits in PAGES.items():
        for visit in visits:
            if visit.role == role:
                yield name, visit, ("en", "ja")[next(numbers) % 2]


def find_faults(page: Page, response: Response, language: str) -> list[str]:
    """What is wrong with the page as it stands."""
    faults = []
    found = Axe().run(page)
    for violation in found.response["violations"]:
        places = [node["html"][:160] for node in violation["nodes"][:3]]
        faults.append(f"axe: {violation['id']}: {violation['help']}: {places}")
    policy = set(response.headers["content-security-policy"].split("; "))
    if not policy >= EVERYWHERE or any(word in " ".join(policy) for word in ("unsafe", "data:", "*")):
        faults.append(f"policy: {sorted(EVERYWHERE - policy)} is missing, or something too much is in {sorted(policy)}")
    if is_wider_than_its_window(page):
        faults.append("it scrolls sideways")
    if page.locator("html").get_attribute("lang") != language:
        faults.append(f"it is not in {language}")
    return faults


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("role", ["visitor", "editor", "organiser"])
def test_every_page_is_for_everybody(page: Page, page_problems: list[str], live_server, role: str, look: str):
    scheme, size, turn = LOOKS[look]
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size(size)
    sample = Sample()
    account = sample.account(role)
    if account:
        sign_in(page.context, account, at=live_server.url)
    faults = []
    for name, visit, language in visits_of(role):
        language = language if turn == 0 else {"en": "ja", "ja": "en"}[language]
        page.context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
        address = address_of(name, visit, sample)
        response = page.goto(address)
        assert response
        assert page.url == live_server.url + address, f"{address} leads elsewhere"
        visit.act(page)
        found = find_faults(page, response, language)
        found += [f"status {response.status}"] if response.status != visit.status else []
        # A browser logs every answer of 400 and more; those that were asked for are known.
        expected = visit.logged or (str(visit.status) if visit.status >= 400 else "")
        found += [problem for problem in page_problems if not (expected and expected in problem)]
        page_problems.clear()
        faults += [f"{page.url} ({role}, {language}): {fault}" for fault in found]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("look", LOOKS)
def test_pages_with_nothing_on_them_yet_are_for_everybody(page: Page, look: str):
    scheme, size, _ = LOOKS[look]
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size(size)
    faults = []
    for name in ("home", "talks", "mail"):
        response = page.goto(reverse(name))
        assert response
        faults += [f"{name}: {fault}" for fault in find_faults(page, response, "en")]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("look", LOOKS)
def test_every_page_that_says_what_went_wrong_is_for_everybody(page: Page, look: str):
    scheme, size, _ = LOOKS[look]
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size(size)
    home = page.request.get("/")
    headers = {"content-security-policy": home.headers["content-security-policy"], "content-type": "text/html"}

    def fulfil(route: Route, *, body: str, headers: dict[str, str]) -> None:
        route.fulfill(body=body, headers=headers)

    faults = []
    for code in ERRORS:
        answer = partial(fulfil, body=render_to_string(f"{code}.html"), headers=headers)
        page.route(f"**/wrong/{code}", answer)
        response = page.goto(f"/wrong/{code}")
        faults += [f"{code}: {fault}" for fault in find_faults(page, response, "en")]
    assert not faults, "\n".join(faults)


def test_every_address_of_the_site_is_a_page_that_is_looked_at_or_is_none():
    known = PAGES.keys() | DEEDS | FILES | PARTS
    assert {pattern: names for pattern, names in find_addresses().items() if not names & known} == {}
    names = set().union(*find_addresses().values())
    assert known <= names, "these lead nowhere any more"


@pytest.mark.parametrize("name", sorted(DEEDS))
def test_what_is_no_page_shows_none(name: str, client: Client):
    sample = Sample()
    client.force_login(sample.organiser)
    for args in ([], [1], [sample.talk.slug, 1], [sample.talk.slug], ["about", "en", 1], [uuid4()]):
        try:
            address = reverse(name, args=args)
        except NoReverseMatch:
            continue
        assert client.get(address).status_code == 405
        return
    raise AssertionError(f"nobody knows which arguments {name} takes")


def test_a_page_that_is_not_for_everybody_is_noticed(page: Page):
    body = """<html lang="en"><title>Wide</title><h1>Wide</h1><img src="/static/icons/commonplace.svg">
      <p style="width: 3000px; color: #999; background: #fff">Pale</p>"""
    headers = {"content-security-policy": "default-src 'self' data: 'unsafe-inline'", "content-type": "text/html"}
    page.route("**/wrong", lambda route: route.fulfill(body=body, headers=headers))
    response = page.goto("/wrong")
    assert response
    told = "\n".join(find_faults(page, response, "ja"))
    for fault in ("image-alt", "color-contrast", "policy", "sideways", "not in ja"):
        assert fault in told
