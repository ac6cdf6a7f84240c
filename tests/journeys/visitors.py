"""Who looks at a page, in journeys that are not about signing in itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.test import Client

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

    from commonplace.apps.people.models import Account

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}


def sign_in(context: BrowserContext, account: Account, *, at: str) -> None:
    """Open a session for this account in the browser, at the server with this address."""
    client = Client()
    client.force_login(account)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": at}])


def is_wider_than_its_window(page: Page) -> bool:
    """Whether one has to scroll sideways."""
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")
