"""Ways into an account, in a real browser; the `page` fixture fails on any error or foreign request."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from commonplace.apps.people import actions, queries
from commonplace.apps.people.models import Role
from tests.factories import do_jobs, make_person

pytestmark = pytest.mark.django_db(transaction=True)

DEMO_MAIL = "commonplace.site.demo_mail.DemoMailBackend"


@pytest.fixture(autouse=True)
def demo(settings, tmp_path):
    """The demo's mail, in a folder of its own."""
    settings.HOME, settings.DEMO, settings.EMAIL_BACKEND = tmp_path, True, DEMO_MAIL
    cache.clear()


def open_account(email: str = "ada@harbour.example", role: Role = Role.ORGANISER) -> None:
    person = make_person("Ada Okafor")
    actions.open_account(email=email, name="", role=role, person=person, now=timezone.now())


def read_code(page: Page) -> str:
    do_jobs()
    reader = page.context.new_page()
    reader.goto("/mail/")
    code = reader.locator("pre").first.inner_text().split("\n\n")[1].strip()
    reader.close()
    return code


def sign_in(page: Page) -> None:
    page.goto("/account/sign-in/")
    page.get_by_label("Mail address").fill("ada@harbour.example")
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code").fill(read_code(page))
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("link", name="Account", exact=True)).to_be_visible()


def tab_to(page: Page, name: str) -> None:
    for _ in range(20):
        page.keyboard.press("Tab")
        if name in page.evaluate("document.activeElement.innerText || document.activeElement.id"):
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
            return
    raise AssertionError(f"no key press reaches {name}")


def test_a_code_signs_in_with_the_keyboard_alone(page: Page):
    open_account()
    page.goto("/")
    tab_to(page, "Sign in")
    page.keyboard.press("Enter")
    page.wait_for_url("**/account/sign-in/")
    tab_to(page, "email")
    page.keyboard.type("ada@harbour.example")
    page.keyboard.press("Enter")
    page.wait_for_url("**/account/sign-in/code/")
    code = read_code(page)
    tab_to(page, "code")
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Account", exact=True)).to_be_visible()


def test_a_guest_becomes_a_member_by_a_link(page: Page):
    invitation = actions.invite(role=Role.MEMBER, by=None, now=timezone.now())
    page.goto(f"/invitation/{queries.write_token(invitation)}/")
    page.get_by_label("Your name").fill("Jonas Weber")
    page.get_by_label("Your mail address").fill("jonas@harbour.example")
    page.get_by_role("button", name="Accept, and send me a code").click()
    page.get_by_label("Code").fill(read_code(page))
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Welcome")
    page.get_by_role("link", name="Your account").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Jonas Weber")


def test_a_passkey_is_made_and_signs_in_and_is_removed(page: Page, live_server):
    open_account()
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    kind = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    device = kind | {"isUserVerified": True, "automaticPresenceSimulation": True}
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": device})
    sign_in(page)
    page.goto("/account/")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("What do you call it?").fill("Ada's phone")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_text("Ada's phone").first).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("link", name="Sign in", exact=True).click()
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_role("link", name="Account", exact=True).click()
    page.get_by_role("link", name="Remove").click()
    page.get_by_role("button", name="Remove the passkey").click()
    expect(page.get_by_text("With a passkey you sign in")).to_be_visible()


def test_a_passkey_that_is_not_there_leaves_the_code(page: Page):
    page.goto("/account/sign-in/")
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    kind = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": kind | {"automaticPresenceSimulation": True}})
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("ask for a code")


def test_an_organiser_invites_and_sees_it_among_what_was_done(page: Page):
    open_account()
    sign_in(page)
    page.goto("/account/")
    page.get_by_role("link", name="Invitations").click()
    page.get_by_label("Role").select_option("editor")
    page.get_by_role("button", name="Make a link").click()
    expect(page.locator(".address")).to_contain_text("/invitation/")
    page.get_by_role("link", name="What was done").click()
    expect(page.get_by_text("Ada Okafor invited")).to_be_visible()


def test_a_code_signs_in_without_javascript(browser: Browser, live_server):
    open_account()
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page)
    expect(page.get_by_role("button", name="Use a passkey")).to_have_count(0)
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1440])
def test_no_page_of_accounts_scrolls_sideways(page: Page, scheme: str, width: int):
    open_account("a" * 60 + "@" + "b" * 60 + ".example")
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 844})
    invitation = actions.invite(role=Role.MEMBER, by=None, now=timezone.now(), person=make_person("N" * 190, slug="n"))
    token = queries.write_token(invitation)
    for address in ("/account/sign-in/", f"/invitation/{token}/", "/mail/", "/account/by-invitation/"):
        page.goto(address)
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
