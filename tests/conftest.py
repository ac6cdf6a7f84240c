"""What every test may use: the real parts, and a browser that reports what a visitor would never see."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import django
import hypothesis
import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "live_server", "page"}

collect_ignore = ["fuzz"]  # atheris belongs to the dependency group fuzz, and `make fuzz` runs what is there

CHROMIUM_FLAGS = [
    "--no-sandbox",  # Chromium's own sandbox refuses to run as root, as in a container
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# Set here and not in pyproject.toml, where they would be read before this file could give the site a home of its own:
# the settings make the secret key, and nothing that tests do may reach ./var.
HOME = tempfile.TemporaryDirectory(prefix="commonplace-home-")
os.environ["COMMONPLACE_HOME"] = HOME.name
os.environ["DJANGO_SETTINGS_MODULE"] = "commonplace.site.settings"

hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_configure() -> None:
    """Start Django before pytest-django, which comes last, guards its database."""
    django.setup()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what touches the database, before `-m database` selects."""
    for item in items:
        names = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or names & DATABASE_FIXTURES:
            item.add_marker("database")


def pytest_unconfigure() -> None:
    """Delete the home of this run."""
    HOME.cleanup()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, headless, started once."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert program, "Chromium is not on this machine: install the package chromium, or run `make test`."
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as environment:
        # Playwright keeps an event loop in this thread, which Django takes for async code and refuses its database
        # to; nothing is async here. The price: for the rest of the session Django would not notice if it were.
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page_problems() -> list[str]:
    """What `page` complained of; a test that provokes an error on purpose checks and clears it."""
    return []


@pytest.fixture
def page(browser: Browser, live_server: LiveServer, page_problems: list[str]) -> Iterator[Page]:
    """A page of a fresh visitor, with addresses relative to the test server.

    The test fails if the page logs an error, or asks anybody but the test server for anything.
    """
    context = browser.new_context(base_url=live_server.url)
    context.set_default_timeout(10_000)

    def keep_inside(route: Route) -> None:
        address = route.request.url
        if urlsplit(address).netloc == urlsplit(live_server.url).netloc:
            route.continue_()
        else:
            page_problems.append(f"asked for {address}")
            route.abort()

    context.route("**/*", keep_inside)
    context.on("weberror", lambda error: page_problems.append(f"raised {error.error}"))
    context.on(
        "console", lambda message: page_problems.append(f"logged {message.text}") if message.type == "error" else None
    )
    yield context.new_page()
    context.close()
    assert page_problems == []
