"""Take the pictures of the README anew, from the sample community: `.venv/bin/python docs/images/take.py`."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Page, sync_playwright

IMAGES = Path(__file__).resolve().parent
TALK = "/talks/what-broke-this-year-and-who-noticed/"
WIDE, PHONE = (1440, 1000), (390, 844)
PICTURES = {
    "talk-page.png": (WIDE, "light", TALK, 0),
    "talk-page-dark.png": (WIDE, "dark", TALK, 24),
    "talk-page-phone.png": (PHONE, "dark", TALK, 6),
    "talks.png": (WIDE, "light", "/talks/", 0),
}
"""Each picture's window, colours, address, and the paragraph whose moment is followed (0: none)."""


@contextmanager
def serve_sample_community() -> Iterator[str]:
    """The address of a sample community of its own, gone afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as home:
        command = [sys.executable, "-m", "commonplace", "demo", "--home", f"{home}/demo", "--port", str(port)]
        server = subprocess.Popen(command, env=os.environ | {"COMMONPLACE_COMMUNITY": "Harbour ML"})
        try:
            wait_for(f"http://127.0.0.1:{port}", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait()


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    """Return as soon as somebody answers; stop after a minute, or when the server ends."""
    for _ in range(240):
        try:
            urlopen(address).close()  # noqa: S310  # the address is our own, on this machine
        except URLError:
            if server.poll() is not None:
                sys.exit("`commonplace demo` ended before it served a page; its lines above say why.")
            time.sleep(0.25)
        else:
            return
    sys.exit(f"Nobody answers at {address}.")


def follow_moment(page: Page, paragraph: int) -> None:
    """Go to the moment of the paragraph with this number, as a reader would."""
    page.locator(".moment").nth(paragraph).click()
    page.wait_for_timeout(1_000)  # the page scrolls smoothly, and then marks the chapter


def main() -> None:
    """Take every picture."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with serve_sample_community() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        for name, ((width, height), scheme, address, paragraph) in PICTURES.items():
            page = browser.new_page(
                viewport={"width": width, "height": height},
                color_scheme="dark" if scheme == "dark" else "light",
                device_scale_factor=2 if width < 600 else 1,
            )
            page.goto(site + address)
            if paragraph:
                follow_moment(page, paragraph)
            page.screenshot(path=IMAGES / name)
        browser.close()


if __name__ == "__main__":
    main()
